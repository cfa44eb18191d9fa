import { sqliteStores } from '../helpers/stores.ts';
import { storeContract } from './contract.ts';

storeContract('SQLite', async (t) => (await sqliteStores(t)).stores);
