import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { SHORTCUTS } from '../../../src/slack/ids.ts';
import { fakePlace } from '../../helpers/place.ts';
import { CHANNEL } from '../../helpers/slack-standin.ts';
import { slackWorld } from '../../helpers/slack-world.ts';
import { NOON, sampleSource } from '../../helpers/samples.ts';

const LINK = 'https://blog.example/why-i-left';

async function team(t: TestContext) {
  const place = fakePlace();
  place.posts.push({
    ...{ externalId: 'b1', url: LINK, author: 'sample_user', title: null, publishedAt: NOON },
    ...{ editedAt: null, language: 'en' },
    text: 'Acme Broadband cut me off for the third time, and nobody answers.',
  });
  const it = await slackWorld(t, { sources: [place.source] });
  await it.stores.sources.add(sampleSource({ id: 'blog', address: 'https://blog.example/feed' }));
  const told = async (what: RegExp) => {
    const said = () => it.slack.ephemerals.some(({ text }) => what.test(text));
    await it.slack.until(`it says ${what}`, said, 60);
  };
  return { ...it, told };
}

test('a link in somebody’s message gets a card, and whoever asked is led to it', async (t) => {
  const it = await team(t);
  await it.slack.shortcut('U1SAM', SHORTCUTS.treat, { text: `look: <${LINK}|why>` });
  await it.told(/It is a mention now, with a card in <#C1SUPPORT>: <https:\/\/acme-sample/u);
  const [mention] = await it.stores.mentions.list('T1', {});
  assert.equal(mention?.status, 'open');
  assert.deepEqual(it.thread(mention?.cardTs ?? ''), ['brought up by Sam']);
  await it.slack.shortcut('U2KIM', SHORTCUTS.treat, { text: LINK }, 'C9RANDOM');
  await it.told(/It is a mention already in <#C1SUPPORT>/u);
  assert.equal(await it.stores.mentions.count('T1', {}), 1);
});

test('who is not in the support channel is told who may', async (t) => {
  const it = await team(t);
  await it.slack.shortcut('U4VISITOR', SHORTCUTS.treat, { text: LINK });
  await it.told(new RegExp(`Members of <#${CHANNEL}>`, 'u'));
  assert.equal(await it.stores.mentions.count('T1', {}), 0);
});

test('a message without a link is answered with what to do', async (t) => {
  const it = await team(t);
  await it.slack.shortcut('U1SAM', SHORTCUTS.treat, { text: 'somebody is angry on the web' });
  await it.told(/no link in this message/u);
});

test('the manifest offers the shortcut that is listened to', () => {
  const manifest = JSON.parse(readFileSync('src/slack/manifest.json', 'utf8')) as {
    features: { shortcuts: { type: string; callback_id: string; name: string }[] };
  };
  const [shortcut] = manifest.features.shortcuts;
  assert.equal(shortcut?.type, 'message');
  assert.equal(shortcut?.callback_id, SHORTCUTS.treat);
  assert.ok((shortcut?.name.length ?? 99) <= 24);
});
