import { withStores } from '../helpers/stores.ts';
import { storeContract } from './contract.ts';

storeContract('in memory', (t) => withStores(t, 'memory'));
