import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createHttp } from '../../../src/sources/http.ts';
import { createRobots } from '../../../src/sources/http/robots.ts';
import { startWeb, type Reply } from '../../helpers/web.ts';

async function place(t: TestContext, robots: Reply) {
  const web = await startWeb();
  t.after(() => web.close());
  web.on('/robots.txt', robots);
  web.on('/post', { body: 'a post (sample)' });
  web.on('/private/post', { body: 'another post (sample)' });
  const http = createHttp({
    ...{ contact: null, version: '0', privateHosts: [web.host], pause: () => 0 },
  });
  t.after(() => http.close());
  const read = async (path: string) => {
    const outcome = await http.get({ url: `${web.url}${path}`, asRobot: true });
    return outcome.ok ? 'read' : outcome.failure.cause;
  };
  const asked = () => web.requests.filter(({ path }) => path === '/robots.txt').length;
  return { web, http, read, asked };
}

test('a page that robots.txt keeps from programs is not read; the file is asked for once', async (t) => {
  const it = await place(t, { body: 'User-agent: *\nDisallow: /private/\n' });
  assert.equal(await it.read('/post'), 'read');
  assert.equal(await it.read('/private/post'), 'robots.txt');
  assert.equal(it.asked(), 1);
  assert.ok(!it.web.requests.some(({ path }) => path === '/private/post'));
});

test('what is said to Earshot by name goes before what is said to all', async (t) => {
  const it = await place(t, {
    body: 'User-agent: *\nDisallow:\n\nUser-agent: earshot\nDisallow: /\n',
  });
  assert.equal(await it.read('/post'), 'robots.txt');
});

test('a redirect to a page that is kept from programs is not followed', async (t) => {
  const it = await place(t, { body: 'User-agent: *\nDisallow: /private/\n' });
  it.web.on('/short', { status: 302, headers: { location: '/private/post' } });
  assert.equal(await it.read('/short'), 'robots.txt');
});

test('a host without the file allows everything, one that is unwell nothing', async (t) => {
  const without = await place(t, { status: 404 });
  assert.equal(await without.read('/private/post'), 'read');
  const unwell = await place(t, { status: 503 });
  assert.equal(await unwell.read('/post'), 'robots.txt');
  assert.equal(await unwell.read('/post'), 'robots.txt');
  assert.equal(unwell.asked(), 1);
});

test('what is made for programs is read without asking: feeds and interfaces', async (t) => {
  const it = await place(t, { body: 'User-agent: *\nDisallow: /\n' });
  assert.ok((await it.http.get({ url: `${it.web.url}/post` })).ok);
  assert.equal(it.asked(), 0);
});

test('a host is asked again after a day, and sooner when it could not be asked', async () => {
  let now = 0;
  let asked = 0;
  let status = 503;
  const failure = { kind: 'unavailable', cause: 'sample', message: 'sample' } as const;
  const robots = createRobots(
    async ({ url }) => {
      asked += 1;
      const answer = { url, movedTo: null, status, headers: {}, body: Buffer.of(), validators: {} };
      return { ok: false, failure, answer };
    },
    () => now,
  );
  const allows = () => robots.allows(new URL('https://blog.example/post'), undefined);
  assert.equal(await allows(), false);
  now += 9 * 60_000;
  assert.equal(await allows(), false);
  assert.equal(asked, 1);
  now += 2 * 60_000;
  status = 404;
  assert.equal(await allows(), true);
  now += 23 * 3_600_000;
  assert.equal(await allows(), true);
  assert.equal(asked, 2);
  now += 2 * 3_600_000;
  assert.equal(await allows(), true);
  assert.equal(asked, 3);
});
