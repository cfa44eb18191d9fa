import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Settings } from '../../../src/core/ports.ts';
import { pollSource } from '../../../src/flows/hear/poll.ts';
import { passOnPraise } from '../../../src/flows/tell/praise.ts';
import { world } from '../../helpers/flows.ts';
import { pollDeps } from '../../helpers/poll-deps.ts';
import { fakePlace } from '../../helpers/place.ts';
import { minutesAfter } from '../../helpers/samples.ts';

const PRAISE = 'Acme Broadband is wonderful: great service, lovely people, I love it. Thank you!';
const COMPLAINT = 'Acme Broadband is down again and nobody answers. Third day, this is awful.';

async function listening(t: TestContext, settings: Partial<Settings>) {
  const it = await world(t, settings);
  const place = fakePlace();
  const deps = pollDeps(it, [place.source], {
    praise: (source, heard) => passOnPraise(it, source, heard),
  });
  const poll = () => pollSource(deps, it.workspaceId, it.sourceId);
  await poll();
  const say = (externalId: string, text: string) =>
    place.posts.push({
      externalId,
      url: `https://forum.example/${externalId}`,
      author: 'sample_user',
      title: null,
      text,
      publishedAt: minutesAfter(-1),
      editedAt: null,
      language: 'en',
    });
  return { ...it, poll, say, place };
}

test('praise is told by its address alone, once, and nothing of it is stored', async (t) => {
  const it = await listening(t, { praiseChannelId: 'C9' });
  it.say('p1', PRAISE);
  it.say('p2', COMPLAINT);
  await it.poll();
  // The same post once more, as a source that reads again what it has read brings it.
  it.say('p1', PRAISE);
  await it.poll();
  assert.deepEqual(it.channel.notices, [
    'C9: praise for "acme broadband" at forum.example, newest posts (sample): https://forum.example/p1',
  ]);
  const stored = await it.stores.mentions.list(it.workspaceId, {});
  assert.deepEqual(
    stored.map(({ externalId }) => externalId),
    ['p2'],
  );
});

test('without a channel for praise nothing is told, and a Slack that is unwell costs nothing else', async (t) => {
  const it = await listening(t, {});
  it.say('p1', PRAISE);
  assert.equal((await it.poll()).outcome, 'polled');
  assert.deepEqual(it.channel.notices, []);
  await it.stores.workspaces.changeSettings(it.workspaceId, { praiseChannelId: 'C9' });
  it.channel.trouble = { ok: false, outcome: 'later', cause: 'down', retryAfterSeconds: null };
  it.say('p2', PRAISE);
  assert.equal((await it.poll()).outcome, 'polled');
  assert.ok(it.log.lines.some(({ message }) => message === 'praise could not be told'));
});
