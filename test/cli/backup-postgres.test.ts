import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openBase, type Base } from '../../src/base.ts';
import { backup, checkBackup } from '../../src/cli/backup.ts';
import { databaseFindings } from '../../src/cli/doctor-database.ts';
import { readConfig } from '../../src/config.ts';
import { launchPostgres } from '../helpers/postgres.ts';
import {
  NOON,
  sampleEvent,
  sampleMention,
  sampleSource,
  sampleWorkspace,
} from '../helpers/samples.ts';
import { temporaryFolder } from '../helpers/stores.ts';
import { store } from '../store/contract/open.ts';

/** Where Debian has a server together with its own pg_dump, which refuses a newer server. */
const PLACE = '/usr/lib/postgresql';
const binaries = (existsSync(PLACE) ? readdirSync(PLACE) : [])
  .map((version) => join(PLACE, version, 'bin'))
  .filter((folder) => ['postgres', 'pg_dump'].every((name) => existsSync(join(folder, name))))
  .at(-1);
const skip =
  binaries === undefined && 'no Postgres with its pg_dump here: apt-get install postgresql';

test(
  'a dump of Postgres is checked, restored into an empty database, and whole there',
  { skip },
  async (t) => {
    const server = await launchPostgres(binaries);
    const bases: Base[] = [];
    t.after(async () => {
      for (const base of bases) await base.close();
      await server.end();
    });
    const folder = temporaryFolder(t);
    const dump = join(folder, 'earshot.dump');
    process.env['PATH'] = `${binaries}:${process.env['PATH']}`;
    const run = (program: string, args: readonly string[], url = '') =>
      spawnSync(program, args, { env: { ...process.env, DATABASE_URL: url }, encoding: 'utf8' });
    async function open(url: string) {
      const outcome = readConfig({
        DATABASE_URL: url,
        EARSHOT_SECRET: 'a key for this test, of no worth',
      });
      assert.ok(outcome.ok);
      const base = await openBase(outcome.config);
      bases.push(base);
      return { base, config: outcome.config };
    }

    const url = await server.createDatabase();
    const { base, config } = await open(url);
    await base.stores.workspaces.save(sampleWorkspace());
    await base.stores.sources.add(sampleSource({ id: 's1', cursor: '0' }));
    const mention = sampleMention();
    await store(base.stores, mention);
    const next = {
      ...mention,
      status: 'open' as const,
      openedAt: NOON,
      version: mention.version + 1,
    };
    assert.ok(await base.stores.mentions.apply(next, [sampleEvent(next)]));

    const made = run(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'backup', dump], url);
    assert.equal(made.status, 0, made.stderr);
    assert.match(made.stdout, /earshot\.dump: readable, the data of \d+ tables/u);
    await assert.rejects(backup(config, dump, {}), /there already/u);
    const proof = await checkBackup(dump, url);
    assert.match(proof.join(), /createdb earshot_proof && pg_restore/u);

    const empty = await server.createDatabase();
    const restored = run('pg_restore', [
      '--no-owner',
      '--exit-on-error',
      `--dbname=${empty}`,
      dump,
    ]);
    assert.equal(restored.status, 0, restored.stderr);
    const { base: other } = await open(empty);
    for (const table of ['workspaces', 'sources', 'mentions', 'events']) {
      const rows = await other.db(table).select();
      assert.equal(rows.length, 1, table);
      assert.deepEqual(rows, await base.db(table).select());
    }
    for await (const { ok, what } of databaseFindings(config, other)) assert.ok(ok, what);
    await assert.rejects(other.db('events').update({ workspace_id: 'T2' }), /append-only/u);
    await store(other.stores, sampleMention());

    truncateSync(dump, 40);
    await assert.rejects(checkBackup(dump, url), /cannot be read/u);
  },
);
