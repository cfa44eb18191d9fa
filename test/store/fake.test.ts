import { fakeStores } from '../helpers/fake-stores/index.ts';
import { storeContract } from './contract.ts';

storeContract('in memory', async () => fakeStores());
