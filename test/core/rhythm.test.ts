import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hear, NEW_RHYTHM, type Rhythm } from '../../src/core/rhythm.ts';

const HOUR = 3600_000;
const START = Date.parse('2026-03-02T00:00:00Z');

function at(hours: number): Date {
  return new Date(START + hours * HOUR);
}

/** A place that says one thing every `every` hours, `times` times. */
function place(every: number, times: number): Rhythm {
  let rhythm = NEW_RHYTHM;
  for (let n = 0; n < times; n += 1) rhythm = hear(rhythm, 1, at(n * every));
  return rhythm;
}

test('the usual gap is learned from the gaps between new posts', () => {
  assert.equal(place(5, 40).usualGapSeconds, 5 * 3600);
  const changed = hear(place(5, 40), 10, at(39 * 5 + 20));
  assert.ok((changed.usualGapSeconds ?? 0) < 5 * 3600, 'ten posts in twenty hours are more');
});

test('a busy place is not called quiet for a night, and is after two days', () => {
  const busy = place(0.1, 100);
  const last = 99 * 0.1;
  assert.equal(hear(busy, 0, at(last + 14)).quietSince, null);
  const quiet = hear(busy, 0, at(last + 48));
  assert.deepEqual(quiet.quietSince, at(last + 48));
  assert.deepEqual(hear(quiet, 0, at(last + 60)).quietSince, at(last + 48), 'told once');
});

test('a slow place may be silent for long', () => {
  const slow = place(48, 30);
  assert.equal(hear(slow, 0, at(29 * 48 + 7 * 24)).quietSince, null);
  assert.notEqual(hear(slow, 0, at(29 * 48 + 17 * 24)).quietSince, null);
});

test('a place that few posts are known of is never called quiet', () => {
  assert.equal(hear(place(1, 10), 0, at(10_000)).quietSince, null);
});

test('the first new post ends the quiet', () => {
  const quiet = hear(place(1, 50), 0, at(1000));
  assert.notEqual(quiet.quietSince, null);
  assert.equal(hear(quiet, 1, at(1001)).quietSince, null);
});
