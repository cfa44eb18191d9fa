import { join } from 'node:path';
import type { ConfigOutcome, Config, RealSlackConfig } from '../config.ts';
import type { SourceRecord } from '../core/ports.ts';
import type { Purse } from '../core/source.ts';
import { purseOf } from '../flows/purse.ts';
import { dataFolder, openBase, openDoor, type Base } from '../base.ts';
import { openInstalls } from '../installs.ts';
import { createLog } from '../log.ts';
import { keepSecret } from '../secret.ts';
import { createSlackApp } from '../slack/app.ts';
import { sources } from '../sources/index.ts';
import { migrationStatus } from '../store/migrate.ts';
import { CommandError, message, result } from './io.ts';

const clock = () => new Date();

/** One line: what was looked at, and what to do where it does not work. */
interface Finding {
  ok: boolean;
  what: string;
  fix: string | null;
}

/** `earshot doctor`: looks at everything that Earshot needs, and changes nothing but the schema. */
export async function doctor(outcome: ConfigOutcome, options: { json?: boolean }): Promise<void> {
  let bad = 0;
  const tell = async (finding: Finding) => {
    if (!finding.ok) bad += 1;
    await result(options.json ? JSON.stringify(finding) : show(finding));
  };
  if (outcome.ok) {
    for await (const finding of findings(outcome.config)) await tell(finding);
  } else {
    for (const problem of outcome.problems) {
      await tell({ ok: false, what: 'configuration', fix: problem });
    }
  }
  if (bad > 0) throw new CommandError(`${bad} thing(s) need a look.`);
  message('All is well.');
}

function show({ ok, what, fix }: Finding): string {
  return `${ok ? 'ok  ' : 'BAD '} ${what}${fix === null ? '' : `\n     ${fix}`}`;
}

async function* findings(config: Config): AsyncIterable<Finding> {
  yield good('configuration');
  let base: Base;
  try {
    base = await openBase(config);
  } catch (error) {
    yield bad('database', error);
    return;
  }
  try {
    const { done } = await migrationStatus(base.db);
    yield good(`database: opened, ${done.length} migrations done, folder ${dataFolder(config)}`);
    yield* slackFindings(config, base);
    yield* sourceFindings(config, base);
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
  if (slack.oauth === null) {
    yield* workspaceFindings(config, slack, slack.botToken, base);
    return;
  }
  const { apiUrl } = slack;
  const secret = keepSecret(config.secret, join(dataFolder(config), 'earshot.secret'));
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
      yield bad(`Slack: ${name}`, error);
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
    yield bad('Slack', error);
  }
}

async function* sourceFindings(config: Config, base: Base): AsyncIterable<Finding> {
  const http = openDoor(config);
  try {
    for (const { id } of await base.stores.workspaces.list()) {
      for (const record of await base.stores.sources.list(id)) {
        yield await lookAt(
          record,
          config,
          http,
          purseOf({ stores: base.stores, clock: () => new Date() }, id),
        );
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
    return { ok: false, what, fix: `This version knows no source of the kind ${record.kind}.` };
  }
  if (record.paused) return good(`${what} is paused`);
  if (source.poll === undefined) return good(`${what} is a stream`);
  const polled = await source.poll({
    http,
    settings: config.sources,
    now: new Date(),
    signal: AbortSignal.timeout(30_000),
    address: record.address,
    cursor: null,
    purse,
  });
  if (polled.ok) return good(`${what}: ${polled.posts.length} posts`);
  return { ok: false, what, fix: `It ${polled.failure.message}.` };
}

function good(what: string): Finding {
  return { ok: true, what, fix: null };
}

function bad(what: string, error: unknown): Finding {
  return { ok: false, what, fix: error instanceof Error ? error.message : String(error) };
}
