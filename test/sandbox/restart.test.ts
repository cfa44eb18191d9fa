import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { WebClient } from '@slack/web-api';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import manifest from '../../src/slack/manifest.json' with { type: 'json' };
import { SAM, sitDown } from './person.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-workspace-'));
});
after(() => rm(folder, { recursive: true }));

const clientOf = (sandbox: Sandbox) =>
  new WebClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 } });

test('after a restart the card, its thread, the tokens and the Home are still there', async () => {
  const dataFile = join(folder, 'restart.json');
  const first = await startSandbox({ port: 0, manifest, dataFile });
  const channel = first.channelId;
  const card = await clientOf(first).chat.postMessage({ channel, text: 'card' });
  await clientOf(first).chat.postMessage({ channel, thread_ts: card.ts!, text: 'line' });
  await clientOf(first).views.publish({ user_id: SAM, view: { type: 'home', blocks: [] } });
  await first.close();

  const second = await startSandbox({ port: 0, manifest, dataFile });
  assert.equal(second.botToken, first.botToken);
  const sam = await sitDown(second, SAM);
  assert.deepEqual(
    sam.seen.messages.map(({ text, ts, thread_ts }) => ({ text, ts, thread_ts })),
    [
      { text: 'card', ts: card.ts, thread_ts: undefined },
      { text: 'line', ts: sam.seen.messages[1].ts, thread_ts: card.ts },
    ],
  );
  assert.equal(sam.seen.home.type, 'home');
  const updated = await clientOf(second).chat.update({ channel, ts: card.ts!, text: 'changed' });
  assert.equal(updated.ok, true);
  sam.leave();
  await second.close();
});

test('a process killed in the middle leaves a whole file', async () => {
  const dataFile = join(folder, 'killed.json');
  const script = `
    import { startSandbox } from './src/sandbox/sandbox.ts';
    import manifest from './src/slack/manifest.json' with { type: 'json' };
    const sandbox = await startSandbox({ port: 0, manifest, dataFile: process.argv[1] });
    for (let i = 0; ; i += 1) {
      await fetch(sandbox.apiUrl + 'chat.postMessage', {
        method: 'POST',
        headers: { authorization: 'Bearer ' + sandbox.botToken, 'content-type': 'application/json' },
        body: JSON.stringify({ channel: sandbox.channelId, text: 'message ' + i }),
      });
      if (i % 50 === 0) console.log(i);
    }`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script, dataFile],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (data) => {
      if (Number(String(data).trim().split('\n').at(-1)) >= 500) resolve();
    });
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  const saved = JSON.parse(await readFile(dataFile, 'utf8')) as {
    slack: Record<string, { text: string }[]>;
  };
  const texts = saved.slack['slack.messages']!.map(({ text }) => text);
  assert.ok(texts.length > 0);
  assert.deepEqual(
    texts,
    texts.map((_, index) => `message ${index}`),
  );
  const again = await startSandbox({ port: 0, manifest, dataFile });
  await again.close();
  assert.ok((await readdir(folder)).includes('killed.json'));
});

test('a file that is something else is left alone, and named', async () => {
  const dataFile = join(folder, 'foreign.json');
  await writeFile(dataFile, 'not ours');
  await assert.rejects(
    startSandbox({ port: 0, manifest, dataFile }),
    /foreign\.json is not the state/,
  );
  assert.equal(await readFile(dataFile, 'utf8'), 'not ours');
});

test('a taken port is passed over, unless it was asked for', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  await assert.rejects(startSandbox({ port, portIsFixed: true, manifest }), {
    message: `Port ${port} is taken. Stop what runs there, or set PORT to another.`,
  });
  const sandbox = await startSandbox({ port, manifest });
  assert.ok(sandbox.port > port && sandbox.port < port + 20);
  await sandbox.close();
  await new Promise((resolve) => other.close(resolve));
});
