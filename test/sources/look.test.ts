import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { addSource } from '../../src/flows/set-up/sources.ts';
import { closedPlace } from '../../src/sources/closed.ts';
import { createHttp } from '../../src/sources/http.ts';
import { sources } from '../../src/sources/index.ts';
import { world } from '../helpers/flows.ts';
import { startWeb, type Web } from '../helpers/web.ts';
import { startMastodon } from '../stand-ins/mastodon.ts';
import { START } from '../stand-ins/place.ts';

const FEED = `<rss version="2.0"><channel><title>Sample blog</title>
<item><title>Acme is slow</title><link>https://blog.example/1</link></item></channel></rss>`;

/** A person who pastes addresses into a new workspace, with every source and a real door. */
async function person(t: TestContext, hosts: readonly Web[], closed = closedPlace) {
  const it = await world(t);
  const http = createHttp({
    contact: null,
    version: '0',
    privateHosts: hosts.map(({ host }) => host),
    pause: () => 0,
  });
  t.after(() => http.close());
  const deps = {
    ...it,
    sources,
    http,
    closedPlace: closed,
    sourceSettings: {},
    timeoutSeconds: 20,
    hashAuthor: (kind: string, author: string) => `hash of ${kind} ${author}`,
    isOwn: () => false,
  };
  const { workspaceId } = it;
  return (input: string) => addSource(deps, { workspaceId, input, actor: 'UALEX' });
}

async function blog(t: TestContext): Promise<Web> {
  const web = await startWeb();
  t.after(() => web.close());
  web.on('/feed.xml', { headers: { 'content-type': 'application/rss+xml' }, body: FEED });
  return web;
}

test('a page that only has the looks of a forum or a hashtag is heard by its feed', async (t) => {
  const web = await blog(t);
  const page = '<html><link rel="alternate" type="application/rss+xml" href="/feed.xml">';
  const paste = await person(t, [web]);
  for (const path of ['/tags/acme/', '/latest', '/c/acme', '/t/slow/123']) {
    web.on(path, { headers: { 'content-type': 'text/html' }, body: page });
    const outcome = await paste(`${web.url}${path}`);
    assert.ok(outcome.ok || /already/u.test(outcome.message), JSON.stringify(outcome));
    if (outcome.ok) assert.equal(outcome.hearing.address, `${web.url}/feed.xml`, path);
  }
});

test('a hashtag that a server closes to strangers is not heard by another door', async (t) => {
  const place = await startMastodon();
  t.after(() => place.close());
  place.access = 'authenticated';
  place.web.on('/tags/acme', { headers: { 'content-type': 'application/rss+xml' }, body: FEED });
  const paste = await person(t, [place.web]);
  const outcome = await paste(`${place.web.url}/tags/acme`);
  assert.ok(!outcome.ok);
  assert.match(outcome.message, /does not show posts by hashtag without a login/u);
});

test('a short address is heard as what it leads to', async (t) => {
  const short = await blog(t);
  const place = await startMastodon();
  t.after(() => place.close());
  place.add(START);
  const page = { headers: { 'content-type': 'text/html' }, body: '<html>Sample' };
  place.web.on('/tags/acme', page);
  const to = (location: string) => ({ status: 301, headers: { location } });
  short.on('/tag', to(`${place.web.url}/tags/acme`));
  const paste = await person(t, [short, place.web]);
  const outcome = await paste(`${short.url}/tag`);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  assert.deepEqual([outcome.hearing.kind, outcome.doubts], ['mastodon', ['elsewhere']]);
});

test('a closed place is closed also behind a short address, and where a page names it', async (t) => {
  const short = await blog(t);
  const away = await blog(t);
  short.on('/feed', { status: 301, headers: { location: `${away.url}/feed.xml` } });
  short.on('/gone', { status: 302, headers: { location: `${away.url}/gone` } });
  const named = `<html><link rel="alternate" type="application/rss+xml" href="${away.url}/feed.xml">`;
  short.on('/page', { headers: { 'content-type': 'text/html' }, body: named });
  const isClosed = (input: string) => (input.includes(away.host) ? 'Closed. Do this.' : null);
  const paste = await person(t, [short, away], isClosed);
  for (const path of ['/feed', '/gone', '/page']) {
    const outcome = await paste(`${short.url}${path}`);
    assert.ok(!outcome.ok, path);
    assert.equal(outcome.message, 'Closed. Do this.', path);
  }
});
