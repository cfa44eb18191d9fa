import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchClock } from '../../../src/core/time/clock-watch.ts';

const HOUR = 3_600_000;

test('a clock that is set is noticed once; one that goes, or is put right a little, is not', () => {
  let wall = 1_000 * HOUR;
  let steady = 0;
  let noticed = 0;
  const look = watchClock(
    () => wall,
    () => steady,
    () => (noticed += 1),
  );
  const pass = (seconds: number, leap = 0) => {
    steady += seconds * 1000;
    wall += seconds * 1000 + leap;
    look();
    return noticed;
  };
  assert.equal(pass(10), 0);
  assert.equal(pass(10, -2000), 0, 'put right by two seconds');
  assert.equal(pass(10, 24 * HOUR), 1);
  assert.equal(pass(10), 1);
  assert.equal(pass(10, -HOUR), 2);
  assert.equal(pass(10), 2);
});
