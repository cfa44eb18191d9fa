import assert from 'node:assert/strict';
import { after, suite } from 'node:test';
import { sqliteStores } from '../helpers/stores.ts';
import { storeContract } from './contract.ts';

/** For all workspaces by their purpose: which are there, what is due, and what is kept for nobody. */
const FOR_ALL: readonly string[] = [
  'select * from `workspaces` order by',
  'select * from `sources` where `paused` = ? and `next_poll_at` <= ? order by',
  'update `sources` set `next_poll_at` = ? where `last_success_at` > ? and `next_poll_at` > ?',
  'delete from `postings` where `at` < ?',
  'delete from `deliveries` where `at` < ?',
  // What the installation may read by its one key.
  'insert into `purses` ',
  'update `purses` set ',
  'select * from `purses` where `kind` = ?',
  'select `kind`, `month`, `used`, `most` from `purses` order by',
];

const seen = new Set<string>();

suite('every statement of the stores names its workspace', () => {
  storeContract('watched', async (t) => {
    const { db, stores } = await sqliteStores(t);
    db.on('query', ({ sql }: { sql: string }) => seen.add(sql));
    return stores;
  });
  after(() => {
    const loose = [...seen].filter((sql) => ON_TABLE.test(sql) && !isBound(sql));
    const strays = loose.filter((sql) => !FOR_ALL.some((known) => sql.startsWith(known)));
    assert.deepEqual(
      strays.map((sql) => sql.slice(0, 200)),
      [],
    );
  });
});

const ON_TABLE = /\b(?:from|into|update|join)\s+[`"]?(?!sqlite_|pragma|wanted)([a-z_]+)/iu;

/** Rows are written with their workspace, and found by it. */
function isBound(sql: string): boolean {
  if (/^insert/iu.test(sql)) return sql.includes('workspace_id');
  return /\b(?:where|using)\b[^]*workspace_id/iu.test(sql);
}
