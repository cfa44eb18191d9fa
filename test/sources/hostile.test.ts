import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { PollOutcome } from '../../src/core/source.ts';
import { discourse } from '../../src/sources/discourse.ts';
import { feed, readFeed } from '../../src/sources/feed.ts';
import { guardedLookup } from '../../src/sources/http/addresses.ts';
import { createHttp, type HttpDoor, type HttpOptions } from '../../src/sources/http.ts';
import { startWeb, type Reply, type Web } from '../helpers/web.ts';

const NOW = new Date('2026-11-23T10:00:00Z');
const MEGABYTE = 1024 * 1024;
let web: Web;
const doors: HttpDoor[] = [];

function door(options: Partial<HttpOptions> = {}): HttpDoor {
  const made = createHttp({
    contact: null,
    version: '0',
    privateHosts: [web.host],
    pause: () => 0,
    ...options,
  });
  doors.push(made);
  return made;
}

before(async () => {
  web = await startWeb();
  // The thread that reads is warm, as it is in a house that runs.
  web.on('/warm', { body: rss('<item><title>warm</title></item>') });
  await poll('/warm');
});

after(async () => {
  await Promise.all(doors.map((one) => one.close()));
  await web.close();
});

async function poll(
  path: string,
  options: { http?: HttpDoor; cursor?: string | null } = {},
): Promise<PollOutcome> {
  assert.ok(feed.poll);
  return feed.poll({
    http: options.http ?? door(),
    settings: {},
    now: NOW,
    signal: new AbortController().signal,
    address: path.startsWith('/') ? web.url + path : path,
    cursor: options.cursor ?? null,
  });
}

async function pollOf(reply: Reply, options?: { http?: HttpDoor; cursor?: string | null }) {
  web.on('/feed', reply);
  return poll('/feed', options);
}

/** At most 3 seconds of work and 100 MB. */
async function cheaply<T>(work: () => Promise<T>): Promise<T> {
  const memory = process.memoryUsage().rss;
  // Processor time of all threads, so that a busy machine fails no test.
  const before = process.cpuUsage();
  let most = memory;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  try {
    return await work();
  } finally {
    clearInterval(watch);
    most = Math.max(most, process.memoryUsage().rss);
    const { user, system } = process.cpuUsage(before);
    const [seconds, megabytes] = [(user + system) / 1e6, (most - memory) / MEGABYTE];
    assert.ok(seconds < 3, `${seconds} seconds`);
    assert.ok(megabytes < 100, `${megabytes} MB`);
  }
}

function rss(items: string): string {
  return `<rss version="2.0"><channel><title>Hostile</title>${items}</channel></rss>`;
}

function heard(outcome: PollOutcome) {
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome;
}

function failed(outcome: PollOutcome) {
  assert.ok(!outcome.ok, 'it is a failure');
  return outcome.failure;
}

test('entity bombs do not go off', async () => {
  const laughs = Array.from(
    { length: 12 },
    (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
  );
  const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${laughs.join('')}
    <!ENTITY file SYSTEM "file:///etc/passwd"> ]>${rss('<item><title>Acme &l12; &file;</title></item>')}`;
  const { posts } = heard(await cheaply(() => pollOf({ body: bomb })));
  assert.match(posts[0]?.title ?? '', /^Acme &l12; &file;$/u);
});

test('a feed of 50 MB is not read to its end', async () => {
  const chunk = Buffer.from('<item><title>more and more</title></item>'.repeat(1600));
  let sent = 0;
  const body = (function* () {
    yield Buffer.from('<rss version="2.0"><channel>');
    for (; sent < 50 * MEGABYTE; sent += chunk.length) yield chunk;
  })();
  assert.equal(failed(await cheaply(() => pollOf({ body }))).kind, 'refused');
  assert.ok(sent < 20 * MEGABYTE, `${sent} bytes were sent`);
});

test('100,000 items cost no more than they may, and the first of them are heard', async () => {
  const items = Array.from({ length: 100_000 }, (_, index) => `<item><guid>${index}</guid></item>`);
  const { posts } = heard(await cheaply(() => pollOf({ body: rss(items.join('')) })));
  assert.ok(posts.length >= 1000);
  assert.equal(posts[0]?.externalId, '0');
});

test('bombs of gzip and brotli are not unpacked', async () => {
  const zeros = Buffer.alloc(50 * MEGABYTE);
  const bombs = { gzip: gzipSync(zeros), br: brotliCompressSync(zeros) };
  for (const [encoding, body] of Object.entries(bombs)) {
    const reply = { headers: { 'content-encoding': encoding }, body };
    assert.equal(failed(await cheaply(() => pollOf(reply))).kind, 'refused', encoding);
  }
  const silent = failed(await cheaply(() => pollOf({ body: bombs.gzip })));
  assert.equal(silent.kind, 'refused');
});

test('a body that drips ends at the deadline, and costs no other source its turn', async () => {
  const http = door({ limits: { seconds: 3 }, privateHosts: [web.host, `localhost:${web.port}`] });
  let isOver = false;
  const drops = (async function* () {
    for (; !isOver;) {
      yield Buffer.from('<');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const other = `http://localhost:${web.port}/warm`;
  await cheaply(async () => {
    let isDripping = true;
    const dripping = pollOf({ body: drops }, { http }).finally(() => (isDripping = false));
    heard(await poll(other, { http }));
    assert.ok(isDripping, 'the other did not wait');
    assert.equal(failed(await dripping).kind, 'unavailable');
  });
  isOver = true;
});

test('endless headers are cut off', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 200 OK\r\n');
    const send = (): void => {
      while (!socket.destroyed && socket.write(`x-more: ${'y'.repeat(1000)}\r\n`));
    };
    socket.on('drain', send);
    send();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = door({ privateHosts: [host] });
  assert.equal(failed(await cheaply(() => poll(`http://${host}/`, { http }))).kind, 'refused');
  server.close();
});

test('redirects in a loop end soon', async () => {
  web.on('/here', { status: 301, headers: { location: '/there' } });
  web.on('/there', { status: 302, headers: { location: '/here' } });
  assert.equal(failed(await cheaply(() => poll('/here'))).kind, 'malformed');
});

test('no redirect leads to a private address, however it is written', async () => {
  const hidden = await startWeb();
  const { port } = hidden;
  const addresses = [
    `127.0.0.1:${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `0177.0.0.1:${port}`,
    `127.1:${port}`,
    `0:${port}`,
    `[::1]:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `[64:ff9b::7f00:1]:${port}`,
    `localhost:${port}`,
    '169.254.169.254',
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '100.64.0.1',
    '224.0.0.1',
    '[fe80::1]',
    '[fd00::1]',
  ];
  const http = door();
  await cheaply(async () => {
    for (const address of addresses) {
      const reply = { status: 302, headers: { location: `http://${address}/latest` } };
      assert.equal(failed(await pollOf(reply, { http })).kind, 'refused', address);
      assert.equal(failed(await poll(`http://${address}/`, { http })).kind, 'refused', address);
    }
  });
  assert.deepEqual(hidden.requests, []);
  await hidden.close();
});

test('a name is held to the rule by the very look-up that the socket uses', async () => {
  const hidden = await startWeb();
  let asked = 0;
  const http = door({
    // Public when it is checked, private when it is connected to: but there is one look-up only.
    lookup: (_name, _options, callback) => {
      asked += 1;
      const address = asked % 2 === 0 ? '93.184.216.34' : '127.0.0.1';
      callback(null, [{ address, family: 4 }]);
    },
  });
  const url = `http://rebinding.example:${hidden.port}/`;
  assert.equal(failed(await cheaply(() => poll(url, { http }))).kind, 'refused');
  assert.equal(asked, 1);
  assert.deepEqual(hidden.requests, []);
  await hidden.close();
});

test('of the addresses of a name only the public ones are handed to the socket', () => {
  const found = [
    { address: '10.0.0.1', family: 4 },
    { address: '93.184.216.34', family: 4 },
    { address: '::ffff:169.254.169.254', family: 6 },
    { address: '64:ff9b::5db8:d822', family: 6 },
  ];
  const lookup = guardedLookup((_name, _options, callback) => callback(null, found));
  lookup('mixed.example', { all: true }, (error, addresses) => {
    assert.equal(error, null);
    assert.deepEqual(addresses, [found[1], found[3]]);
  });
  lookup('mixed.example', {}, (_error, address, family) => {
    assert.deepEqual([address, family], ['93.184.216.34', 4]);
  });
});

test('links that are no web pages are not links', async () => {
  const links = [
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://a.example/',
  ];
  const items = links.map(
    (link, index) => `<item><guid isPermaLink="false">${index}</guid>
    <link>${link}</link><enclosure url="${link}"/><title>x</title></item>`,
  );
  const { posts } = heard(await cheaply(() => pollOf({ body: rss(items.join('')) })));
  assert.deepEqual(
    posts.map(({ url }) => url),
    [null, null, null, null],
  );
});

test('NUL bytes, overrides of direction and invisible characters do not come through', async () => {
  const tricks =
    'Ac\u200bme\u0000 is \u202egnikcus\u202c &#0;\u0007here&#x202e; \ufeff\u2067x\u2069';
  const { posts } = heard(
    await pollOf({
      body: rss(`<item><title>${tricks}</title><description>${tricks}</description></item>`),
    }),
  );
  for (const text of [posts[0]?.title, posts[0]?.text]) {
    assert.match(text ?? '', /^Acme is gnikcus .*here x$/u);
    assert.doesNotMatch(text ?? '', /[\u0000-\u001f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/u);
  }
});

test('ids that change at every poll bring nothing twice', async () => {
  const at = (round: number): string =>
    rss(
      [1, 2, 3, 4]
        .slice(0, 2 + round)
        .map((one) => `<item><guid>${round}-${one}</guid><title>Post ${one}</title></item>`)
        .join(''),
    );
  const first = heard(await pollOf({ body: at(1) }));
  assert.equal(first.posts.length, 3);
  const second = heard(await pollOf({ body: at(2) }, { cursor: first.cursor }));
  assert.deepEqual(
    second.posts.map(({ title }) => title),
    ['Post 4'],
  );
  assert.equal(second.gap, null);
});

test('180 KB of half tags are read at once, where the parser alone takes over 25 seconds', async () => {
  for (const text of ['a<p'.repeat(60_000), '<p <p'.repeat(36_000), '&lt;p'.repeat(36_000)]) {
    for (const body of [
      rss(`<item><description>${text}</description></item>`),
      rss(`<item><description><![CDATA[${text}]]></description></item>`),
    ]) {
      heard(await cheaply(() => pollOf({ body })));
    }
  }
});

test('what is nested a hundred thousand deep is read at once', async () => {
  const open = '<b>'.repeat(60_000);
  const shut = '</i>'.repeat(50_000);
  const bodies = [
    rss(`<item><title>x</title>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</item>`),
    rss(`<item><title>x</title><description><![CDATA[${open}${shut}]]></description></item>`),
    rss(`<item><title>x</title><unknown>${open}${shut}</unknown></item>`),
    rss(`${'<item><title>x'.repeat(50_000)}`),
    rss(`<item>${'<title><x'.repeat(100_000)}</title></item>`),
    rss(`<item>${'<description>'.repeat(100_000)}</item>`),
    `<feed>${'<entry>'.repeat(100_000)}`,
    `{"version":"https://jsonfeed.org/version/1.1","items":${'['.repeat(100_000)}`,
  ];
  for (const body of bodies) await cheaply(() => pollOf({ body }));
});

test('JSON that is built to harm harms no source that reads it', async () => {
  const deep = `{"latest_posts":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`;
  const wide = `{"latest_posts":[${Array.from({ length: 200_000 }, (_, n) => `{"id":${n}}`)}]}`;
  const own = '{"__proto__":{"latest_posts":[{"id":1}]},"constructor":1,"hasOwnProperty":0}';
  for (const body of [
    deep,
    wide,
    own,
    `{"latest_posts":[{"id":1e999,"raw":"\\u0000"}]}`,
    '"',
    'NaN',
  ]) {
    web.instead({ headers: { 'content-type': 'application/json' }, body });
    const call = { http: door(), settings: {}, now: NOW, signal: new AbortController().signal };
    const outcome = await cheaply(async () =>
      discourse.poll?.({ ...call, address: `${web.url}/latest`, cursor: null }),
    );
    web.instead(null);
    assert.ok(
      outcome !== undefined && (!outcome.ok || outcome.posts.length === 0),
      body.slice(0, 60),
    );
  }
  assert.equal(({} as { latest_posts?: unknown }).latest_posts, undefined);
});

test('a document that takes too long or too much costs no other', async () => {
  const documents = await cheaply(() =>
    Promise.all(
      [rss('<a '.repeat(1_500_000)), rss('<item><title>fine</title></item>')].map((text) =>
        readFeed(Buffer.from(text), { url: 'https://a.example/', contentType: null }),
      ),
    ),
  );
  assert.ok(documents[1]?.ok && documents[1].posts[0]?.title === 'fine');
});
