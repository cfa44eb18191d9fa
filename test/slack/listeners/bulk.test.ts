import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertWithinLimits, buttonsIn, elementsIn, reading } from '../../helpers/blocks.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';

type Card = Awaited<ReturnType<SlackWorld['carded']>>;

async function openHome(it: SlackWorld, userId: string): Promise<void> {
  const before = it.slack.of('views.publish').length;
  await it.slack.openHome(userId);
  await it.slack.until('Home is drawn', () => it.slack.of('views.publish').length > before);
}

async function cards(it: SlackWorld, count: number): Promise<Card[]> {
  const all: Card[] = [];
  for (let n = 0; n < count; n++) all.push(await it.carded());
  return all;
}

const readingOf = (it: SlackWorld, userId: string) => reading(it.slack.homes.get(userId)?.blocks);
const says = (it: SlackWorld, userId: string, words: RegExp) =>
  it.slack.until(`Home says ${words}`, () => words.test(readingOf(it, userId)), 60);
const ids = (some: readonly Card[]) => some.map(({ mention }) => mention.id);
const at = (some: readonly Card[]) => ({ home: true, ticked: ids(some) }) as const;

const boxesOf = (it: SlackWorld, userId: string) =>
  elementsIn(it.slack.homes.get(userId)?.blocks, 'checkboxes');

/** Boxes that are drawn ticked. */
function ticked(it: SlackWorld, userId: string): number {
  return boxesOf(it, userId).filter((box) => 'initial_options' in box).length;
}

/** The line is in the thread of every card, and once. */
async function told(it: SlackWorld, some: readonly Card[], line: string | RegExp): Promise<void> {
  const matches = (said: string) => (typeof line === 'string' ? said === line : line.test(said));
  for (const { ts } of some) {
    await it.slack.until(`it says ${line}`, () => it.thread(ts).some(matches), 60);
    assert.equal(it.thread(ts).filter(matches).length, 1);
  }
}

test('what is ticked is claimed at once, each card with its line, and all is taken back', async (t) => {
  const it = await slackWorld(t);
  const all = await cards(it, 4);
  const [first, second, third] = all as [Card, Card, Card, Card];
  await openHome(it, 'U1SAM');
  await it.slack.press('U1SAM', at([first, second, third]), 'Claim them');
  await says(it, 'U1SAM', /\*3 claimed\.\*/u);
  for (const id of ids([first, second, third])) {
    assert.equal((await it.now(id)).claimedBy, 'U1SAM');
  }
  assert.equal((await it.now(all[3]!.mention.id)).status, 'open');
  await told(it, [first, second, third], 'claimed by Sam');
  await it.slack.press('U1SAM', { home: true }, 'Undo');
  await says(it, 'U1SAM', /\*3 taken back\.\*/u);
  for (const { mention } of all) assert.equal((await it.now(mention.id)).status, 'open');
  await told(it, [first, second, third], 'released by Sam, open again');
  assert.ok(!buttonsIn(it.slack.homes.get('U1SAM')?.blocks).includes('Undo'));
});

test('whoever was faster is named, and an undo leaves alone what somebody did since', async (t) => {
  const it = await slackWorld(t);
  const [first, second, third] = (await cards(it, 3)) as [Card, Card, Card];
  await openHome(it, 'U2KIM');
  await it.slack.press('U1SAM', { message: first.ts }, 'Claim');
  await told(it, [first], 'claimed by Sam');
  await it.slack.press('U2KIM', at([first, second, third]), 'Claim them');
  await says(it, 'U2KIM', /\*2 claimed\.\* 1 was faster than you: Sam has it\./u);
  await told(it, [second, third], 'claimed by Kim');
  await it.slack.press('U1SAM', { message: second.ts }, 'Release');
  await told(it, [second], 'released by Sam, open again');
  await it.slack.press('U2KIM', { home: true }, 'Undo');
  await says(it, 'U2KIM', /\*1 taken back\.\* 1 left as it is/u);
  assert.equal((await it.now(first.mention.id)).claimedBy, 'U1SAM');
  assert.equal((await it.now(third.mention.id)).status, 'open');
});

test('two people claim the same twenty at once: each mention has one of them, and one line', async (t) => {
  const it = await slackWorld(t);
  const all = await cards(it, 20);
  for (const userId of ['U1SAM', 'U2KIM']) {
    await openHome(it, userId);
    await it.slack.press(userId, { home: true }, 'Unclaimed (20)');
    await it.slack.until('all rows are shown', () => boxesOf(it, userId).length === 20, 60);
  }
  await Promise.all(
    ['U1SAM', 'U2KIM'].map((userId) => it.slack.press(userId, at(all), 'Claim them')),
  );
  for (const userId of ['U1SAM', 'U2KIM']) await says(it, userId, /\*\d+ claimed\.\*/u);
  await told(it, all, /^claimed by (?:Sam|Kim)$/u);
  const won = (userId: string) => Number(/\*(\d+) claimed/u.exec(readingOf(it, userId))?.[1]);
  assert.equal(won('U1SAM') + won('U2KIM'), 20);
  for (const { mention, ts } of all) {
    const { claimedBy } = await it.now(mention.id);
    const name = claimedBy === 'U1SAM' ? 'Sam' : 'Kim';
    assert.ok(it.thread(ts).includes(`claimed by ${name}`));
  }
});

test('ticks are kept from page to page, and untick takes them all', async (t) => {
  const it = await slackWorld(t);
  const all = await cards(it, 25);
  await openHome(it, 'U1SAM');
  await it.slack.press('U1SAM', { home: true }, 'All 25');
  await says(it, 'U1SAM', /1-20 of 25/u);
  await it.slack.press('U1SAM', at(all.slice(0, 2)), 'Next');
  await says(it, 'U1SAM', /21-25 of 25[\s\S]*/u);
  assert.match(readingOf(it, 'U1SAM'), /2 ticked elsewhere/u);
  await it.slack.press('U1SAM', at(all.slice(20, 21)), 'Previous');
  await says(it, 'U1SAM', /1-20 of 25/u);
  assert.equal(ticked(it, 'U1SAM'), 2);
  await it.slack.press('U1SAM', { home: true }, 'Claim them');
  await says(it, 'U1SAM', /\*3 claimed\.\*/u);
  for (const at of [0, 1, 20]) {
    assert.equal((await it.now(all[at]!.mention.id)).claimedBy, 'U1SAM');
  }
  await it.slack.press('U1SAM', { home: true }, 'Tick this page');
  await says(it, 'U1SAM', /Untick all/u);
  await it.slack.press('U1SAM', { home: true }, 'Untick all');
  await it.slack.until('no box is ticked', () => !readingOf(it, 'U1SAM').includes('Untick all'));
});

test('sixty at the most are ticked, and what they need fits into what Slack carries', async (t) => {
  const it = await slackWorld(t);
  await cards(it, 70);
  await openHome(it, 'U1SAM');
  await it.slack.press('U1SAM', { home: true }, 'All 70');
  await says(it, 'U1SAM', /1-20 of 70/u);
  for (const span of [/21-40 of 70/u, /41-60 of 70/u, /61-70 of 70/u]) {
    await it.slack.press('U1SAM', { home: true }, 'Tick this page');
    await it.slack.until('all twenty are ticked', () => ticked(it, 'U1SAM') === 20, 60);
    await it.slack.press('U1SAM', { home: true }, 'Next');
    await says(it, 'U1SAM', span);
  }
  await it.slack.press('U1SAM', { home: true }, 'Tick this page');
  await says(it, 'U1SAM', /60 at the most/u);
  const view = it.slack.homes.get('U1SAM');
  assert.ok((view?.private_metadata.length ?? 0) <= 3000);
  await it.slack.press('U1SAM', { home: true }, 'Claim them');
  await says(it, 'U1SAM', /\*60 claimed\.\*/u);
  assertWithinLimits(it.slack.homes.get('U1SAM')?.blocks ?? [], 100);
  assert.equal(await it.stores.mentions.count('T1', { claimedBy: 'U1SAM' }), 60);
});

test('what is ticked is assigned to somebody, who is pinged in each thread', async (t) => {
  const it = await slackWorld(t);
  const all = await cards(it, 2);
  await openHome(it, 'U1SAM');
  await it.slack.choosePerson('U1SAM', at(all), 'Assign them to…', 'U2KIM');
  await says(it, 'U1SAM', /\*2 assigned\.\*/u);
  await told(it, all, 'assigned to <@U2KIM> by Sam');
  assert.equal(await it.stores.mentions.count('T1', { claimedBy: 'U2KIM' }), 2);
});

test('one reason dismisses all that is ticked and teaches, and the undo takes both back', async (t) => {
  const it = await slackWorld(t);
  const all = await cards(it, 3);
  await openHome(it, 'U1SAM');
  await it.slack.press('U1SAM', at(all), 'Dismiss them…');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  await it.slack.submit('U1SAM', { reason: { selected_option: { value: 'not-negative' } } });
  await says(it, 'U1SAM', /\*3 dismissed\.\*/u);
  assert.equal((await it.stores.lessons.list('T1')).length, 3);
  await told(it, all, 'dismissed by Sam: not negative');
  await it.slack.press('U1SAM', { home: true }, 'Undo');
  await says(it, 'U1SAM', /\*3 taken back\.\*/u);
  assert.deepEqual(await it.stores.lessons.list('T1'), []);
  await told(it, all, 'reopened by Sam');
});

test('what is ticked is snoozed together, and so are its reminders', async (t) => {
  const it = await slackWorld(t);
  const all = await cards(it, 2);
  await openHome(it, 'U1SAM');
  await it.slack.press('U1SAM', at(all), 'Snooze them…');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  await it.slack.submit('U1SAM', { until: { selected_option: { value: 'one-hour' } } });
  await says(
    it,
    'U1SAM',
    /\*2 snoozed\.\*[\s\S]*Snoozed \(2\)|Snoozed \(2\)[\s\S]*\*2 snoozed\.\*/u,
  );
  await it.slack.press('U1SAM', { home: true }, 'Undo');
  await says(it, 'U1SAM', /Snoozed \(0\)/u);
});

test('who is not in the channel ticks in vain, and nothing changes', async (t) => {
  const it = await slackWorld(t);
  const all = await cards(it, 2);
  await openHome(it, 'U4VISITOR');
  await it.slack.press('U4VISITOR', at(all), 'Claim them');
  await says(it, 'U4VISITOR', /\*0 claimed\.\* 2 left alone: only members/u);
  for (const { mention } of all) assert.equal((await it.now(mention.id)).status, 'open');
});

test('a press with nothing ticked says so', async (t) => {
  const it = await slackWorld(t);
  await cards(it, 1);
  await openHome(it, 'U1SAM');
  await it.slack.press('U1SAM', at([]), 'Claim them');
  await says(it, 'U1SAM', /Nothing is ticked/u);
});
