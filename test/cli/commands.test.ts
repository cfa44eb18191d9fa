import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../helpers/stores.ts';
import { startWeb } from '../helpers/web.ts';

interface Ran {
  code: number | null;
  out: string[];
  err: string;
}

/** Runs a command as a person would, with only the given settings. */
function earshot(args: readonly string[], input = '', env: Record<string, string> = {}) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
    env: { PATH, HOME, ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise<Ran>((resolve) => {
    child.on('close', (code) => resolve({ code, out: out.split('\n').filter(Boolean), err }));
  });
}

function lines(...rows: object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

test('analyze answers each line in input order', async () => {
  const ran = await earshot(
    ['analyze', '--json'],
    lines(
      { id: 'b', text: 'Acme Broadband is down again, nobody answers, awful.' },
      { id: 'a', text: 'Thank you Acme Broadband, wonderful service, I love it!' },
    ),
  );
  assert.equal(ran.code, 0);
  const [complaint, praise] = ran.out.map((line) => JSON.parse(line));
  assert.deepEqual([complaint.id, praise.id], ['b', 'a']);
  assert.deepEqual([complaint.label, praise.label], ['negative', 'positive']);
  assert.ok(complaint.negativity > praise.negativity);
  assert.ok(Array.isArray(complaint.reasons) && complaint.reasons.length > 0);
});

test('a line that is no JSON is named, the others are answered, and the command fails', async () => {
  const ran = await earshot(['analyze', '--json'], '{"id":1,"text":"fine"}\n{broken\n{"id":3}\n');
  assert.equal(ran.code, 1);
  assert.equal(ran.out.length, 1);
  assert.match(ran.err, /Line 2 is no JSON/u);
  assert.match(ran.err, /Line 3 has no "text"/u);
});

test('match writes the matching lines with the places', async () => {
  const ran = await earshot(
    ['match', '--query', '"acme broadband" -jobs', '--json'],
    lines(
      { id: 1, text: 'My ACME Broadband is down' },
      { id: 2, text: 'acme broadband jobs' },
      { id: 3, text: 'nothing' },
    ),
  );
  assert.equal(ran.code, 0);
  const [row] = ran.out.map((line) => JSON.parse(line));
  assert.equal(ran.out.length, 1);
  assert.equal(row.id, 1);
  assert.equal(row.text.slice(row.spans[0].start, row.spans[0].end), 'ACME Broadband');
});

test('a query that cannot be understood is bad usage, with the place of the error', async () => {
  const ran = await earshot(['match', '--query', '"acme'], 'acme\n');
  assert.equal(ran.code, 2);
  assert.notEqual(ran.err.trim(), '');
  assert.deepEqual(ran.out, []);
});

test('redact shows what would be kept, and the kinds that were found', async () => {
  const ran = await earshot(
    ['redact', '--json'],
    lines({ id: 1, text: 'Write to sample@acme.example or wait until 2026-11-24.' }),
  );
  const row = JSON.parse(ran.out[0] ?? '');
  assert.deepEqual(row.kinds, ['email']);
  assert.match(row.text, /2026-11-24/u);
  assert.doesNotMatch(row.text, /sample@/u);
});

test('preview shows files and addresses, and goes on where one fails', async (t) => {
  const web = await startWeb();
  t.after(() => web.close());
  const rss =
    '<rss version="2.0"><channel><title>S</title><item><title>Sample</title><guid>g1</guid></item></channel></rss>';
  web.on('/feed.xml', { headers: { 'content-type': 'application/xml' }, body: rss });
  const file = join(temporaryFolder(t), 'saved.xml');
  writeFileSync(file, rss);
  const url = `${web.url}/feed.xml`;
  const ran = await earshot(['preview', '--json', file, '/nowhere.xml', url], '', {
    EARSHOT_PRIVATE_HOSTS: web.host,
  });
  assert.equal(ran.code, 1);
  assert.match(ran.err, /\/nowhere\.xml: no such file/u);
  const rows = ran.out.map((line) => JSON.parse(line));
  assert.deepEqual(
    rows.map(({ from, externalId, title }) => [from, externalId, title]),
    [
      [file, 'g1', 'Sample'],
      [url, 'g1', 'Sample'],
    ],
  );
});

test('a private address is refused until the settings name it', async (t) => {
  const web = await startWeb();
  t.after(() => web.close());
  const ran = await earshot(['preview', `${web.url}/feed.xml`]);
  assert.equal(ran.code, 1);
  assert.match(ran.err, /EARSHOT_PRIVATE_HOSTS|private/u);
  assert.equal(web.requests.length, 0);
});

test('bad settings are all told at once, before anything is touched', async () => {
  const ran = await earshot(['start'], '', { PORT: 'x', LOG_LEVEL: 'loud' });
  assert.equal(ran.code, 2);
  assert.match(ran.err, /PORT must be/u);
  assert.match(ran.err, /LOG_LEVEL must be/u);
});

test('the database goes up and down by migrate, and export needs a form', async (t) => {
  const env = { DATABASE_URL: `sqlite:${join(temporaryFolder(t), 'e.db')}` };
  assert.equal((await earshot(['migrate'], '', env)).code, 0);
  const status = await earshot(['migrate', '--status'], '', env);
  assert.ok(status.out.length > 0 && status.out.every((line) => line.startsWith('done')));
  assert.equal((await earshot(['export'], '', env)).code, 2);
  const csv = await earshot(['export', '--csv'], '', env);
  assert.equal(csv.out.length, 1, 'the head line alone');
  assert.equal((await earshot(['migrate', '--down', '1'], '', env)).code, 0);
});

test('an unknown command is bad usage', async () => {
  const ran = await earshot(['analise']);
  assert.equal(ran.code, 2);
  assert.match(ran.err, /analise/u);
});

test('doctor says what is well and what is not, with the fix', async (t) => {
  const env = { DATABASE_URL: `sqlite:${join(temporaryFolder(t), 'e.db')}` };
  const well = await earshot(['doctor', '--json'], '', env);
  assert.equal(well.code, 0, well.err);
  const unwell = await earshot(['doctor', '--json'], '', { ...env, PORT: 'x' });
  assert.equal(unwell.code, 1);
  assert.match(JSON.parse(unwell.out[0] ?? '{}').fix, /PORT/u);
});
