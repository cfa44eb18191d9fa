import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  beganAt,
  chartOf,
  inOrder,
  loudest,
  SLOT_MS,
  stormEnds,
  stormStarts,
  windOf,
} from '../../../src/core/storm/storm.ts';
import { minutesAfter, NOON } from '../../helpers/samples.ts';

const slot = (minutes: number, count: number) => ({ at: minutesAfter(minutes), count });
const long = minutesAfter(-120);

test('the usual is the mean half hour of the past week without the last two hours', () => {
  const week = Array.from({ length: 7 * 24 }, (_, hour) => slot(-(hour + 3) * 60, 2));
  const { recent, usual } = windOf([...week, slot(-20, 7), slot(-60, 100)], NOON);
  assert.equal(recent, 7);
  assert.ok(Math.abs(usual - 1) < 0.05, String(usual));
});

test('a past of an hour is not taken for a calm day', () => {
  assert.deepEqual(windOf([], NOON), { recent: 0, usual: 0 });
  assert.equal(windOf([slot(-150, 48)], NOON).usual, 1);
});

const STARTS: [string, number, number, number, string | null][] = [
  ['fifteen in half an hour where there is hardly any', 15, 0, 0, 'rate'],
  ['fourteen are not enough', 14, 0, 0, null],
  ['twenty where ten are usual', 20, 10, 0, null],
  ['fifty where ten are usual', 50, 10, 0, 'rate'],
  ['fifteen that say the same, where that many are usual', 20, 10, 15, 'alike'],
  ['eight that say the same', 8, 0, 8, null],
  ['seven that say the same', 9, 0, 7, null],
];
for (const [what, recent, usual, alike, reason] of STARTS) {
  test(`${what}: ${reason ?? 'no storm'}`, () => {
    assert.equal(stormStarts({ recent, usual }, alike, 15), reason);
  });
}

test('where the usual is known, ten times of it is a storm, from a quarter of the setting on', () => {
  assert.equal(stormStarts({ recent: 30, usual: 2 }, 0, 120, true), 'rate');
  assert.equal(stormStarts({ recent: 29, usual: 2 }, 0, 120, true), null);
  assert.equal(stormStarts({ recent: 39, usual: 4 }, 0, 120, true), null);
  assert.equal(stormStarts({ recent: 39, usual: 4 }, 30, 120, true), 'alike');
  assert.equal(stormStarts({ recent: 119, usual: 2 }, 119, 120), null, 'nobody knows the usual');
});

test('a storm ends when little comes any more, and not in its first half hour', () => {
  const calm = { recent: 4, usual: 0 };
  assert.equal(stormEnds(calm, 0, long, NOON), true);
  assert.equal(stormEnds(calm, 0, minutesAfter(-29), NOON), false);
  assert.equal(stormEnds({ recent: 5, usual: 0 }, 0, long, NOON), false);
  assert.equal(stormEnds({ recent: 14, usual: 10 }, 0, long, NOON), true);
  assert.equal(stormEnds(calm, 4, long, NOON), false);
});

test('what begins a storm never ends it at once', () => {
  const natural = fc.nat({ max: 500 });
  const fewest = fc.integer({ min: 5, max: 100 });
  fc.assert(
    fc.property(
      natural,
      natural,
      natural,
      fewest,
      fc.boolean(),
      (recent, usual, alike, least, known) => {
        const begins = stormStarts({ recent, usual }, alike, least, known) !== null;
        assert.ok(!(begins && stormEnds({ recent, usual }, alike, long, NOON)));
      },
    ),
    { seed: 7 },
  );
});

test('behind a storm the most severe come first, then the oldest', () => {
  const one = (severity: 'safety' | 'money' | null, minutes: number) => ({
    verdict: { severity },
    foundAt: minutesAfter(minutes),
  });
  const sorted = inOrder([one(null, -9), one('money', -1), one('safety', 0), one('money', -5)]);
  assert.deepEqual(
    sorted.map(({ verdict, foundAt }) => [verdict.severity, foundAt]),
    [
      ['safety', NOON],
      ['money', minutesAfter(-5)],
      ['money', minutesAfter(-1)],
      [null, minutesAfter(-9)],
    ],
  );
});

test('the chart holds every mention of its stretch of time, the present last', () => {
  const slots = [slot(0, 3), slot(-10, 2), slot(-10, 1), slot(-50, 4), slot(-60, 9)];
  assert.deepEqual(chartOf(slots, new Date(NOON.getTime() + SLOT_MS - 1), 6), [4, 0, 0, 0, 3, 3]);
});

test('the loudest words are those of many, without the brand, numbers and empty words', () => {
  const texts = [
    'Acme Broadband outage since 8am, router dead',
    'another OUTAGE at acme broadband. router again',
    'outage outage outage, is anyone else with acme broadband offline',
    'router replaced, no use; sample_user says outage',
  ];
  assert.deepEqual(loudest(texts, ['"acme broadband"'], 5), [
    { word: 'outage', count: 4 },
    { word: 'router', count: 3 },
  ]);
});

test('a storm began with its own first mentions, not with a single one before', () => {
  const wind = { recent: 60, usual: 1 };
  const at = (minutes: number) => minutesAfter(minutes);
  assert.deepEqual(beganAt([slot(-30, 1), slot(-10, 20), slot(0, 40)], wind, at(5)), at(-10));
  assert.deepEqual(beganAt([slot(-20, 30), slot(-10, 20), slot(0, 10)], wind, at(5)), at(-20));
  assert.deepEqual(beganAt([slot(0, 40)], wind, at(5)), at(0));
  assert.deepEqual(beganAt([], wind, at(5)), at(0));
});
