import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkRota, checkSwap, duties, onCall } from '../../../src/core/escalation/index.ts';
import { sampleRota, sampleSwap } from '../../helpers/escalation-samples.ts';

const at = (text: string) => new Date(text);
const who = (rota: ReturnType<typeof sampleRota>, text: string) => onCall(rota, at(text))?.person;

test('people take their weeks in turn, from hand-over to hand-over', () => {
  const rota = sampleRota();
  assert.equal(who(rota, '2026-03-02T08:59Z'), 'U3ALEX', 'before the first day it goes backwards');
  assert.equal(who(rota, '2026-03-02T09:00Z'), 'U1SAM');
  assert.equal(who(rota, '2026-03-09T08:59Z'), 'U1SAM');
  assert.equal(who(rota, '2026-03-09T09:00Z'), 'U2KIM');
  assert.equal(who(rota, '2026-03-23T09:00Z'), 'U1SAM');
});

test('by day, the hand-over keeps to the wall clock when clocks change', () => {
  const rota = sampleRota({ turn: 'day', startsOn: '2026-03-28' });
  assert.deepEqual(onCall(rota, at('2026-03-29T03:00Z')), {
    person: 'U1SAM',
    from: at('2026-03-28T09:00Z'),
    to: at('2026-03-29T08:00Z'),
    insteadOf: null,
  });
  assert.equal(who(rota, '2026-03-29T08:00Z'), 'U2KIM');
});

test('a hand-over in the hour that happens twice happens the first time', () => {
  const rota = sampleRota({ turn: 'day', startsOn: '2026-10-25', handOver: 90 });
  assert.equal(who(rota, '2026-10-25T00:29Z'), 'U3ALEX');
  assert.equal(who(rota, '2026-10-25T00:30Z'), 'U1SAM');
  assert.equal(who(rota, '2026-10-25T01:30Z'), 'U1SAM');
});

test('a swap holds from its beginning to its end, for that person’s turns alone', () => {
  const rota = sampleRota({
    swaps: [sampleSwap({ from: at('2026-03-04T12:00Z'), to: at('2026-03-11T12:00Z') })],
  });
  assert.equal(who(rota, '2026-03-04T11:59Z'), 'U1SAM');
  assert.equal(who(rota, '2026-03-04T12:00Z'), 'U3ALEX');
  assert.equal(who(rota, '2026-03-10T12:00Z'), 'U2KIM');
  assert.deepEqual(onCall(rota, at('2026-03-05T00:00Z')), {
    person: 'U3ALEX',
    from: at('2026-03-04T12:00Z'),
    to: at('2026-03-09T09:00Z'),
    insteadOf: 'U1SAM',
  });
});

test('what was taken over can be handed on', () => {
  const rota = sampleRota({
    swaps: [
      sampleSwap({ takes: 'U3ALEX', turnOf: 'U1SAM', to: at('2026-03-09T09:00Z') }),
      sampleSwap({ takes: 'U2KIM', turnOf: 'U3ALEX', to: at('2026-03-03T12:00Z') }),
    ],
  });
  assert.equal(who(rota, '2026-03-02T13:00Z'), 'U2KIM');
  assert.equal(who(rota, '2026-03-03T13:00Z'), 'U3ALEX');
});

test('the duties ahead name who comes when, swaps and all', () => {
  const rota = sampleRota({
    swaps: [sampleSwap({ from: at('2026-03-04T00:00Z'), to: at('2026-03-05T00:00Z') })],
  });
  const ahead = duties(rota, at('2026-03-02T10:00Z'), 4);
  assert.deepEqual(
    ahead.map(({ person, to }) => [person, to.toISOString().slice(0, 16)]),
    [
      ['U1SAM', '2026-03-04T00:00'],
      ['U3ALEX', '2026-03-05T00:00'],
      ['U1SAM', '2026-03-09T09:00'],
      ['U2KIM', '2026-03-16T09:00'],
    ],
  );
});

test('a rota of one person never changes hands, and of nobody has nobody', () => {
  assert.equal(duties(sampleRota({ people: ['U1SAM'] }), at('2026-03-02T10:00Z'), 3).length, 1);
  assert.equal(onCall(sampleRota({ people: [] }), at('2026-03-02T10:00Z')), null);
});

test('at every instant exactly one person is on call, and duties follow without a gap', () => {
  const minute = fc.integer({ min: -100_000, max: 600_000 });
  fc.assert(
    fc.property(minute, fc.constantFrom('day' as const, 'week' as const), (minutes, turn) => {
      const rota = sampleRota({ turn, swaps: [sampleSwap()] });
      const from = new Date(at('2026-03-02T12:00Z').getTime() + minutes * 60_000);
      const [first, second] = duties(rota, from, 2);
      assert.ok(first && first.from <= from && from < first.to);
      assert.deepEqual(second?.from, first.to);
    }),
  );
});

test('what is wrong with a rota or a swap is said with the way out', () => {
  const rota = sampleRota();
  assert.equal(checkRota(rota), null);
  assert.match(checkRota({ ...rota, people: [] }) ?? '', /at least one person/u);
  assert.match(checkRota({ ...rota, timeZone: 'Moon' }) ?? '', /Europe\/London/u);
  assert.match(checkRota({ ...rota, startsOn: '2026-13-01' }) ?? '', /date/u);
  const now = at('2026-03-02T13:00Z');
  assert.equal(checkSwap(rota, sampleSwap(), now), null);
  assert.match(checkSwap(rota, sampleSwap({ takes: 'U1SAM' }), now) ?? '', /two people/u);
  assert.match(checkSwap(rota, sampleSwap({ turnOf: 'U9' }), now) ?? '', /no turn/u);
  assert.match(checkSwap(rota, sampleSwap({ to: at('2026-03-01T00:00Z') }), now) ?? '', /ends/u);
  assert.match(checkSwap(rota, sampleSwap(), at('2027-01-01T00:00Z')) ?? '', /over/u);
});
