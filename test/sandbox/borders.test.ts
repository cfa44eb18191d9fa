import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { createResponseUrls } from '../../src/sandbox/response-urls.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import manifest from '../../src/slack/manifest.json' with { type: 'json' };
import { SAM } from './person.ts';

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox({ port: 0, manifest });
});
after(() => sandbox.close());

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}
/** Unlike fetch, this sends whatever Host it is told to. */
function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const sent = request(`${sandbox.url}${path}`, { method, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test('a name that resolves to this computer is not let in', async () => {
  const port = new URL(sandbox.url).port;
  for (const host of [`evil.example:${port}`, '127.0.0.1', `127.0.0.1.evil.example:${port}`]) {
    assert.equal((await ask('/', { headers: { host } })).status, 403, host);
    assert.equal((await ask('/api/auth.test', { method: 'POST', headers: { host } })).status, 403);
  }
  assert.equal((await ask('/', { headers: { host: `localhost:${port}` } })).status, 200);
});

test('another site cannot act on the page, the posts or the API', async () => {
  const json = { 'content-type': 'application/json' };
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
    for (const path of ['/page/do', '/samples/forum', '/api/auth.test', '/response/abc']) {
      const { status } = await ask(path, {
        method: 'POST',
        headers: { ...json, origin },
        body: '{}',
      });
      assert.equal(status, 403, `${origin} ${path}`);
    }
  }
  const noOrigin = { method: 'POST', headers: json, body: '{}' };
  assert.equal((await ask('/page/do', noOrigin)).status, 403);
  const form = { origin: sandbox.url, 'content-type': 'text/plain' };
  assert.equal((await ask('/page/do', { method: 'POST', headers: form, body: '{}' })).status, 415);
});

test('another site cannot listen to the page, nor anybody to a socket without a ticket', async () => {
  const outcome = (path: string, origin?: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}${path}`, { origin });
      socket.on('open', () => {
        socket.terminate();
        resolve('open');
      });
      socket.on('error', (error) => resolve(error.message));
    });
  const live = `/page/live?as=${SAM}&tab=tab-12345678`;
  assert.equal(await outcome(live, sandbox.url), 'open');
  assert.match(await outcome(live, 'https://evil.example'), /403/);
  assert.match(await outcome(live), /403/);
  assert.match(await outcome(`/page/live?as=U0NOBODY00&tab=tab-12345678`, sandbox.url), /400/);
  assert.match(await outcome('/socket/0123456789abcdef'), /403/);
});

test('a ticket opens one socket', async () => {
  const response = await fetch(`${sandbox.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.appToken}` },
  });
  const { url } = (await response.json()) as { url: string };
  const open = () =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url);
      socket.on('message', (data) => {
        socket.terminate();
        resolve(String((JSON.parse(String(data)) as { type: string }).type));
      });
      socket.on('error', (error) => resolve(error.message));
    });
  assert.equal(await open(), 'hello');
  assert.match(await open(), /403/);
});

test('every page has a strict policy, and no path leads out of the folder of assets', async () => {
  for (const path of ['/', '/page/main.js', '/samples/forum']) {
    const { status, headers } = await ask(path);
    assert.equal(status, 200, path);
    assert.match(
      String(headers['content-security-policy']),
      /^default-src 'none'; script-src 'self'/,
    );
    assert.equal(headers['x-content-type-options'], 'nosniff');
  }
  for (const path of ['/page/../sandbox.ts', '/page/..%2fsandbox.ts', '/page/index.html.js']) {
    assert.equal((await ask(path)).status, 404, path);
  }
});

test('a body that is too large is refused', async () => {
  const body = 'x'.repeat(2_000_001);
  const { status } = await ask('/api/auth.test', { method: 'POST', body });
  assert.equal(status, 413);
});

test('a response address is good for five answers within thirty minutes', () => {
  let at = new Date('2026-03-01T10:00:00Z');
  const urls = createResponseUrls('http://127.0.0.1:1', () => at);
  const idOf = (url: string) => url.split('/').at(-1)!;
  const context = { userId: SAM, channelId: 'C1' };
  const id = idOf(urls.issue(context));
  for (let use = 0; use < 5; use += 1) assert.deepEqual(urls.use(id), context);
  assert.equal(urls.use(id), 'used_url');
  const other = idOf(urls.issue(context));
  at = new Date('2026-03-01T10:30:00.001Z');
  assert.equal(urls.use(other), 'expired_url');
  assert.equal(urls.use('made-up'), 'expired_url');
});
