import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  answerDueAt,
  choosePolicy,
  dryRun,
  dueStep,
  isAnswerInTime,
  nextStep,
  nextStepAt,
  plainPolicy,
  whomToAsk,
  type NamedPolicy,
} from '../../../src/core/escalation/index.ts';
import type { Mention } from '../../../src/core/mention.ts';
import {
  samplePolicy,
  sampleRota,
  unanswered,
  unclaimed,
} from '../../helpers/escalation-samples.ts';
import { minutesAfter, NOON, sampleMention, sampleSettings } from '../../helpers/samples.ts';

const KIM = { kind: 'person', id: 'U2KIM' } as const;
const LEADS = { kind: 'group', id: 'S1LEADS' } as const;

const LADDER = samplePolicy({
  steps: [
    unclaimed(15),
    unclaimed(30, KIM),
    unclaimed(60, LEADS),
    unanswered(120, { kind: 'claimer' }),
    unanswered(180, { kind: 'everybody' }),
    { ...unanswered(240), release: true },
  ],
});

function open(over: Partial<Mention> = {}): Mention {
  return sampleMention({ status: 'open', openedAt: NOON, ...over });
}

function claimed(over: Partial<Mention> = {}): Mention {
  return open({ status: 'claimed', claimedBy: 'U1SAM', claimedAt: NOON, ...over });
}

const level = (policy: NamedPolicy, mention: Mention, minutes: number) =>
  dueStep(policy, mention, minutesAfter(minutes))?.level ?? null;

test('each step is due once, in its turn', () => {
  assert.equal(level(LADDER, open(), 14), null);
  assert.equal(level(LADDER, open(), 15), 1);
  assert.equal(level(LADDER, open({ escalationLevel: 1 }), 29), null);
  assert.equal(level(LADDER, open({ escalationLevel: 1 }), 30), 2);
  assert.equal(level(LADDER, open({ escalationLevel: 3 }), 10_000), null);
});

test('what was missed in a stop is due together, so that nobody who was to be asked is left out', () => {
  const due = dueStep(LADDER, open(), minutesAfter(61));
  assert.deepEqual(due, { phase: 'unclaimed', steps: LADDER.steps.slice(0, 3), level: 3 });
  const asked = whomToAsk(due.steps, { rotas: [], claimedBy: null, named: [], now: NOON });
  assert.deepEqual(asked, { to: ['U2KIM', 'S1LEADS'], channels: [] });
});

test('a claim has a clock of its own', () => {
  assert.equal(level(LADDER, claimed(), 119), null);
  assert.deepEqual(dueStep(LADDER, claimed(), minutesAfter(120))?.phase, 'unanswered');
  assert.equal(level(LADDER, claimed({ claimedAt: minutesAfter(60) }), 120), null);
});

test('what is answered, dismissed or waits for its card has no clock', () => {
  for (const status of ['detected', 'quiet', 'answered', 'dismissed', 'expired'] as const) {
    assert.equal(level(LADDER, open({ status, claimedAt: NOON }), 9999), null, status);
    assert.equal(nextStepAt(LADDER, open({ status, claimedAt: NOON })), null, status);
  }
});

test('a snooze starts the clock again when it ends; a pause only holds it', () => {
  assert.equal(level(LADDER, open({ snoozedUntil: minutesAfter(60) }), 74), null);
  assert.equal(level(LADDER, open({ snoozedUntil: minutesAfter(60) }), 75), 1);
  const paused = open({ escalationLevel: 1, pausedUntil: minutesAfter(40) });
  assert.equal(level(LADDER, paused, 39), null);
  assert.equal(level(LADDER, paused, 40), 2);
  assert.deepEqual(nextStepAt(LADDER, paused), minutesAfter(40));
});

test('the next step and its time are those at which it becomes due', () => {
  const minute = fc.integer({ min: 0, max: 30_000 });
  const policies = [
    LADDER,
    samplePolicy({ clock: 'working' }),
    samplePolicy({ quiet: { from: 1320, to: 420 } }),
    samplePolicy({ clock: 'working', quiet: { from: 720, to: 780 } }),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...policies), minute, (policy, minutes) => {
      const mention = open({ openedAt: minutesAfter(minutes) });
      const next = nextStep(policy, mention);
      assert.ok(next);
      const before = new Date(next.at.getTime() - 1);
      assert.equal(dueStep(policy, mention, before), null);
      assert.deepEqual(dueStep(policy, mention, next.at)?.steps[0], next.step);
    }),
  );
});

test('a working clock stands still at night, on weekends and on holidays', () => {
  const policy = samplePolicy({ clock: 'working' });
  const at = (text: string) =>
    nextStepAt(policy, open({ openedAt: new Date(text) }))
      ?.toISOString()
      .slice(0, 16);
  assert.equal(at('2026-03-06T16:55Z'), '2026-03-09T09:10');
  assert.equal(at('2026-05-22T17:00Z'), '2026-05-26T08:15', 'the Spring bank holiday');
});

test('what falls due in quiet hours waits for their end, and for work where only that counts', () => {
  const quiet = { from: 22 * 60, to: 7 * 60 };
  const opened = open({ openedAt: new Date('2026-03-06T21:50Z') });
  assert.deepEqual(nextStepAt(samplePolicy({ quiet }), opened), new Date('2026-03-07T07:00Z'));
  const early = samplePolicy({ quiet: { from: 16 * 60, to: 8 * 60 }, clock: 'working' });
  const late = open({ openedAt: new Date('2026-03-06T15:55Z') });
  assert.deepEqual(nextStepAt(early, late), new Date('2026-03-09T09:00Z'));
});

test('rotas become whoever is on call, and everybody those who were named', () => {
  const rota = sampleRota();
  const steps = [
    unclaimed(1, { kind: 'rota', id: rota.id }, { kind: 'channel', id: 'C2OPS' }),
    unclaimed(2, { kind: 'everybody' }, { kind: 'rota', id: 'gone' }),
  ];
  const asked = whomToAsk(steps, {
    ...{ rotas: [rota], claimedBy: 'U9', named: ['S1LEADS', 'U1SAM'] },
    now: new Date('2026-03-10T12:00Z'),
  });
  assert.deepEqual(asked, { to: ['U2KIM', 'S1LEADS', 'U1SAM', 'U9'], channels: ['C2OPS'] });
});

test('a severity goes before a keyword, a keyword before the rest, the rest before the settings', () => {
  const safety = samplePolicy({ severities: ['safety'] });
  const tv = samplePolicy({ keywordIds: ['k1'] });
  const rest = samplePolicy({ servesRest: true });
  const plain = plainPolicy(sampleSettings());
  const of = (severity: 'safety' | null, keywordId: string, policies: NamedPolicy[]) =>
    choosePolicy(policies, { keywordId, verdict: { ...sampleMention().verdict, severity } }, plain);
  assert.equal(of('safety', 'k1', [tv, safety, rest]), safety);
  assert.equal(of(null, 'k1', [tv, safety, rest]), tv);
  assert.equal(of(null, 'k2', [tv, safety, rest]), rest);
  assert.equal(of(null, 'k2', [tv, safety]), plain);
});

test('a first answer is due by the policy’s clock, and in time or not', () => {
  const policy = samplePolicy({ clock: 'working', answerMinutes: 30 });
  const due = answerDueAt(policy, { foundAt: new Date('2026-03-06T16:50Z') });
  assert.deepEqual(due, new Date('2026-03-09T09:20Z'));
  assert.equal(answerDueAt(LADDER, { foundAt: NOON }), null);
  assert.equal(isAnswerInTime(due, due, NOON), true);
  assert.equal(isAnswerInTime(NOON, minutesAfter(1), minutesAfter(2)), false);
  assert.equal(isAnswerInTime(NOON, null, minutesAfter(1)), false);
  assert.equal(isAnswerInTime(minutesAfter(1), null, NOON), null);
});

test('a dry run says what a Saturday night would bring', () => {
  const rota = sampleRota();
  const policy = samplePolicy({
    ...{ clock: 'working', answerMinutes: 30 },
    steps: [unclaimed(15), unclaimed(30, { kind: 'rota', id: rota.id })],
  });
  const lines = dryRun(policy, new Date('2026-03-07T22:10Z'), [rota]);
  assert.deepEqual(
    lines.map((line) => [line.at.toISOString().slice(0, 16), line.type === 'step' ? line.to : []]),
    [
      ['2026-03-09T09:15', []],
      ['2026-03-09T09:30', ['U2KIM']],
      ['2026-03-09T09:30', []],
    ],
  );
});
