import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { isCron } from './schedule.ts';
import { SOURCE_VARIABLES, VARIABLES } from './variables.ts';

/** What the environment settles, read once at the start and frozen. Secrets are marked. */
export interface Config {
  slack: SlackConfig;
  /** Channel id or name; null: the first that the settings name. */
  channel: string | null;
  databaseUrl: string;
  port: number;
  /** Whether `PORT` was set, so that a port in use is an error and not a reason to take another. */
  portIsChosen: boolean;
  pollCron: string;
  pollCronIsChosen: boolean;
  /** Null: made and kept beside the database. */
  secret: string | null;
  contact: string | null;
  /** `host:port` in lower case. */
  privateHosts: string[];
  logLevel: string;
  /** Keys and places of the sources that need one, by variable. */
  sources: Readonly<Record<string, string | undefined>>;
}

/** How to reach Slack: the bundled workspace, or a real one over a socket or over HTTP. */
export type SlackConfig = { mode: 'local' } | RealSlackConfig;

export type RealSlackConfig = { apiUrl: string } & (
  { mode: 'socket'; appToken: string } | { mode: 'http'; signingSecret: string }
) &
  /** One workspace, whose token is known; or every one that installs Earshot. */
  ({ botToken: string; oauth: null } | { botToken: null; oauth: OAuthConfig });

/** The app's own name and password with Slack. */
export interface OAuthConfig {
  clientId: string;
  clientSecret: string;
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

function text(name: string) {
  const fallback = VARIABLES.find((variable) => variable.name === name)?.fallback ?? '';
  return z
    .string()
    .optional()
    .transform((value) => value?.trim() || fallback);
}

function token(name: string, prefix: string) {
  return text(name).refine((value) => value === '' || value.startsWith(prefix), {
    error: `must start with ${prefix}. Copy it anew from your app's page at api.slack.com/apps.`,
  });
}

const schema = z.object({
  SLACK_BOT_TOKEN: token('SLACK_BOT_TOKEN', 'xoxb-'),
  SLACK_APP_TOKEN: token('SLACK_APP_TOKEN', 'xapp-'),
  SLACK_SIGNING_SECRET: text('SLACK_SIGNING_SECRET'),
  SLACK_API_URL: text('SLACK_API_URL').refine(isHttpUrl, {
    error: 'must be an http(s) URL such as https://slack.com/api/.',
  }),
  EARSHOT_CHANNEL: text('EARSHOT_CHANNEL').transform((value) => value.replace(/^#/u, '')),
  DATABASE_URL: text('DATABASE_URL').refine(
    (value) => /^(sqlite:.|postgres(ql)?:\/\/.)/u.test(value),
    {
      error: 'must be sqlite:PATH (sqlite:data/earshot.db) or postgres://USER:PASSWORD@HOST/NAME.',
    },
  ),
  PORT: text('PORT')
    .refine((value) => /^\d{1,5}$/u.test(value) && Number(value) <= 65_535, {
      error: 'must be a port from 0 to 65535, such as 3000 (0: any free one).',
    })
    .transform(Number),
  POLL_CRON: text('POLL_CRON').refine(isCron, {
    error: 'must be a cron expression of five or six fields, such as */30 * * * * *.',
  }),
  EARSHOT_SECRET: text('EARSHOT_SECRET').refine((value) => value === '' || value.length >= 32, {
    error: 'must have 32 characters or more. Make one: openssl rand -hex 32',
  }),
  EARSHOT_CONTACT: text('EARSHOT_CONTACT').refine((value) => /^[\x20-\x7e]*$/u.test(value), {
    error: 'must be plain ASCII, since it goes into an HTTP header.',
  }),
  EARSHOT_PRIVATE_HOSTS: text('EARSHOT_PRIVATE_HOSTS')
    .transform((value) =>
      value
        .split(/[\s,]+/u)
        .filter(Boolean)
        .map((host) => host.toLowerCase()),
    )
    .refine(
      (hosts) => hosts.every((host) => /^(\[[0-9a-f:.]+\]|[^\s:/[\]]+):\d{1,5}$/u.test(host)),
      {
        error: 'must be host:port, separated by commas, such as forum.internal:8080.',
      },
    ),
  LOG_LEVEL: text('LOG_LEVEL').refine((value) => LEVELS.some((level) => level === value), {
    error: `must be one of ${LEVELS.join(', ')}.`,
  }),
});

export type ConfigOutcome = { ok: true; config: Config } | { ok: false; problems: string[] };

/** Reads the environment; every problem at once, each naming its variable and the fix. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigOutcome {
  const parsed = schema.safeParse(env);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  const slack = readSlack(env);
  if (slack.ok) problems.push(...clashes(env, slack.config));
  else problems.push(...slack.problems);
  if (!parsed.success || !slack.ok || problems.length > 0) return { ok: false, problems };
  const { data } = parsed;
  return {
    ok: true,
    config: Object.freeze({
      slack: slack.config,
      channel: data.EARSHOT_CHANNEL || null,
      databaseUrl: data.DATABASE_URL,
      port: data.PORT,
      portIsChosen: Boolean(env['PORT']?.trim()),
      pollCron: data.POLL_CRON,
      pollCronIsChosen: Boolean(env['POLL_CRON']?.trim()),
      secret: data.EARSHOT_SECRET || null,
      contact: data.EARSHOT_CONTACT || null,
      privateHosts: data.EARSHOT_PRIVATE_HOSTS,
      logLevel: data.LOG_LEVEL,
      sources: Object.freeze(sourceSettings(env)),
    }),
  };
}

function sourceSettings(env: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    SOURCE_VARIABLES.map(({ name }) => [name, env[name]?.trim() || undefined]),
  );
}

type SlackOutcome = { ok: true; config: SlackConfig } | { ok: false; problems: string[] };

function readSlack(env: Readonly<Record<string, string | undefined>>): SlackOutcome {
  const value = (name: string) => env[name]?.trim() ?? '';
  const botToken = value('SLACK_BOT_TOKEN');
  const appToken = value('SLACK_APP_TOKEN');
  const signingSecret = value('SLACK_SIGNING_SECRET');
  const clientId = value('SLACK_CLIENT_ID');
  const clientSecret = value('SLACK_CLIENT_SECRET');
  const api = value('SLACK_API_URL') || 'https://slack.com/api/';
  const apiUrl = api.endsWith('/') ? api : `${api}/`;
  const all = [botToken, appToken, signingSecret, clientId, clientSecret];
  if (all.every((one) => one === '')) return { ok: true, config: { mode: 'local' } };
  const problems: string[] = [];
  if (!botToken && !clientId && !clientSecret) {
    problems.push(
      'SLACK_BOT_TOKEN is missing, though another Slack variable is set. Copy the token from "OAuth & Permissions" of your app, or unset the others for the local workspace.',
    );
  } else if (!botToken && (!clientId || !clientSecret)) {
    problems.push(
      `${clientId ? 'SLACK_CLIENT_SECRET' : 'SLACK_CLIENT_ID'} is missing: both stand under "Basic Information" of your app. They let any workspace install Earshot; for one alone, set SLACK_BOT_TOKEN.`,
    );
  } else if (botToken && (clientId || clientSecret)) {
    problems.push(
      'SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are for many. Unset the one or the others.',
    );
  }
  if (!appToken && !signingSecret) {
    problems.push(
      'SLACK_APP_TOKEN is missing: make one under "Basic Information", "App-Level Tokens", with the scope connections:write. Or set SLACK_SIGNING_SECRET to let Slack call Earshot over HTTP.',
    );
  }
  if (problems.length > 0) return { ok: false, problems };
  const intake = appToken
    ? ({ mode: 'socket', appToken } as const)
    : ({ mode: 'http', signingSecret } as const);
  const access = botToken
    ? { botToken, oauth: null }
    : { botToken: null, oauth: { clientId, clientSecret } };
  return { ok: true, config: { ...intake, ...access, apiUrl } };
}

/** Settings that do not go together. */
function clashes(env: Readonly<Record<string, string | undefined>>, slack: SlackConfig): string[] {
  if (slack.mode === 'local') return [];
  const problems: string[] = [];
  const isPostgres = /^postgres/u.test(env['DATABASE_URL']?.trim() ?? '');
  if (!env['EARSHOT_SECRET']?.trim() && (isPostgres || slack.oauth !== null)) {
    problems.push(
      `EARSHOT_SECRET is missing: ${isPostgres ? 'every replica on one Postgres must have the same' : 'the tokens of the workspaces are encrypted with it'}. Make one: openssl rand -hex 32`,
    );
  }
  if (slack.oauth !== null && env['EARSHOT_CHANNEL']?.trim()) {
    problems.push(
      'EARSHOT_CHANNEL is for one workspace. With SLACK_CLIENT_ID each team chooses its own with /earshot settings; unset it.',
    );
  }
  return problems;
}

/** The file of a SQLite database, absolute; null for another database. */
export function databaseFile(databaseUrl: string, folder: string): string | null {
  if (!databaseUrl.startsWith('sqlite:')) return null;
  const path = databaseUrl.slice('sqlite:'.length).replace(/^\/\//u, '');
  return isAbsolute(path) ? path : resolve(folder, path);
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol);
}

/** As `EARSHOT_PRIVATE_HOSTS` writes it. */
export function hostAndPort({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}
