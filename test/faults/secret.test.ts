import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openBase, trustedSecret } from '../../src/base.ts';
import { databaseFindings } from '../../src/cli/doctor-database.ts';
import { readConfig, type Config } from '../../src/config.ts';
import { backupSqlite } from '../../src/store/backup.ts';
import { fingerprintOf } from '../../src/secret.ts';
import { startPostgres } from '../helpers/postgres.ts';
import { NOON, sampleWorkspace } from '../helpers/samples.ts';
import { temporaryFolder } from '../helpers/stores.ts';

const postgres = await startPostgres();
const ONE = 'one secret for tests, 32 characters long';
const OTHER = 'another secret for tests, 32 characters';

function configOf(databaseUrl: string, secret: string): Config {
  const env = { DATABASE_URL: databaseUrl, EARSHOT_SECRET: secret, PORT: '0' };
  const tokens = { SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test' };
  const outcome = readConfig({ ...env, ...tokens });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.config;
}

async function open(t: TestContext, config: Config) {
  const base = await openBase(config);
  t.after(() => base.close());
  return { base, start: (other: Config) => trustedSecret(other, base) };
}

/** What holds on both databases. */
async function refusesAnother(t: TestContext, url: string): Promise<void> {
  const { base, start } = await open(t, configOf(url, ONE));
  assert.equal(await start(configOf(url, ONE)), ONE);
  assert.equal(await start(configOf(url, ONE)), ONE);
  const sentence =
    /EARSHOT_SECRET: .* was made with another secret\..*Set the one.*earshot secret/u;
  await assert.rejects(start(configOf(url, OTHER)), sentence);
  const findings = [];
  for await (const one of databaseFindings(configOf(url, OTHER), base)) findings.push(one);
  const found = findings.find(({ what }) => what.startsWith('secret'));
  assert.deepEqual([found?.ok, sentence.test(found?.fix ?? '')], [false, true]);
  const kept = await base.db('fingerprints');
  assert.deepEqual(kept, [{ name: 'secret', value: fingerprintOf(ONE) }]);
  assert.ok(!JSON.stringify(kept).includes(ONE));
}

test('a database belongs to the secret of its first start, and a start with another is refused', (t) =>
  refusesAnother(t, `sqlite:${join(temporaryFolder(t), 'earshot.db')}`));

test(
  'so it is on Postgres, where of two first starts at once with different secrets one is refused',
  { skip: typeof postgres === 'string' ? postgres : false },
  async (t) => {
    if (typeof postgres === 'string') return;
    await refusesAnother(t, await postgres.createDatabase());
    const url = await postgres.createDatabase();
    const { start } = await open(t, configOf(url, ONE));
    const both = await Promise.allSettled(
      [ONE, OTHER].map((secret) => start(configOf(url, secret))),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  },
);

test('a restored backup that comes without its secret is not given a new one', async (t) => {
  const folder = temporaryFolder(t);
  const url = `sqlite:${join(folder, 'earshot.db')}`;
  const { base, start } = await open(t, configOf(url, ''));
  assert.match(await start(configOf(url, '')), /^[0-9a-f]{64}$/u);
  const elsewhere = temporaryFolder(t);
  await backupSqlite(base.db, join(elsewhere, 'earshot.db'));
  const restored = configOf(`sqlite:${join(elsewhere, 'earshot.db')}`, '');
  const there = await open(t, restored);
  await assert.rejects(
    there.start(restored),
    /a secret that is missing: there is no .*Bring it back/u,
  );
  assert.equal(existsSync(join(elsewhere, 'earshot.secret')), false);
});

test('the command refuses to start, tells what another secret costs, and takes it when that is accepted', async (t) => {
  const url = `sqlite:${join(temporaryFolder(t), 'earshot.db')}`;
  const { base, start } = await open(t, configOf(url, ONE));
  await start(configOf(url, ONE));
  await base.stores.workspaces.save(sampleWorkspace());
  const objection = { sourceKind: null, authorHash: 'hash', createdBy: 'U1', createdAt: NOON };
  await base.stores.suppressions.add({ workspaceId: 'T1', ...objection });
  const earshot = (...words: string[]) => {
    const path = join(import.meta.dirname, '../../src/cli.ts');
    const script = ['--import', import.meta.resolve('tsx'), path, ...words];
    const env = { ...process.env, DATABASE_URL: url, EARSHOT_SECRET: OTHER, PORT: '0' };
    const tokens = { SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test' };
    return spawnSync(process.execPath, script, {
      ...{ env: { ...env, ...tokens }, cwd: temporaryFolder(t), encoding: 'utf8' },
      timeout: 120_000,
    });
  };
  const refused = earshot('start');
  assert.deepEqual([refused.status, refused.stdout], [1, '']);
  assert.match(refused.stderr, /EARSHOT_SECRET: .* another secret/u);
  const told = earshot('secret');
  assert.equal(told.status, 1);
  assert.match(told.stderr, /costs 1 objections/u);
  await assert.rejects(start(configOf(url, OTHER)), /another secret/u);
  const accepted = earshot('secret', '--accept');
  assert.equal(accepted.status, 0, accepted.stderr);
  assert.match(accepted.stderr, /\/earshot forget for each/u);
  assert.equal(await start(configOf(url, OTHER)), OTHER);
});
