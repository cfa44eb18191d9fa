import { withStores } from '../helpers/stores.ts';
import { storeContract } from './contract.ts';

storeContract('SQLite', (t) => withStores(t, 'sqlite'));
