import { openBase, openDoor, secretOf, type Base } from '../base.ts';
import type { Config, ConfigOutcome, RealSlackConfig } from '../config.ts';
import type { SourceRecord } from '../core/ports.ts';
import type { Purse } from '../core/source.ts';
import { purseOf } from '../flows/hear/purse.ts';
import { openInstalls } from '../installs.ts';
import { createLog } from '../log.ts';
import { createSlackApp } from '../slack/app.ts';
import { sources } from '../sources/index.ts';
import { checkBackup } from './backup.ts';
import { clockFinding } from './doctor-clock.ts';
import { databaseFindings, workFindings } from './doctor-database.ts';
import { bad, broken, good, type Finding } from './finding.ts';
import { CommandError, message, result } from './io.ts';

const PATIENCE_MS = 30_000;

const clock = () => new Date();

/**
 * `earshot doctor`: looks at everything that Earshot needs, a line each with the fix, and changes
 * nothing but the schema. With `--backup FILE` it looks at that file alone, and changes nothing.
 */
export async function doctor(
  outcome: ConfigOutcome,
  options: { json?: boolean; backup?: string },
): Promise<void> {
  let failed = 0;
  const found =
    options.backup === undefined
      ? findings(outcome)
      : backupFindings(options.backup, outcome.ok ? outcome.config.databaseUrl : null);
  for await (const finding of found) {
    if (!finding.ok) failed += 1;
    await result(options.json ? JSON.stringify(finding) : show(finding));
  }
  if (failed > 0) throw new CommandError(`${failed} thing(s) need a look.`);
  message('All is well.');
}

function show({ ok, what, fix }: Finding): string {
  return `${ok ? 'ok  ' : 'BAD '} ${what}${fix === null ? '' : `\n     ${fix}`}`;
}

async function* backupFindings(file: string, url: string | null): AsyncIterable<Finding> {
  try {
    for (const line of await checkBackup(file, url)) yield good(line);
  } catch (error) {
    yield broken('backup', error);
  }
}

async function* findings(outcome: ConfigOutcome): AsyncIterable<Finding> {
  if (!outcome.ok) {
    for (const problem of outcome.problems) yield bad('configuration', problem);
    return;
  }
  const { config } = outcome;
  yield good('configuration');
  let base: Base;
  try {
    base = await openBase(config);
  } catch (error) {
    yield broken('database', error);
    return;
  }
  try {
    yield* databaseFindings(config, base);
    yield* slackFindings(config, base);
    yield* sourceFindings(config, base);
    yield* workFindings(base, new Date());
  } finally {
    await base.close();
  }
}

async function* slackFindings(config: Config, base: Base): AsyncIterable<Finding> {
  const { slack } = config;
  if (slack.mode === 'local') {
    yield good('Slack: no tokens set, so `npm start` opens the local workspace');
    return;
  }
  yield await clockFinding(slack.apiUrl);
  if (slack.oauth === null) {
    yield* workspaceFindings(config, slack, slack.botToken, base);
    return;
  }
  const { apiUrl } = slack;
  const secret = secretOf(config);
  const deps = {
    ...{ apiUrl, secret, stores: base.stores },
    clock,
    log: createLog('silent', null),
  };
  const { tokenOf } = openInstalls(slack.oauth, deps);
  for (const { id, name } of await base.stores.workspaces.list()) {
    try {
      const token = await tokenOf(id);
      if (token !== null) yield* workspaceFindings(config, slack, token, base);
    } catch (error) {
      yield broken(`Slack: ${name}`, error);
    }
  }
}

async function* workspaceFindings(
  config: Config,
  slack: RealSlackConfig,
  botToken: string,
  base: Base,
): AsyncIterable<Finding> {
  try {
    const common = { botToken, apiUrl: slack.apiUrl, clock, log: createLog('silent', null) };
    const app = await createSlackApp(
      slack.mode === 'socket'
        ? { ...common, mode: 'socket', appToken: slack.appToken }
        : { ...common, mode: 'http', signingSecret: slack.signingSecret, port: 0, routes: [] },
    );
    const settings = await base.stores.workspaces.settings(app.workspace.id);
    const channel = config.channel === null ? null : await app.findChannel(config.channel);
    yield* await app.check(channel ?? settings.channelId);
    await app.stop();
  } catch (error) {
    yield broken('Slack', error);
  }
}

async function* sourceFindings(config: Config, base: Base): AsyncIterable<Finding> {
  const http = openDoor(config);
  try {
    const purse = purseOf({ stores: base.stores, clock });
    for (const { id } of await base.stores.workspaces.list()) {
      for (const record of await base.stores.sources.list(id)) {
        yield await lookAt(record, config, http, purse);
      }
    }
  } finally {
    await http.close();
  }
}

/** Polls once as if for the first time, and keeps nothing. */
async function lookAt(
  record: SourceRecord,
  config: Config,
  http: ReturnType<typeof openDoor>,
  purse: Purse,
): Promise<Finding> {
  const what = `source: ${record.label}`;
  const source = sources.find(({ kind }) => kind === record.kind);
  if (source === undefined) {
    return bad(what, `This version knows no source of the kind ${record.kind}.`);
  }
  if (record.paused) return good(`${what} is paused`);
  if (source.poll === undefined) return lookAtStream(record, what);
  if (isSample(record, config)) return good(`${what} is there while the local workspace runs`);
  const polled = await source.poll({
    http,
    settings: config.sources,
    now: new Date(),
    signal: AbortSignal.timeout(PATIENCE_MS),
    address: record.address,
    cursor: null,
    purse,
  });
  const since = record.failingSince;
  if (polled.ok) {
    const healed = since === null ? '' : ` (had failed since ${since.toISOString()})`;
    return good(`${what}: ${polled.posts.length} posts${healed}`);
  }
  const told = since === null ? '' : `, since ${since.toISOString()} (${record.failures} times)`;
  return bad(`${what}${told}`, `It ${polled.failure.message}.`);
}

/** The samples of the local workspace are at its own address. */
function isSample({ address }: SourceRecord, { slack, port }: Config): boolean {
  return slack.mode === 'local' && address.startsWith(`http://127.0.0.1:${port}/`);
}

/** Nobody opens a second stream beside a running one; what the first noted is told. */
function lookAtStream({ failure, failingSince }: SourceRecord, what: string): Finding {
  if (failingSince === null) return good(`${what} is a stream`);
  return bad(`${what}, since ${failingSince.toISOString()}`, `It ${failure}.`);
}
