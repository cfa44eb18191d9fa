import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupsOf, likeness, sketch, stretches } from '../../../src/core/storm/similar.ts';

const COMPLAINT =
  'Acme Broadband has been down since six this morning and the support line only plays music.';

function alike(one: string, other: string): number {
  const [a, b] = [sketch(one), sketch(other)];
  return a === null || b === null ? 0 : likeness(a, b);
}

/** The share itself, which the sketches only estimate. */
function jaccard(one: string, other: string): number {
  const [a, b] = [stretches(one), stretches(other)];
  const common = [...a].filter((stretch) => b.has(stretch)).length;
  return common / (a.size + b.size - common);
}

const SAME: [string, string][] = [
  ['case and punctuation', COMPLAINT.toUpperCase().replace('.', '!!!')],
  ['a link and a handle', `@sample_user ${COMPLAINT} https://forum.example/1 #fail`],
];
for (const [what, other] of SAME) {
  test(`${what} make no difference`, () => assert.equal(alike(COMPLAINT, other), 1));
}

const NEAR = [
  `So true: ${COMPLAINT}`,
  COMPLAINT.replace('six this morning', 'seven this morning'),
  `${COMPLAINT} Anyone else?`,
];
for (const other of NEAR) {
  test(`nearly the same: ${other}`, () => assert.ok(alike(COMPLAINT, other) >= 0.5));
}

test('another complaint about the same company is not alike', () => {
  const other =
    'My Acme Broadband bill doubled this month without a word and I cannot find out why at all.';
  assert.ok(alike(COMPLAINT, other) < 0.3);
});

test('a language without spaces is compared as well', () => {
  const text =
    '今朝からずっとインターネットが繋がらないし、サポートに電話しても誰も出ないので困っています';
  assert.ok(alike(text, `${text}。本当に`) >= 0.5);
});

test('texts that are too short are alike to none', () => {
  assert.equal(sketch('acme is down'), null);
  assert.deepEqual(groupsOf([sketch('down again'), sketch('down again')]), []);
});

test('the estimate is near the share of common stretches', () => {
  const words = fc.array(fc.constantFrom(...COMPLAINT.split(' '), 'router', 'bill', 'engineer'), {
    minLength: 15,
    maxLength: 60,
  });
  let off = 0;
  let pairs = 0;
  fc.assert(
    fc.property(words, words, (one, other) => {
      const [a, b] = [one.join(' '), other.join(' ')];
      if (sketch(a) === null || sketch(b) === null) return;
      off += Math.abs(alike(a, b) - jaccard(a, b));
      pairs += 1;
      assert.ok(Math.abs(alike(a, b) - jaccard(a, b)) < 0.35);
    }),
    { seed: 7, numRuns: 300 },
  );
  assert.ok(off / pairs < 0.08, `off by ${off / pairs} on average`);
});

test('every text is in one group at most, and two copies are in the same', () => {
  const text = fc.array(fc.constantFrom('router', 'bill', 'engineer', 'outage', 'refund', 'wait'), {
    minLength: 12,
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (drawn) => {
      const texts = [...drawn, drawn[0]!].map((words) => words.join(' '));
      const groups = groupsOf(texts.map(sketch));
      const all = groups.flat();
      assert.equal(new Set(all).size, all.length);
      if (sketch(texts[0]!) === null) return;
      assert.ok(groups.some((group) => group.includes(0) && group.includes(texts.length - 1)));
    }),
    { seed: 7 },
  );
});

test('a complaint shared two hundred times among six hundred others is one group', () => {
  const shared = Array.from({ length: 200 }, (_, at) => `${COMPLAINT} (shared ${at})`);
  const random = (seed: number) => (Math.imul(seed, 0x9e3779b1) >>> 7) % 5000;
  const others = Array.from({ length: 400 }, (_, at) =>
    Array.from({ length: 15 }, (__, n) => `w${random(at * 100 + n)}x`).join(' '),
  );
  const [largest, ...rest] = groupsOf([...shared, ...others].map(sketch));
  assert.deepEqual(
    largest,
    shared.map((_, at) => at),
  );
  assert.ok(rest.every(({ length }) => length <= 3));
});
