import { test } from 'node:test';
import { startPostgres } from '../helpers/postgres.ts';
import { storeContract } from './contract.ts';

const postgres = await startPostgres();
if (typeof postgres === 'string') {
  test('Postgres: the contract of the stores', { skip: postgres });
} else {
  storeContract('Postgres', async () => (await postgres.stores()).stores);
}
