import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discourse } from '../../src/sources/discourse.ts';
import { github } from '../../src/sources/github.ts';
import { mastodon } from '../../src/sources/mastodon.ts';
import { existence, jsonReply, startPlace } from '../stand-ins/place.ts';

test('a page of a web server that says 404 takes no post with it; the interface itself does', async (t) => {
  const place = await startPlace();
  t.after(() => place.close());
  place.settings['GITHUB_API_URL'] = place.web.url;
  const { url } = place.web;
  const posts = [
    { source: mastodon, externalId: `${url}/users/sample/statuses/113000000000000000`, url: null },
    { source: discourse, externalId: `${url}/p/7`, url: null },
    { source: github, externalId: 'I_7', url: 'https://github.com/acme/router/issues/7' },
  ];
  const said = async () => {
    const found = posts.map(({ source, ...post }) => existence(source, place, url, [post]));
    return (await Promise.all(found)).flat();
  };
  const page = '<html><h1>404 Not Found</h1><hr>nginx';
  place.web.instead({ status: 404, headers: { 'content-type': 'text/html' }, body: page });
  assert.deepEqual(await said(), ['unknown', 'unknown', 'unknown']);
  place.web.instead(jsonReply({ error: 'Record not found' }, { status: 404 }));
  assert.deepEqual(await said(), ['gone', 'gone', 'gone']);
});
