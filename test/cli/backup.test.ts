import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openBase, type Base } from '../../src/base.ts';
import { checkBackup } from '../../src/cli/backup.ts';
import { clockFinding } from '../../src/cli/doctor-clock.ts';
import { databaseFindings, workFindings } from '../../src/cli/doctor-database.ts';
import type { Finding } from '../../src/cli/finding.ts';
import { readConfig, type Config } from '../../src/config.ts';
import { NOON, sampleMention, sampleSource, sampleWorkspace } from '../helpers/samples.ts';
import { temporaryFolder } from '../helpers/stores.ts';
import { startWeb } from '../helpers/web.ts';
import { store } from '../store/contract/open.ts';

/** A database with one workspace and a source, as an installation has it. */
async function installation(t: TestContext): Promise<{ config: Config; base: Base; file: string }> {
  const file = join(temporaryFolder(t), 'earshot.db');
  const outcome = readConfig({ DATABASE_URL: `sqlite:${file}` });
  assert.ok(outcome.ok);
  const base = await openBase(outcome.config);
  t.after(() => base.close());
  await base.stores.workspaces.save(sampleWorkspace());
  await base.stores.sources.add(sampleSource({ id: 's1', cursor: '0' }));
  return { config: outcome.config, base, file };
}

async function failing(findings: AsyncIterable<Finding>): Promise<string[]> {
  const found: string[] = [];
  for await (const { ok, what, fix } of findings) if (!ok) found.push(`${what} -> ${fix}`);
  // How full the disk of this machine is, is its own affair.
  return found.filter((line) => !line.startsWith('disk'));
}

function earshot(args: readonly string[], url: string) {
  const { PATH, HOME } = process.env;
  return spawnSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
    env: { PATH, HOME, DATABASE_URL: url },
    encoding: 'utf8',
  });
}

test('a backup at the command line says what it holds, and doctor how to restore it', async (t) => {
  const { config, file } = await installation(t);
  const copy = join(dirname(file), 'copy.db');
  const first = earshot(['backup', copy], config.databaseUrl);
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stdout, /sound, .* 1 workspaces, 0 mentions, 0 events, no event yet/u);
  assert.match(first.stderr, /earshot\.secret as well/u);
  const again = earshot(['backup', copy], config.databaseUrl);
  assert.equal(again.status, 1);
  assert.match(again.stderr, /there already/u);

  const lines = await checkBackup(copy, config.databaseUrl);
  assert.match(lines.join('\n'), new RegExp(`cp ${copy} ${file}$`, 'u'));
  const proof = earshot(['doctor', '--backup', join(dirname(file), 'none.db')], 'sqlite:x');
  assert.equal(proof.status, 1);
  assert.match(proof.stdout, /BAD {2}backup\n.*There is no file/u);
});

test('the doctor finds nothing to say of a sound installation', async (t) => {
  const { config, base } = await installation(t);
  assert.deepEqual(await failing(databaseFindings(config, base)), []);
  assert.deepEqual(await failing(workFindings(base, NOON)), []);
});

test('the doctor sees a secret that others can read, and one that is lost together with objections', async (t) => {
  const { config, base, file } = await installation(t);
  const secret = join(dirname(file), 'earshot.secret');
  writeFileSync(secret, 'x'.repeat(64));
  chmodSync(secret, 0o644);
  assert.match((await failing(databaseFindings(config, base))).join(), /chmod 600/u);
  rmSync(secret);
  const objection = { sourceKind: null, authorHash: 'hash', createdBy: 'U1', createdAt: NOON };
  await base.stores.suppressions.add({ workspaceId: 'T1', ...objection });
  const [lost] = await failing(databaseFindings(config, base));
  assert.match(lost!, /missing, and 1 objections .* Bring the file back/u);
  assert.equal(existsSync(secret), false, 'looking makes none');
});

test('the doctor sees what waits without a channel, is not swept, or is kept for too long', async (t) => {
  const { base } = await installation(t);
  await store(base.stores, sampleMention({ foundAt: NOON }));
  const day = 24 * 3600 * 1000;
  const soon = await failing(workFindings(base, new Date(NOON.getTime() + 60_000)));
  assert.match(soon.join('\n'), /^outbox of .*no support channel -> Choose it with \/earshot/u);
  const late = await failing(workFindings(base, new Date(NOON.getTime() + 92 * day)));
  assert.match(late.join('\n'), /were not asked for hours what is gone/u);
  assert.match(late.join('\n'), /kept for longer than they may be -> Start Earshot/u);
});

test('the doctor holds the clock of this machine against that of Slack', async (t) => {
  const web = await startWeb();
  t.after(() => web.close());
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toUTCString();
  web.on('/api/api.test', () => ({ headers: { date: minutesAgo(0) } }));
  assert.equal((await clockFinding(`${web.url}/api/`)).ok, true);
  web.on('/api/api.test', () => ({ headers: { date: minutesAgo(10) } }));
  const ahead = await clockFinding(`${web.url}/api/`);
  assert.match(ahead.what, /^clock: this machine is \d+ seconds ahead of Slack$/u);
  assert.match(ahead.fix ?? '', /NTP/u);
  const nowhere = await clockFinding('http://127.0.0.1:1/api/');
  assert.match(nowhere.what, /could not be asked/u);
});
