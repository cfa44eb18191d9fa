import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTogether } from '../../src/store/together.ts';

test('what comes together, or while a round is under way, shares the next, and each piece gets its own result', async () => {
  const rounds: number[][] = [];
  const double = createTogether(
    async (pieces: readonly number[]) => {
      rounds.push([...pieces]);
      await new Promise(setImmediate);
      return pieces.map((piece) => piece * 2);
    },
    { most: 3 },
  );
  const first = double(1);
  await new Promise(setImmediate);
  assert.deepEqual(rounds, [[1]]);
  const results = await Promise.all([2, 3, 4, 5].map((piece) => double(piece)));
  assert.deepEqual([await first, ...results], [2, 4, 6, 8, 10]);
  assert.deepEqual(rounds, [[1], [2, 3, 4], [5]]);
  assert.equal(await double(6), 12);
});

test('a piece that fails fails alone', async () => {
  const tried: number[][] = [];
  const work = createTogether(async (pieces: readonly number[]) => {
    tried.push([...pieces]);
    await new Promise(setImmediate);
    if (pieces.includes(3)) throw new Error('three');
    return pieces;
  });
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map((piece) => work(piece)));
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(tried, [[1, 2, 3, 4], [1], [2], [3], [4]]);
});

test('pieces of one key are in rounds of their own, in the order in which they came', async () => {
  const rounds: string[][] = [];
  const work = createTogether(
    async (pieces: readonly string[]) => {
      rounds.push([...pieces]);
      await new Promise(setImmediate);
      return pieces;
    },
    { keyOf: (piece) => piece[0]! },
  );
  await Promise.all(['a1', 'a2', 'b1', 'a3'].map((piece) => work(piece)));
  assert.deepEqual(rounds, [['a1', 'b1'], ['a2'], ['a3']]);
});
