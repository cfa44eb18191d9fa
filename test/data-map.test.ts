import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sqliteStores } from './helpers/stores.ts';

/** What knex and SQLite keep for themselves. */
const NOT_OURS = /^(?:knex_|sqlite_)/u;

/** The columns that the page describes, and their lines, by table. */
function described(): Map<string, Map<string, string[]>> {
  const page = readFileSync('docs/DATA-MAP.md', 'utf8');
  const tables = new Map<string, Map<string, string[]>>();
  for (const part of page.split(/^## /mu).slice(1)) {
    const [heading = '', ...lines] = part.split('\n');
    const rows = lines
      .filter((line) => line.startsWith('| '))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      .filter(([first = '']) => first !== 'column' && !first.startsWith('---'));
    if (/^[a-z_]+$/u.test(heading) && rows.length > 0) {
      tables.set(heading, new Map(rows.map(([column = '', ...cells]) => [column, cells])));
    }
  }
  tables.delete('logs');
  return tables;
}

test('every column of the database has a line that says what, whose, why and how long', async (t) => {
  const { db } = await sqliteStores(t);
  const found: { name: string }[] = await db.raw(
    `SELECT name FROM sqlite_master WHERE type = 'table'`,
  );
  const names = found.map(({ name }) => name).filter((name) => !NOT_OURS.test(name));
  const map = described();
  assert.deepEqual([...map.keys()].sort(), names.sort());
  for (const table of names) {
    const columns: { name: string }[] = await db.raw(`PRAGMA table_info(${table})`);
    const lines = map.get(table)!;
    const missing = columns.map(({ name }) => name).filter((name) => !lines.has(name));
    assert.deepEqual(missing, [], `columns of ${table} without a line in docs/DATA-MAP.md`);
    const stale = [...lines.keys()].filter((name) => !columns.some((one) => one.name === name));
    assert.deepEqual(stale, [], `lines of ${table} in docs/DATA-MAP.md without a column`);
    for (const [column, cells] of lines) {
      assert.equal(cells.filter(Boolean).length, 4, `${table}.${column} says too little`);
    }
  }
});

test('no column could hold how to reach an author elsewhere', async (t) => {
  const { db } = await sqliteStores(t);
  const columns: { name: string }[] = await db.raw('PRAGMA table_info(mentions)');
  for (const { name } of columns) {
    assert.doesNotMatch(name, /mail|phone|avatar|picture|bio|follower|location|address|birth/u);
  }
});
