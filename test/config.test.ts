import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { databaseFile, readConfig } from '../src/config.ts';
import { sources } from '../src/sources/index.ts';
import { envExample, VARIABLES } from '../src/variables.ts';

function problemsOf(env: Record<string, string>): string[] {
  const outcome = readConfig(env);
  assert.equal(outcome.ok, false);
  return outcome.ok ? [] : outcome.problems;
}

test('nothing set means the local workspace and the defaults', () => {
  const outcome = readConfig({});
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.config.slack, { mode: 'local' });
  assert.equal(outcome.config.databaseUrl, 'sqlite:data/earshot.db');
  assert.equal(outcome.config.port, 3000);
  assert.equal(outcome.config.portIsChosen, false);
  assert.equal(outcome.config.channel, null);
  assert.ok(Object.isFrozen(outcome.config));
});

test('.env.example says exactly what config.ts reads', () => {
  assert.equal(readFileSync('.env.example', 'utf8'), envExample());
});

test('.env.example as it stands is a valid configuration', () => {
  const lines = envExample()
    .split('\n')
    .filter((line) => /^[A-Z]/u.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  assert.equal(lines.length, VARIABLES.length);
  assert.ok(readConfig(Object.fromEntries(lines)).ok);
});

test('every problem is told at once, each with its variable', () => {
  const problems = problemsOf({
    SLACK_BOT_TOKEN: 'xoxp-1',
    SLACK_API_URL: 'slack',
    DATABASE_URL: 'mysql://x',
    PORT: '70000',
    POLL_CRON: '* *',
    EARSHOT_SECRET: 'short',
    EARSHOT_CONTACT: 'ops@exämple',
    EARSHOT_PRIVATE_HOSTS: 'localhost',
    LOG_LEVEL: 'loud',
  });
  for (const name of [
    'SLACK_BOT_TOKEN',
    'SLACK_API_URL',
    'DATABASE_URL',
    'PORT',
    'POLL_CRON',
    'EARSHOT_SECRET',
    'EARSHOT_CONTACT',
    'EARSHOT_PRIVATE_HOSTS',
    'LOG_LEVEL',
    'SLACK_APP_TOKEN',
  ]) {
    assert.equal(problems.filter((problem) => problem.startsWith(name)).length, 1, name);
  }
});

test('a problem never repeats the value, which may be a secret', () => {
  const problems = problemsOf({ SLACK_BOT_TOKEN: 'hunter2hunter2', EARSHOT_SECRET: 'hunter2' });
  assert.doesNotMatch(problems.join(' '), /hunter2/u);
});

test('a bot token wants an app token or a signing secret beside it', () => {
  assert.match(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })[0] ?? '', /^SLACK_APP_TOKEN is missing/u);
  assert.match(problemsOf({ SLACK_APP_TOKEN: 'xapp-1' })[0] ?? '', /^SLACK_BOT_TOKEN is missing/u);
});

test('the app token chooses Socket Mode, the signing secret alone chooses HTTP', () => {
  const socket = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    SLACK_SIGNING_SECRET: 's',
  });
  assert.ok(socket.ok && socket.config.slack.mode === 'socket');
  const http = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' });
  assert.ok(http.ok && http.config.slack.mode === 'http');
});

test('the API address always ends in a slash, as the Slack client wants it', () => {
  const outcome = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    SLACK_API_URL: 'http://127.0.0.1:4000/api',
  });
  assert.ok(outcome.ok && outcome.config.slack.mode === 'socket');
  assert.equal(outcome.config.slack.apiUrl, 'http://127.0.0.1:4000/api/');
});

test('private hosts are read with any separator and in any case', () => {
  const outcome = readConfig({ EARSHOT_PRIVATE_HOSTS: 'Forum.Internal:80, [::1]:8080' });
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.config.privateHosts, ['forum.internal:80', '[::1]:8080']);
});

test('the channel may be written with its hash sign', () => {
  const outcome = readConfig({ EARSHOT_CHANNEL: '#support' });
  assert.ok(outcome.ok);
  assert.equal(outcome.config.channel, 'support');
});

test('a SQLite path is taken from the folder of the start, unless it is absolute', () => {
  assert.equal(databaseFile('sqlite:data/a.db', '/srv'), '/srv/data/a.db');
  assert.equal(databaseFile('sqlite:/var/a.db', '/srv'), '/var/a.db');
  assert.equal(databaseFile('postgres://h/n', '/srv'), null);
});

test('every setting that a source needs or reads is a variable', () => {
  const names = VARIABLES.map(({ name }) => name);
  for (const { kind, needs } of sources) {
    for (const setting of needs?.settings ?? []) assert.ok(names.includes(setting), kind);
  }
  const read = readdirSync('src/sources', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(`src/sources/${file}`, 'utf8').matchAll(/settings\['([A-Z_]+)'\]/gu),
    ]);
  assert.ok(read.length > 10);
  for (const [, name] of read) assert.ok(names.includes(name ?? ''), name);
});

test('a client id and its secret let every workspace in, over a socket or over HTTP', () => {
  const env = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 's', EARSHOT_SECRET: 'x'.repeat(32) };
  const oauth = { clientId: '1.2', clientSecret: 's' };
  const socket = readConfig({ ...env, SLACK_APP_TOKEN: 'xapp-1' });
  assert.ok(socket.ok && socket.config.slack.mode === 'socket');
  assert.deepEqual(socket.config.slack.oauth, oauth);
  const http = readConfig({ ...env, SLACK_SIGNING_SECRET: 's' });
  assert.ok(http.ok && http.config.slack.mode === 'http');
  assert.deepEqual(http.config.slack.oauth, oauth);
});

test('settings that do not go together are told with the way out', () => {
  const many = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 's', SLACK_APP_TOKEN: 'xapp-1' };
  assert.match(problemsOf(many).join(), /EARSHOT_SECRET is missing: the tokens/u);
  const secret = { EARSHOT_SECRET: 'x'.repeat(32) };
  const both = { ...many, ...secret, SLACK_BOT_TOKEN: 'xoxb-1' };
  assert.match(problemsOf(both).join(), /Unset the one or the others/u);
  const channel = { ...many, ...secret, EARSHOT_CHANNEL: 'support' };
  assert.match(problemsOf(channel).join(), /each team chooses its own/u);
  const half = { SLACK_CLIENT_ID: '1.2', SLACK_APP_TOKEN: 'xapp-1', ...secret };
  assert.match(problemsOf(half).join(), /SLACK_CLIENT_SECRET is missing/u);
  const replicas = {
    ...{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' },
    DATABASE_URL: 'postgres://earshot:pw@db/earshot',
  };
  assert.match(problemsOf(replicas).join(), /every replica on one Postgres must have the same/u);
});
