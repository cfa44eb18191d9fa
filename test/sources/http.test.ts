import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { HttpOutcome, HttpRequest } from '../../src/core/source.ts';
import { createHttp, type HttpDoor, type HttpOptions } from '../../src/sources/http.ts';
import { startWeb, type Reply, type Web } from '../helpers/web.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
let web: Web;
let http: HttpDoor;
const doors: HttpDoor[] = [];

function door(options: Partial<HttpOptions> = {}): HttpDoor {
  const made = createHttp({
    contact: 'https://team.example/bot',
    version: '1.2.3',
    privateHosts: [web.host],
    pause: () => 0,
    clock: () => NOW,
    ...options,
  });
  doors.push(made);
  return made;
}

before(async () => {
  web = await startWeb();
  http = door();
});

after(async () => {
  await Promise.all(doors.map((one) => one.close()));
  await web.close();
});

async function get(path: string, request: Partial<HttpRequest> = {}): Promise<HttpOutcome> {
  return http.get({ url: web.url + path, ...request });
}

function answered(outcome: HttpOutcome) {
  assert.ok(outcome.ok && !outcome.notModified, JSON.stringify(outcome));
  return { ...outcome.answer, text: Buffer.from(outcome.answer.body).toString() };
}

function failed(outcome: HttpOutcome) {
  assert.ok(!outcome.ok, JSON.stringify(outcome));
  return outcome.failure;
}

test('it says honestly who asks, and how to reach the operator', async () => {
  web.on('/who', {});
  await get('/who');
  assert.equal(
    web.requests.at(-1)?.headers['user-agent'],
    'Earshot/1.2.3 (+https://team.example/bot)',
  );
});

test('it unpacks gzip, brotli and both forms of deflate', async () => {
  const packed = {
    gzip: gzipSync('words'),
    br: brotliCompressSync('words'),
    deflate: deflateSync('words'),
    'deflate ': deflateRawSync('words'),
  };
  for (const [encoding, body] of Object.entries(packed)) {
    web.on('/packed', { headers: { 'content-encoding': encoding }, body });
    assert.equal(answered(await get('/packed')).text, 'words', encoding);
  }
});

test('what is packed is unpacked without a word of it, and what is only called packed is not', async () => {
  web.on('/silent', { body: gzipSync('words') });
  assert.equal(answered(await get('/silent')).text, 'words');
  for (const encoding of ['utf-8', 'none', 'identity, UTF-8', 'binary']) {
    web.on('/plain', { headers: { 'content-encoding': encoding }, body: 'words' });
    assert.equal(answered(await get('/plain')).text, 'words', encoding);
  }
});

test('validators come back byte for byte, and a 304 is no failure', async () => {
  web.on('/valid', ({ headers }): Reply =>
    headers['if-none-match'] === 'W/"a b"'
      ? { status: 304, headers: { 'cache-control': 'max-age=60' } }
      : { headers: { etag: 'W/"a b"', 'last-modified': 'Mon, 23 Nov 2026 08:00:00 GMT' } },
  );
  const { validators } = answered(await get('/valid'));
  assert.deepEqual(validators, {
    etag: 'W/"a b"',
    lastModified: 'Mon, 23 Nov 2026 08:00:00 GMT',
  });
  const second = await get('/valid', { validators });
  assert.deepEqual(second, { ok: true, notModified: true, movedTo: null, freshSeconds: 60 });
  assert.equal(web.requests.at(-1)?.headers['if-modified-since'], 'Mon, 23 Nov 2026 08:00:00 GMT');
});

test('a place that moved for good says so only when every hop was permanent', async () => {
  web.on('/new', { body: 'here' });
  web.on('/old', { status: 301, headers: { location: '/new' } });
  web.on('/older', { status: 308, headers: { location: '/old' } });
  web.on('/for-now', { status: 302, headers: { location: '/old' } });
  assert.equal(answered(await get('/older')).movedTo, `${web.url}/new`);
  const temporary = answered(await get('/for-now'));
  assert.equal(temporary.movedTo, null);
  assert.equal(temporary.url, `${web.url}/new`);
  assert.equal(temporary.text, 'here');
});

test('redirects in a loop, too many of them, and those to no web page end in words', async () => {
  web.on('/a', { status: 302, headers: { location: '/b' } });
  web.on('/b', { status: 302, headers: { location: '/a' } });
  assert.equal(failed(await get('/a')).kind, 'malformed');
  web.on('/step', ({ path }) => ({
    status: 302,
    headers: { location: `/step?${Number(path.split('?')[1] ?? 0) + 1}` },
  }));
  const asked = web.requests.length;
  assert.equal(failed(await get('/step')).kind, 'malformed');
  assert.equal(web.requests.length - asked, 6);
  web.on('/file', { status: 302, headers: { location: 'file:///etc/passwd' } });
  assert.equal(failed(await get('/file')).kind, 'refused');
});

test('what was meant for one origin goes to no other', async () => {
  const other = await startWeb();
  other.on('/there', { body: 'x' });
  web.on('/away', { status: 302, headers: { location: `${other.url}/there` } });
  const wide = door({ privateHosts: [web.host, other.host] });
  const url = new URL(`${web.url}/away`);
  url.username = 'sample';
  url.password = 'pass word';
  const { url: final } = answered(
    await wide.get({ url: url.href, headers: { 'X-Api-Key': 'secret' } }),
  );
  const [here, there] = [web.requests.at(-1), other.requests.at(-1)];
  assert.equal(here?.headers.authorization, `Basic ${btoa('sample:pass word')}`);
  assert.equal(here?.headers['x-api-key'], 'secret');
  assert.equal(there?.headers.authorization, undefined);
  assert.equal(there?.headers['x-api-key'], undefined);
  assert.equal(final, `${other.url}/there`);
  await other.close();
});

test('a failure names neither credentials nor the query', async () => {
  web.on('/secret', { status: 500 });
  const url = `http://sample:hidden@${web.host}/secret?token=hidden`;
  for (const one of [url, url.replace(web.host, '127.0.0.2:9'), url.replace('http', 'htp')]) {
    const { cause, message } = failed(await http.get({ url: one }));
    assert.doesNotMatch(cause + message, /hidden|sample/u);
  }
});

test('statuses are classified once', async () => {
  const kinds = {
    401: 'rejected',
    403: 'rejected',
    404: 'unavailable',
    410: 'gone',
    418: 'rejected',
    429: 'rate-limited',
    500: 'unavailable',
    503: 'unavailable',
    304: 'malformed',
  };
  for (const [status, kind] of Object.entries(kinds)) {
    web.on('/status', { status: Number(status), body: status === '304' ? '' : 'said' });
    const outcome = await get('/status');
    assert.equal(failed(outcome).kind, kind, status);
    assert.ok(!outcome.ok && outcome.answer?.status === Number(status));
    if (status !== '304') assert.equal(Buffer.from(outcome.answer.body).toString(), 'said');
  }
});

test('both forms of Retry-After count, a date on the clock of the host', async () => {
  web.on('/wait', { status: 429, headers: { 'retry-after': '120' } });
  assert.equal(failed(await get('/wait')).retryAfterSeconds, 120);
  web.on('/wait', {
    status: 503,
    headers: {
      date: 'Mon, 23 Nov 2026 12:00:00 GMT',
      'retry-after': 'Mon, 23 Nov 2026 12:05:00 GMT',
    },
  });
  assert.equal(failed(await get('/wait')).retryAfterSeconds, 300);
  web.on('/wait', { status: 429, headers: { 'retry-after': 'soon' } });
  assert.equal(failed(await get('/wait')).retryAfterSeconds, undefined);
});

test('a wall for browsers only is told from an ordinary refusal', async () => {
  web.on('/wall', { status: 403, headers: { 'cf-mitigated': 'challenge' }, body: '<html>' });
  assert.match(failed(await get('/wall')).message, /only browsers/u);
});

test('how long an answer stays fresh is read from Cache-Control, else from Expires', async () => {
  const cases: [Record<string, string>, number | null][] = [
    [{ 'cache-control': 'public, max-age=600', age: '100' }, 500],
    [{ 'cache-control': 's-maxage=9, max-age=0', expires: 'Mon, 23 Nov 2026 13:00:00 GMT' }, null],
    [{ 'cache-control': 'no-cache', expires: 'Mon, 23 Nov 2026 13:00:00 GMT' }, null],
    [{ date: 'Mon, 23 Nov 2026 12:00:00 GMT', expires: 'Mon, 23 Nov 2026 12:30:00 GMT' }, 1800],
    [{ expires: '0' }, null],
    [{}, null],
  ];
  for (const [headers, seconds] of cases) {
    web.on('/fresh', { headers });
    assert.equal((await get('/fresh')).ok && (await freshOf('/fresh')), seconds);
  }
});

async function freshOf(path: string) {
  const outcome = await get(path);
  return outcome.ok ? outcome.freshSeconds : undefined;
}

test('a host is asked one thing at a time, in order', async () => {
  let running = 0;
  let most = 0;
  const order: string[] = [];
  web.on('/turn', async ({ path }) => {
    running += 1;
    most = Math.max(most, running);
    order.push(path);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return {};
  });
  const paths = ['/turn?1', '/turn?2', '/turn?3', '/turn?4'];
  await Promise.all(paths.map((path) => get(path)));
  assert.equal(most, 1);
  assert.deepEqual(order, paths);
});

test('who gives up while waiting leaves the queue at once, and the others go on', async () => {
  let release = (): void => undefined;
  const arrived = new Promise<void>((arrive) => {
    web.on('/held', () => {
      arrive();
      return new Promise((resolve) => (release = () => resolve({ body: 'held' })));
    });
  });
  web.on('/next', { body: 'next' });
  const held = get('/held');
  const impatient = new AbortController();
  const given = get('/next', { signal: impatient.signal });
  const next = get('/next');
  impatient.abort();
  assert.equal(failed(await given).cause, 'aborted');
  await arrived;
  release();
  assert.equal(answered(await held).text, 'held');
  assert.equal(answered(await next).text, 'next');
});

test('an abort in mid-answer ends the request, and the host gets its next turn', async () => {
  const abort = new AbortController();
  web.on('/long', {
    body: (async function* () {
      yield Buffer.from('begin');
      abort.abort();
      await new Promise(() => undefined);
    })(),
  });
  assert.equal(failed(await get('/long', { signal: abort.signal })).cause, 'aborted');
  web.on('/next', { body: 'next' });
  assert.equal(answered(await get('/next')).text, 'next');
});

test('a name that does not exist and a closed port are told apart', async () => {
  const nowhere = door({
    lookup: (_name, _options, callback) =>
      callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '', 0),
  });
  assert.equal(failed(await nowhere.get({ url: 'https://nowhere.example/' })).cause, 'ENOTFOUND');
  const closed = door({ privateHosts: ['127.0.0.1:9'] });
  assert.equal(failed(await closed.get({ url: 'http://127.0.0.1:9/' })).cause, 'ECONNREFUSED');
});

test('a plain server behind https is told as a certificate matter, not as a riddle', async () => {
  const outcome = failed(await http.get({ url: web.url.replace('http:', 'https:') }));
  assert.match(outcome.message, /certificate/u);
});
