import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../src/core/negativity/judge.ts';
import {
  adjust,
  correct,
  MAX_CORRECTIONS,
  MAX_PUSH,
  nothingLearned,
  shiftOf,
  undo,
  type Learned,
} from '../../../src/core/negativity/learn.ts';
import { PLAIN } from './probes.ts';

const POSTER = 'Acme presents the horror film Broken Line, tonight at the Acme cinema';
const LIKE_IT = 'Broken Line, a horror film, tomorrow at the Acme cinema';
const OTHER = 'Terrible service from Acme, the router is broken and nobody answers';
const empty = nothingLearned('sample-key');

function negativity(state: Learned, text: string): number {
  return adjust(judge(text), state, text).negativity;
}

test('a corrected text is judged as the person said, at once', () => {
  const state = correct(empty, POSTER, 'not-negative', 'm1');
  assert.notEqual(adjust(judge(POSTER), state, POSTER).label, 'negative');
  const missed = 'They told me 24 hours. That was on Monday. It is Friday.';
  const taught = correct(empty, missed, 'negative', 'm2');
  assert.equal(adjust(judge(missed), taught, missed).label, 'negative');
});

test('the next post like it is moved the same way', () => {
  const state = correct(empty, POSTER, 'not-negative', 'm1');
  assert.ok(negativity(state, LIKE_IT) < judge(LIKE_IT).negativity);
});

test('a post about something else stays as it was', () => {
  const state = correct(empty, POSTER, 'not-negative', 'm1');
  assert.deepEqual(adjust(judge(OTHER), state, OTHER), judge(OTHER));
});

test('undo leads back exactly to what was before', () => {
  const before = correct(empty, OTHER, 'negative', 'm0');
  const after = undo(correct(before, POSTER, 'not-negative', 'm1'), 'm1');
  assert.deepEqual(after, before);
  for (const { text } of PLAIN) {
    assert.deepEqual(adjust(judge(text), after, text), adjust(judge(text), before, text));
  }
});

test('undoing the only correction leaves nothing', () => {
  assert.deepEqual(undo(correct(empty, POSTER, 'not-negative', 'm1'), 'm1'), empty);
});

test('a second word on the same post replaces the first', () => {
  const twice = correct(correct(empty, POSTER, 'negative', 'm1'), POSTER, 'not-negative', 'm1');
  assert.deepEqual(twice, correct(empty, POSTER, 'not-negative', 'm1'));
});

test('what is stored is numbers, survives JSON, and holds no word of the text', () => {
  const state = correct(empty, POSTER, 'not-negative', 'm1');
  const stored = JSON.stringify(state.corrections);
  const back: Learned = { key: empty.key, corrections: JSON.parse(stored) };
  assert.deepEqual(back, state);
  assert.equal(shiftOf(back, LIKE_IT), shiftOf(state, LIKE_IT));
  for (const word of POSTER.toLowerCase().match(/[a-z]{4,}/g)!) {
    assert.ok(!stored.toLowerCase().includes(word), word);
  }
});

test('under another key the same text is stored otherwise', () => {
  const other = correct(nothingLearned('another-key'), POSTER, 'not-negative', 'm1');
  const own = correct(empty, POSTER, 'not-negative', 'm1');
  assert.notDeepEqual(other.corrections[0]!.buckets, own.corrections[0]!.buckets);
});

test('however much is taught, the pull and the store stay bounded', () => {
  const [one] = correct(empty, POSTER, 'not-negative', 'm').corrections;
  const two = correct(empty, OTHER, 'negative', 'm').corrections[0]!;
  const corrections = Array.from({ length: MAX_CORRECTIONS }, (_, i) => ({
    ...(i % 3 ? one! : { ...two, push: MAX_PUSH }),
    id: `m${i}`,
  }));
  const state = correct({ ...empty, corrections }, LIKE_IT, 'not-negative', 'last');
  assert.equal(state.corrections.length, MAX_CORRECTIONS);
  assert.equal(state.corrections.at(-1)!.id, 'last');
  for (const { text } of PLAIN) assert.ok(Math.abs(shiftOf(state, text)) <= MAX_PUSH);
});

test('one word in common, however telling, moves nothing', () => {
  const state = correct(empty, 'Sorry, terribly sorry!', 'not-negative', 'm1');
  assert.equal(shiftOf(state, 'Sorry to hear of the accident'), 0);
});

test('a text that was judged both ways is pulled less', () => {
  const once = correct(empty, POSTER, 'not-negative', 'm1');
  const both = correct(once, LIKE_IT, 'negative', 'm2');
  const agreed = correct(once, LIKE_IT, 'not-negative', 'm2');
  assert.ok(shiftOf(agreed, POSTER) < 0);
  assert.ok(shiftOf(both, POSTER) > shiftOf(agreed, POSTER));
});

test('what is said of others in the same post is neither judged nor learnt', () => {
  const text = 'Acme moved its museum to Leeds, unlike Beta Telecom, whose broadband fails again';
  const focus = [{ start: 0, end: 4 }];
  const state = correct(empty, text, 'negative', 'm1', focus);
  const about = 'Acme moved its museum to Leeds';
  assert.ok(shiftOf(state, text, focus) > 1);
  assert.ok(shiftOf(state, about) > 0.5);
  assert.equal(shiftOf(state, 'Beta Telecom, whose broadband fails again'), 0);
});

test('the same corrections give the same verdicts', () => {
  const teach = () =>
    PLAIN.slice(0, 30).reduce(
      (state, { text, label }, i) =>
        correct(state, text, label === 'negative' ? 'negative' : 'not-negative', `m${i}`),
      empty,
    );
  const [one, two] = [teach(), teach()];
  for (const { text } of PLAIN) assert.equal(shiftOf(one, text), shiftOf(two, text));
});
