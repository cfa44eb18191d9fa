import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Considered } from '../../../src/flows/set-up/consider.ts';
import type { Example, Preview } from '../../../src/flows/set-up/preview.ts';
import { consideredMessage } from '../../../src/slack/blocks/considered.ts';
import { draftValue, readDraft } from '../../../src/slack/blocks/draft.ts';
import { markup } from '../../../src/slack/blocks/text.ts';
import { assertWithinLimits, buttonsIn, reading, textsIn } from '../../helpers/blocks.ts';

const HOSTILE = 'MARK <!channel> *bold* '.repeat(300);
const draft = {
  id: null,
  query: '"acme fibre"',
  channelId: null,
  postThreshold: 0.5,
  digestThreshold: 0.35,
};

function example(over: Partial<Example> = {}): Example {
  return {
    text: HOSTILE,
    label: HOSTILE,
    fate: 'card',
    verdict: {
      label: 'negative',
      negativity: 0.9,
      reasons: Array.from({ length: 5 }, () => ({
        phrase: HOSTILE,
        span: { start: 0, end: 1 },
        weight: 1,
      })),
      severity: null,
      question: false,
      language: 'en',
      judged: true,
    },
    excludedBy: null,
    ...over,
  };
}

function preview(over: Partial<Preview> = {}): Preview {
  const counts = { posts: 9, card: 3, digest: 0, nothing: 2, excluded: 1 };
  return { ...counts, posted: [], leftOut: [], ...over };
}

function considered(over: Partial<Considered> = {}): Considered {
  return {
    ok: true,
    draft,
    explanation: 'posts with the phrase "acme fibre"',
    warnings: [],
    preview: preview(),
    before: null,
    previous: null,
    asked: 3,
    answered: 3,
    saved: null,
    ...over,
  };
}

test('whatever a query and its posts hold, the answer stays within what Slack takes and parses none of it', () => {
  const three = [example(), example(), example({ fate: 'excluded', excludedBy: HOSTILE })];
  const { blocks } = consideredMessage(
    considered({
      draft: { ...draft, query: HOSTILE },
      explanation: HOSTILE,
      warnings: Array.from({ length: 9 }, () => ({ message: HOSTILE, proposal: HOSTILE })),
      preview: preview({ posted: three, leftOut: three }),
      previous: preview(),
    }),
    markup`Next`,
  );
  assertWithinLimits(blocks);
  for (const { kind, text } of textsIn(blocks)) {
    if (kind === 'mrkdwn') assert.ok(!text.includes('MARK'), text);
  }
});

test('a doubtful query that is too long for a button cannot be saved from here, and says so', () => {
  const long = { ...draft, query: `"acme fibre" -${'x'.repeat(2000)}` };
  const { blocks } = consideredMessage(considered({ draft: long }), markup`Next`);
  assert.deepEqual(buttonsIn(blocks), []);
  assert.match(reading(blocks), /too long/u);
});

test('sources that did not answer, and none at all, are told apart', () => {
  const said = (asked: number, answered: number) =>
    reading(consideredMessage(considered({ asked, answered }), markup`Next`).blocks);
  assert.match(said(0, 0), /No source could be asked/u);
  assert.match(said(3, 0), /None of 3 sources answered/u);
  assert.match(said(3, 2), /Of 9 posts that 2 of 3 sources show now/u);
});

test('a draft comes back from a button as it was, and what we did not make is nothing', () => {
  fc.assert(
    fc.property(
      fc.option(fc.string()),
      fc.string({ maxLength: 200 }),
      fc.option(fc.string({ maxLength: 20 })),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (id, query, channelId, postThreshold) => {
        const made = { id, query, channelId, postThreshold, digestThreshold: 0 };
        const value = draftValue(made);
        assert.deepEqual(readDraft(value ?? ''), JSON.parse(JSON.stringify(made)));
      },
    ),
  );
  for (const value of ['', 'null', '{}', '[]', '[1,2,3,4,5]', '["k","q",null,"0.5",0.3]']) {
    assert.equal(readDraft(value), null, value);
  }
});
