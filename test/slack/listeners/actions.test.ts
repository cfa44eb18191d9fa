import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buttonsIn, choicesIn, elementsIn, reading } from '../../helpers/blocks.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';
import { CHANNEL } from '../../helpers/slack-standin.ts';

/** Waits until the card shows these buttons. */
function shows(it: SlackWorld, ts: string, ...buttons: string[]): Promise<void> {
  return it.slack.until(`the card shows ${buttons.join(', ')}`, () => {
    const shown = buttonsIn(it.slack.messages.get(ts)?.blocks);
    return buttons.every((one, at) => shown[at] === one) && shown.length === buttons.length;
  });
}

function says(it: SlackWorld, ts: string, line: RegExp): Promise<void> {
  return it.slack.until(`the thread says ${String(line)}`, () =>
    it.thread(ts).some((one) => line.test(one)),
  );
}

function told(it: SlackWorld, userId: string, what: RegExp): Promise<void> {
  return it.slack.until(`${userId} is told ${String(what)}`, () =>
    it.slack.ephemerals.some((one) => one.userId === userId && what.test(one.text)),
  );
}

test('Claim makes the card mine, and the thread says so without pinging me', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await shows(it, ts, 'Answer', 'Log answer', 'Release');
  await says(it, ts, /^claimed by Sam$/u);
  assert.equal((await it.now(mention.id)).claimedBy, 'U1SAM');
  assert.deepEqual(it.slack.ephemerals, []);
});

test('whoever is late is told privately who was faster', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  const stale = structuredClone(it.slack.messages.get(ts));
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await shows(it, ts, 'Answer', 'Log answer', 'Release');
  Object.assign(it.slack.messages.get(ts) ?? {}, stale);
  await it.slack.press('U2KIM', { message: ts }, 'Claim');
  await told(it, 'U2KIM', /already claimed by <@U1SAM>/u);
  assert.equal((await it.now(mention.id)).claimedBy, 'U1SAM');
});

test('a double click is answered kindly and changes nothing', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await Promise.all([
    it.slack.press('U1SAM', { message: ts }, 'Claim'),
    it.slack.press('U1SAM', { message: ts }, 'Claim'),
  ]);
  await told(it, 'U1SAM', /claimed by you already/u);
  assert.equal((await it.stores.mentions.events('T1', mention.id)).length, 2);
});

test('fifty times two people claim the same card at once: one wins, the other learns who', async (t) => {
  const it = await slackWorld(t);
  for (let round = 1; round <= 50; round++) {
    const { mention, ts } = await it.carded();
    await Promise.all([
      it.slack.press('U1SAM', { message: ts }, 'Claim'),
      it.slack.press('U2KIM', { message: ts }, 'Claim'),
    ]);
    await it.slack.until('one is told', () => it.slack.ephemerals.length === round);
    const winner = (await it.now(mention.id)).claimedBy;
    const loser = winner === 'U1SAM' ? 'U2KIM' : 'U1SAM';
    const last = it.slack.ephemerals.at(-1);
    assert.equal(last?.userId, loser);
    assert.equal(last?.text, `This is already claimed by <@${winner}>`);
    const events = await it.stores.mentions.events('T1', mention.id);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['posted', 'claimed'],
    );
  }
});

test('who is not in the channel is told where to join, and nothing changes', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U4VISITOR', { message: ts }, 'Claim');
  await told(it, 'U4VISITOR', new RegExp(`Members of <#${CHANNEL}>`, 'u'));
  assert.equal((await it.now(mention.id)).status, 'open');
});

test('somebody who has just joined may act at once', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await shows(it, ts, 'Answer', 'Log answer', 'Release');
  it.slack.members.get(CHANNEL)?.push('U4VISITOR');
  it.later(0.1);
  await it.slack.press('U4VISITOR', { message: ts }, 'Release');
  await says(it, ts, /^released by Visitor/u);
  assert.equal((await it.now(mention.id)).status, 'open');
});

test('Log answer asks for an address, in place, then closes the card', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await shows(it, ts, 'Answer', 'Log answer', 'Release');
  await it.slack.press('U1SAM', { message: ts }, 'Log answer');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  const bad = await it.slack.submit('U1SAM', { url: { value: 'forum.example' } });
  assert.deepEqual(bad, {
    response_action: 'errors',
    errors: { url: 'Paste the whole address of the public reply, starting with https://' },
  });
  const good = await it.slack.submit('U1SAM', {
    url: { value: 'https://forum.example/posts/1#reply' },
    note: { value: 'voucher sent' },
  });
  assert.deepEqual(good, {});
  await says(
    it,
    ts,
    /^answered in public by Sam: <https:\/\/forum\.example\/posts\/1#reply>\. “voucher sent”$/u,
  );
  await it.slack.until(
    'the card is one line',
    () => it.slack.messages.get(ts)?.blocks.length === 1,
  );
  const after = await it.now(mention.id);
  assert.equal(after.answerUrl, 'https://forum.example/posts/1#reply');
  assert.deepEqual(choicesIn(it.slack.messages.get(ts)?.blocks), [
    'Reopen',
    'Open post',
    'See the answer',
  ]);
});

test('Dismiss asks for a reason, and Reopen undoes it', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Dismiss');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  const none = await it.slack.submit('U1SAM', { reason: { selected_option: null } });
  assert.deepEqual(none, { response_action: 'errors', errors: { reason: 'Choose a reason.' } });
  await it.slack.submit('U1SAM', { reason: { selected_option: { value: 'spam' } } });
  await says(it, ts, /^dismissed by Sam: spam$/u);
  await it.slack.until(
    'the card is one line',
    () => it.slack.messages.get(ts)?.blocks.length === 1,
  );
  await it.slack.press('U2KIM', { message: ts }, 'Reopen');
  await shows(it, ts, 'Claim', 'Open post', 'Dismiss');
  assert.equal((await it.now(mention.id)).status, 'open');
});

test('Not negative dismisses with one click', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Not negative');
  await says(it, ts, /^dismissed by Sam: not negative$/u);
  assert.equal((await it.now(mention.id)).dismissedReason, 'not-negative');
});

test('Escalate pings whom the settings name, once, however often Slack delivers it', async (t) => {
  const it = await slackWorld(t, { settings: { escalateTo: ['U2KIM', 'S1LEADS'] } });
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Escalate…');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  const view = it.slack.modals.get('U1SAM');
  assert.match(reading(view), /Unclaimed for 30 min: ask Kim and Support leads/u);
  const payload = {
    user: { id: 'U1SAM', name: 'sam' },
    team: { id: 'T1' },
    type: 'view_submission',
    trigger_id: 'one and the same',
    view: { ...view, hash: 'h', state: { values: { note: { note: { value: 'third today' } } } } },
  };
  await it.slack.deliver('interactive', payload);
  await it.slack.deliver('interactive', payload);
  await says(
    it,
    ts,
    /^escalated by Sam: <@U2KIM> <!subteam\^S1LEADS> please have a look\. “third today”$/u,
  );
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await says(it, ts, /^claimed by Sam$/u);
  const events = await it.stores.mentions.events('T1', mention.id);
  assert.deepEqual(
    events.map(({ type }) => type),
    ['posted', 'escalated', 'claimed'],
  );
});

test('Assign gives the card to somebody and tells them', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Assign to…');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  await it.slack.submit('U1SAM', { person: { selected_user: 'U2KIM' } });
  await says(it, ts, /^assigned to <@U2KIM> by Sam$/u);
  assert.equal((await it.now(mention.id)).claimedBy, 'U2KIM');
});

test('Snooze lasts until nine in the person’s own time zone, and can be ended', async (t) => {
  const it = await slackWorld(t);
  it.slack.people.set('U1SAM', { name: 'Sam', isAdmin: false, timeZone: 'America/New_York' });
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Snooze…');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  await it.slack.submit('U1SAM', { until: { selected_option: { value: 'tomorrow' } } });
  await says(it, ts, /^snoozed by Sam until/u);
  const { snoozedUntil } = await it.now(mention.id);
  assert.equal(snoozedUntil?.toISOString(), '2026-03-03T14:00:00.000Z');
  await it.slack.until('the card offers to end it', () =>
    choicesIn(it.slack.messages.get(ts)?.blocks).includes('End the snooze'),
  );
  await it.slack.press('U1SAM', { message: ts }, 'End the snooze');
  await says(it, ts, /^snooze ended by Sam$/u);
});

test('a form is not opened for what cannot be done any more', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded();
  const stale = structuredClone(it.slack.messages.get(ts));
  await it.slack.press('U1SAM', { message: ts }, 'Not negative');
  await it.slack.until(
    'the card is one line',
    () => it.slack.messages.get(ts)?.blocks.length === 1,
  );
  Object.assign(it.slack.messages.get(ts) ?? {}, stale);
  await it.slack.press('U2KIM', { message: ts }, 'Log answer…');
  await told(it, 'U2KIM', /dismissed already, so this does not go now/u);
  assert.ok(!it.slack.modals.has('U2KIM'));
});

test('Answer opens the post at its source, and the modal of the answer here', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await shows(it, ts, 'Answer', 'Log answer', 'Release');
  const [there] = elementsIn(it.slack.messages.get(ts)?.blocks, 'button');
  assert.equal(there?.['url'], mention.url);
  await it.slack.press('U1SAM', { message: ts }, 'Answer');
  await it.slack.until('the modal opens', () => it.slack.modals.get('U1SAM') !== undefined, 60);
  assert.equal(it.slack.modals.get('U1SAM')?.callback_id, 'answer');
});

test('Open post is acknowledged, and that is all', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U4VISITOR', { message: ts }, 'Open post');
  assert.equal((await it.now(mention.id)).version, mention.version);
});

test('a card that lost its record is taken up again by the first click', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.stores.mentions.forgetCard('T1', mention.id);
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await shows(it, ts, 'Answer', 'Log answer', 'Release');
  assert.equal((await it.now(mention.id)).cardTs, ts);
});

test('a doubled card goes at the first touch, and the click still counts', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  const doubled = { ...structuredClone(it.slack.messages.get(ts)!), ts: '1600000000.000001' };
  it.slack.messages.set(doubled.ts, doubled);
  await it.slack.press('U1SAM', { message: doubled.ts }, 'Claim');
  await shows(it, ts, 'Answer', 'Log answer', 'Release');
  assert.ok(!it.slack.messages.has(doubled.ts));
  assert.equal((await it.now(mention.id)).claimedBy, 'U1SAM');
});

test('where Slack does not tell who is in a channel, whoever clicks in it may act', async (t) => {
  const it = await slackWorld(t, { unknown: ['conversations.members', 'users.info'] });
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await says(it, ts, /^claimed by u1sam$/u);
  assert.equal((await it.now(mention.id)).claimedBy, 'U1SAM');
  const missing = (await it.app.check(CHANNEL)).filter(({ ok }) => !ok);
  assert.ok(missing.some(({ what }) => /members \(unknown_method\)/u.test(what)));
});

test('when Slack does not answer a click’s question, the person is asked to try again', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  it.slack.script('conversations.members', { error: 'internal_error' });
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await told(it, 'U1SAM', /Please try again/u);
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await says(it, ts, /^claimed by Sam$/u);
  assert.equal((await it.now(mention.id)).claimedBy, 'U1SAM');
});
