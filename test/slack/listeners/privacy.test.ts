import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buttonsIn, reading } from '../../helpers/blocks.ts';
import { fakePlace } from '../../helpers/place.ts';
import type { Ephemeral } from '../../helpers/slack-standin.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';
import { authorHasher } from '../../../src/secret.ts';

const ALEX = 'U3ALEX';
const hash = authorHasher('a secret for tests, 32 characters long');

async function told(it: SlackWorld, userId: string, what: RegExp): Promise<Ephemeral> {
  const find = () =>
    it.slack.ephemerals.find(
      (one) => one.userId === userId && what.test(`${one.text} ${reading(one.blocks)}`),
    );
  await it.slack.until(`${userId} is told ${String(what)}`, () => find() !== undefined);
  return find()!;
}

test('/earshot forget asks first, then erases, suppresses, and gives the letter', async (t) => {
  const it = await slackWorld(t, { sources: [fakePlace().source] });
  const { mention, ts } = await it.carded({ authorHash: hash('feed', 'sample_user') });
  await it.slack.command(ALEX, 'forget @sample_user');
  const asked = await told(it, ALEX, /Stored: 1 post/u);
  assert.equal((await it.now(mention.id)).status, 'open', 'nothing happens before the yes');
  await it.slack.press(ALEX, { ephemeral: asked }, 'Forget them for good');
  const done = await told(it, ALEX, /Done: 1 post erased/u);
  assert.equal(done.replaces, true);
  assert.match(reading(done.blocks), /answer within a month[\s\S]*You objected/u);
  assert.equal((await it.now(mention.id)).status, 'withdrawn');
  assert.match(it.thread(ts).at(-1) ?? '', /the author objects/u);
});

test('only those who may change settings forget somebody, and a wrong target is told', async (t) => {
  const it = await slackWorld(t, { sources: [fakePlace().source] });
  await it.slack.command('U1SAM', 'forget @sample_user');
  await told(it, 'U1SAM', /admins/u);
  await it.slack.command(ALEX, 'forget');
  await told(it, ALEX, /Say whom/u);
  await it.slack.command(ALEX, 'forget https://forum.example/nobody-knows-this');
  await told(it, ALEX, /names nobody/u);
});

async function openPrivacy(it: SlackWorld) {
  await it.slack.command(ALEX, 'privacy');
  await it.slack.until('the modal is open', () => it.slack.modals.has(ALEX));
}

const input = (value: string) => ({ type: 'plain_text_input', value });

test('/earshot privacy keeps the team’s accounts, places, days and notice', async (t) => {
  const it = await slackWorld(t, { sources: [fakePlace().source] });
  await openPrivacy(it);
  await it.slack.submit(ALEX, {
    brand: input('@acme_care\nfeed:acme_broadband_care\nsite:blog.acme.example'),
    never_hear: input('https://www.quiet.example/\nforum.example/self-help'),
    retention: input('14'),
    notice: input('https://acme.example/we-listen'),
  });
  await told(it, ALEX, /Text goes 14 days after the end/u);
  const settings = await it.stores.workspaces.settings(it.workspaceId);
  assert.deepEqual(settings.brandAccounts, [
    '@acme_care',
    'feed:acme_broadband_care',
    'site:blog.acme.example',
  ]);
  assert.deepEqual(settings.neverHear, ['quiet.example', 'forum.example/self-help']);
  assert.deepEqual(
    [settings.retentionDays, settings.noticeUrl],
    [14, 'https://acme.example/we-listen'],
  );
});

test('what cannot be an account, a place, a number of days or an address is told in place', async (t) => {
  const it = await slackWorld(t, { sources: [fakePlace().source] });
  await openPrivacy(it);
  const answer = await it.slack.submit(ALEX, {
    brand: input('nowhere:@acme'),
    never_hear: input('not a place'),
    retention: input('91'),
    notice: input('acme'),
  });
  assert.equal(answer['response_action'], 'errors');
  const errors = answer['errors'] as Record<string, string>;
  assert.deepEqual(Object.keys(errors).sort(), ['brand', 'never_hear', 'notice', 'retention']);
});

test('somebody else’s reply is refused in the modal, kindly', async (t) => {
  const place = fakePlace();
  const settings = { brandAccounts: ['feed:acme_care'] };
  const it = await slackWorld(t, { sources: [place.source], settings });
  const { mention, ts } = await it.carded();
  const url = 'https://forum.example/answers/1';
  place.replies?.set(mention.externalId, [
    { externalId: 'r1', url, author: 'sample_user_2', text: 'Me too.', publishedAt: it.clock() },
  ]);
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('claimed', () =>
    buttonsIn(it.slack.messages.get(ts)?.blocks).includes('Log answer'),
  );
  await it.slack.press('U1SAM', { message: ts }, 'Log answer');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  const answer = await it.slack.submit('U1SAM', { url: { type: 'url_text_input', value: url } });
  assert.match(JSON.stringify(answer['errors']), /by sample_user_2, not by one of your accounts/u);
  assert.equal((await it.now(mention.id)).status, 'claimed');
});

test('a card that may tell of health or belief says: do not quote, think first', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded({ sensitive: true });
  assert.match(reading(it.slack.messages.get(ts)?.blocks), /Do not quote, think first/u);
});
