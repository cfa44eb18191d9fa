import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { STATUSES, type Mention } from '../../../src/core/mention.ts';
import type { CardView } from '../../../src/core/ports.ts';
import { card } from '../../../src/slack/blocks/card.ts';
import {
  assertWithinLimits,
  buttonsIn,
  choicesIn,
  elementsIn,
  reading,
  textsIn,
} from '../../helpers/blocks.ts';
import { minutesAfter, NOON, sampleKeyword, sampleMention } from '../../helpers/samples.ts';

const NAMES: Record<string, string> = { U1SAM: 'Sam', U2KIM: 'Kim' };
const names = (actor: string) => NAMES[actor] ?? actor;

function view(mention: Partial<Mention>, over: Partial<CardView> = {}): CardView {
  const { verdict: sample } = sampleMention();
  return {
    mention: sampleMention({
      id: 'm1',
      title: null,
      openedAt: NOON,
      verdict: { ...sample, negativity: 0.91, severity: 'leaving' },
      ...mention,
    }),
    keyword: sampleKeyword(),
    sourceLabel: 'Hacker News',
    events: [],
    nextStep: null,
    answerDueAt: null,
    now: NOON,
    ...over,
  };
}

const REMINDER = { at: minutesAfter(15), to: [], channels: [], release: false };

const STATES = {
  open: view({ status: 'open' }, { nextStep: REMINDER }),
  claimed: view({ status: 'claimed', claimedBy: 'U1SAM', claimedAt: NOON }),
  answered: view({
    status: 'answered',
    claimedBy: 'U1SAM',
    answeredBy: 'U1SAM',
    answeredAt: minutesAfter(14),
    answerUrl: 'https://forum.example/posts/1#reply',
    verifiedAt: minutesAfter(20),
  }),
  dismissed: view({ status: 'dismissed', dismissedReason: 'not-about-us' }),
  withdrawn: view({ status: 'withdrawn', url: null, author: null, text: null }),
  expired: view({ status: 'expired', url: null, author: null, text: null }),
};

test('an open card says what, why, where, by whom and what comes next', () => {
  const read = reading(card(STATES.open, names).blocks);
  for (const part of [
    'Negative 0.91 · "acme broadband" · Hacker News',
    'Third engineer visit cancelled by Acme Broadband.',
    'Why: still waiting · nobody answers',
    'Severity: leaving',
    '@sample_user',
    'reminder <!date^1772453700^',
    'unless claimed',
  ]) {
    assert.ok(read.includes(part), part);
  }
});

test('a card names who is asked next, and when, and pings nobody', () => {
  const step = { ...REMINDER, to: ['U2KIM', 'S1LEADS'], channels: ['C2OPS'] };
  const read = reading(card(view({ status: 'open' }, { nextStep: step }), names).blocks);
  assert.match(read, /asks Kim, a user group, <#C2OPS> <!date\^1772453700\^[^>]*> unless claimed/u);
  assert.doesNotMatch(read, /<@|<!subteam/u);
});

test('a claimed card says until when an answer is waited for', () => {
  const mention = { status: 'claimed', claimedBy: 'U1SAM', claimedAt: NOON } as const;
  const release = { ...REMINDER, release: true };
  const read = (over: object) => reading(card(view(mention, over), names).blocks);
  assert.match(read({ nextStep: REMINDER }), /reminder <!date[^>]*> unless answered/u);
  assert.match(read({ nextStep: release }), /released <!date[^>]*> unless answered/u);
});

test('a target for the first answer is shown with how far away it is', () => {
  const read = (answerDueAt: Date) =>
    reading(card(view({ status: 'open' }, { answerDueAt }), names).blocks);
  const due = /first answer due <!date\^1772453700\^[^>]*> \(<!date\^1772453700\^\{ago\}[^>]*>\)/u;
  assert.match(read(minutesAfter(15)), due);
  assert.match(read(minutesAfter(-1)), /first answer was due/u);
});

test('an open card offers Claim, Open post and Dismiss, and the rest in the menu', () => {
  const { blocks } = card(STATES.open, names);
  assert.deepEqual(buttonsIn(blocks), ['Claim', 'Open post', 'Dismiss']);
  assert.deepEqual(choicesIn(blocks), [
    'Log answer…',
    'Escalate…',
    'Assign to…',
    'Snooze…',
    'Not negative',
  ]);
});

test('a claimed card names who has it and offers Answer, Log answer and Release, and a link to the post', () => {
  const { blocks } = card(STATES.claimed, names);
  assert.deepEqual(buttonsIn(blocks), ['Answer', 'Log answer', 'Release']);
  assert.match(reading(blocks), /<https:\/\/[^|>]+\|Open post>/u);
  assert.ok(reading(blocks).includes('claimed by Sam'));
  assert.ok(choicesIn(blocks).includes('Dismiss…'));
});

test('a snoozed card offers to end the snooze', () => {
  const snoozed = view({ status: 'open', snoozedUntil: minutesAfter(60) });
  const { blocks } = card(snoozed, names);
  assert.ok(choicesIn(blocks).includes('End the snooze'));
  assert.ok(reading(blocks).includes('snoozed until'));
});

test('the value of every button is the id of the mention', () => {
  for (const button of elementsIn(card(STATES.open, names).blocks, 'button')) {
    assert.equal(button['value'], 'm1');
  }
});

test('a closed card is one line, with Reopen in its menu', () => {
  for (const state of [STATES.answered, STATES.dismissed]) {
    const { blocks } = card(state, names);
    assert.equal(blocks.length, 1);
    assert.deepEqual(buttonsIn(blocks), []);
    assert.equal(choicesIn(blocks)[0], 'Reopen');
  }
});

test('an answered card says by whom, how long after the post, and whether it was seen', () => {
  const { blocks } = card(STATES.answered, names);
  assert.match(
    reading(blocks),
    /Answered in public by Sam, verified at the source, 19 min after the post/u,
  );
  assert.deepEqual(choicesIn(blocks), ['Reopen', 'Open post', 'See the answer']);
});

test('a withdrawn or expired card holds nothing of the author and nothing to press', () => {
  for (const state of [STATES.withdrawn, STATES.expired]) {
    const { blocks } = card(state, names);
    assert.equal(blocks.length, 1);
    assert.deepEqual([...buttonsIn(blocks), ...choicesIn(blocks)], []);
  }
});

test('a post without an address that a browser may open has no Open post', () => {
  const { blocks } = card(view({ status: 'open', url: 'javascript:alert(1)' }), names);
  assert.deepEqual(buttonsIn(blocks), ['Claim', 'Dismiss']);
  const claimed = card(
    view({ status: 'claimed', claimedBy: 'U1SAM', url: 'javascript:alert(1)' }),
    names,
  );
  assert.deepEqual(buttonsIn(claimed.blocks), ['Log answer', 'Release']);
  assert.ok(!reading(claimed.blocks).includes('Open post'));
});

test('a title that the text does not repeat stands above it in bold', () => {
  const { blocks } = card(
    view({ status: 'open', title: 'Third visit', text: 'Cancelled.' }),
    names,
  );
  const [quote] = elementsIn(blocks, 'rich_text_quote');
  assert.deepEqual(quote?.['elements'], [
    { type: 'text', text: 'Third visit\n', style: { bold: true } },
    { type: 'text', text: 'Cancelled.' },
  ]);
});

test('a text that could not be judged names its language instead of a figure', () => {
  const { verdict } = sampleMention();
  const foreign = { status: 'open', verdict: { ...verdict, judged: false } } as const;
  const said = (language: string | null) =>
    reading(card(view({ ...foreign, language }), names).blocks);
  assert.match(said('de'), /German, not judged/u);
  assert.match(said(null), /Unknown language, not judged/u);
});

test('the fallback text reads like the card and is never empty', () => {
  for (const state of Object.values(STATES)) assert.ok(card(state, names).text.length > 10);
  assert.match(card(STATES.open, names).text, /Negative 0\.91 .* Third engineer visit cancelled/u);
});

const HOSTILE = 'MARK<!channel> <@U1> <https://evil.example|https://bank.example>\u202E *b*';

test('what an author wrote is nowhere where Slack parses text', () => {
  for (const status of STATUSES) {
    const { verdict } = sampleMention();
    const shown = view(
      {
        status,
        title: HOSTILE,
        text: HOSTILE,
        author: HOSTILE,
        claimedBy: 'U1SAM',
        claimedAt: NOON,
        verdict: { ...verdict, reasons: [HOSTILE] },
      },
      { sourceLabel: HOSTILE },
    );
    const { blocks, text } = card(shown, names);
    const parsed = textsIn(blocks).filter(({ kind }) => kind === 'mrkdwn');
    for (const one of parsed) assert.ok(!one.text.includes('MARK'), one.text);
    assert.ok(!/[<>]/u.test(text), text);
  }
});

test('no post makes a card that Slack would refuse', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.constantFrom(
      'a'.repeat(40_000),
      '👨‍👩‍👧‍👦'.repeat(5000),
      `e${'\u0301'.repeat(20_000)}`,
      '',
      ' \n\n ',
    ),
  );
  const arbitrary = fc.record({
    status: fc.constantFrom(...STATUSES),
    title: fc.option(nasty),
    text: fc.option(nasty),
    author: fc.option(nasty),
    url: fc.option(nasty.map((end) => `https://forum.example/${end}`)),
    reasons: fc.array(nasty, { maxLength: 5 }),
    label: nasty,
    query: nasty,
    name: nasty,
  });
  fc.assert(
    fc.property(arbitrary, ({ status, title, text, author, url, reasons, label, query, name }) => {
      const { verdict } = sampleMention();
      const mention = { status, title, text, author, url, verdict: { ...verdict, reasons } };
      const claimed = { claimedBy: 'U1', claimedAt: NOON, answeredBy: 'U1', answeredAt: NOON };
      const shown = view(
        { ...mention, ...claimed },
        { sourceLabel: label, keyword: sampleKeyword({ query }) },
      );
      const drawn = card(shown, () => name);
      assertWithinLimits(drawn.blocks);
      assert.ok(drawn.text.length <= 3000);
      // What is sent is a form: a lone half of a character would make it throw.
      assert.doesNotThrow(() => encodeURIComponent(drawn.text + JSON.stringify(drawn.blocks)));
    }),
  );
});
