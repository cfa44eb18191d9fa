import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkPolicy,
  drawTimeline,
  explainPolicy,
  plainPolicy,
  readClock,
  readHours,
  readDelay,
  readMinutes,
  readWeekday,
  readWhen,
  span,
  type NameOf,
  type Policy,
} from '../../../src/core/escalation/index.ts';
import type { Settings } from '../../../src/core/ports.ts';
import type { Severity } from '../../../src/core/verdict.ts';
import { samplePolicy, unanswered, unclaimed } from '../../helpers/escalation-samples.ts';
import { sampleSettings } from '../../helpers/samples.ts';

const NAMES: Readonly<Record<string, string>> = { U2KIM: 'Kim', r1: 'Evenings', C2: '#ops' };
const nameOf: NameOf = ({ id }) => NAMES[id] ?? id;

const FULL = samplePolicy({
  steps: [
    unclaimed(15),
    unclaimed(30, { kind: 'person', id: 'U2KIM' }, { kind: 'rota', id: 'r1' }),
    unclaimed(90, { kind: 'everybody' }, { kind: 'channel', id: 'C2' }),
    unanswered(120, { kind: 'claimer' }),
    { ...unanswered(1440), release: true },
  ],
  clock: 'working',
  quiet: { from: 1320, to: 420 },
  answerMinutes: 30,
});

test('a policy is told in sentences', () => {
  assert.equal(
    explainPolicy(FULL, nameOf),
    [
      'Unclaimed for 15 min: a reminder in the thread.',
      'Unclaimed for 30 min: ask Kim and whoever is on call (Evenings).',
      'Unclaimed for 1 h 30 min: ask everybody named so far and tell #ops.',
      'Claimed and unanswered for 2 h: remind whoever claimed it.',
      'Claimed and unanswered for 1 day: release it.',
      'The clock runs Monday to Friday, 09:00 to 17:00 (Europe/London), not on public holidays of England and Wales; it stops in between.',
      'Nobody is told between 22:00 and 07:00: what falls due then waits until 07:00.',
      'First answer wanted within 30 min.',
      'Who says that they see it stops the clock for 15 min.',
    ].join(' '),
  );
});

test('a policy is drawn on a line for what is unclaimed and one for what is claimed', () => {
  assert.equal(
    drawTimeline(FULL, nameOf),
    [
      'opened  ──● 15 min reminder ──● 30 min Kim, whoever is on call (Evenings) ──● 1 h 30 min everybody, #ops',
      'claimed ──● 2 h whoever claimed it ──● 1 day release',
    ].join('\n'),
  );
});

test('the policy that comes from the settings makes sense', () => {
  const plain = plainPolicy(sampleSettings({ escalateTo: ['U2KIM', 'S1'] }));
  assert.equal(checkPolicy(plain), null);
  assert.match(explainPolicy(plain, nameOf), /^Unclaimed for 15 min: a reminder in the thread\. /u);
  assert.match(explainPolicy(plain, nameOf), /runs day and night \(UTC\)/u);
});

test('what bears a mark takes half the time, and danger calls for help at once', () => {
  const settings = sampleSettings({ escalateTo: ['U2KIM'] });
  const times = (severity: Severity | null, over: Partial<Settings> = {}) =>
    plainPolicy({ ...settings, ...over }, severity).steps.map(({ afterMinutes }) => afterMinutes);
  assert.deepEqual(times(null), [15, 30, 120, 1440]);
  for (const severity of ['legal', 'outage', 'money', 'leaving'] as const) {
    assert.deepEqual(times(severity), [7, 15, 60, 1440], severity);
  }
  for (const severity of ['safety', 'vulnerable'] as const) {
    assert.deepEqual(times(severity), [0, 15, 60, 1440], severity);
    const policy = plainPolicy(settings, severity);
    assert.equal(checkPolicy(policy), null);
    assert.match(
      explainPolicy(policy, nameOf),
      /^At once: ask Kim\. Unclaimed for 15 min: ask Kim/u,
    );
    assert.match(drawTimeline(policy, nameOf), /^opened {2}──● at once Kim ──● 15 min Kim/u);
    assert.deepEqual(times(severity, { escalateTo: [] }), [7, 15, 60, 1440], 'nobody to call');
    assert.deepEqual(times(severity, { markedFaster: false }), [15, 30, 120, 1440]);
  }
  assert.deepEqual(times('money', { nudgeMinutes: 1, pingMinutes: 2 }), [1, 1, 60, 1440]);
});

test('days off and days at work are named', () => {
  const { calendar } = FULL;
  const policy = {
    ...FULL,
    calendar: { ...calendar, days: [2, 4], closed: ['2026-12-24'], open: ['2026-05-04'] },
  };
  const words = explainPolicy(policy, nameOf);
  assert.match(words, /runs Tuesday and Thursday, /u);
  assert.match(words, /Wales and on 2026-12-24, but on 2026-05-04;/u);
});

test('what makes no sense is refused with the way out', () => {
  const wrong: [Partial<Policy>, RegExp][] = [
    [{ steps: [] }, /at least one step/u],
    [{ steps: [unclaimed(30), unclaimed(15)] }, /later than the one before/u],
    [{ steps: [{ ...unclaimed(30), release: true }] }, /Only what is claimed/u],
    [{ steps: [{ ...unanswered(30), release: true }, unanswered(60)] }, /last step/u],
    [
      { steps: [{ ...unanswered(30, { kind: 'claimer' }), release: true }] },
      /releases tells nobody/u,
    ],
    [{ steps: [unclaimed(30, { kind: 'claimer' })] }, /somebody else/u],
    [{ calendar: { ...FULL.calendar, days: [] } }, /working day/u],
    [{ calendar: { ...FULL.calendar, hours: { from: 1000, to: 900 } } }, /end later/u],
    [{ calendar: { ...FULL.calendar, timeZone: 'London' } }, /Europe\/London/u],
    [{ calendar: { ...FULL.calendar, closed: ['24 December'] } }, /write them as/u],
  ];
  for (const [over, sentence] of wrong) {
    assert.match(checkPolicy({ ...FULL, ...over }) ?? '', sentence);
  }
  assert.equal(checkPolicy(FULL), null);
});

test('lengths of time are read as people write them', () => {
  const known: [string, number][] = [
    ['15', 15],
    ['15 min', 15],
    ['2h', 120],
    ['1 h 30 min', 90],
    ['1 day', 1440],
    ['2 Days 1 hour', 2940],
  ];
  for (const [text, minutes] of known) assert.equal(readMinutes(text), minutes, text);
  for (const text of ['', '0', 'soon', '1 30', '2 weeks', '15 min!', '-5', '99 days']) {
    assert.equal(readMinutes(text), null, text);
  }
  for (const text of ['at once', ' At  Once ', '0']) assert.equal(readDelay(text), 0, text);
  assert.equal(readDelay('1 h 30 min'), 90);
  assert.equal(readDelay('once'), null);
  for (const minutes of [1, 59, 60, 90, 1440, 1501, 3000]) {
    assert.equal(readMinutes(span(minutes)), minutes);
  }
});

test('times of day are read', () => {
  assert.equal(readClock('9:05'), 545);
  assert.equal(readClock('24:00'), 1440);
  for (const text of ['24:01', '9', '9:5', '12:60', '']) assert.equal(readClock(text), null, text);
  assert.deepEqual(readHours('22:00-07:00'), { from: 1320, to: 420 });
  assert.deepEqual(readHours('09:00 to 17:30'), { from: 540, to: 1050 });
  assert.equal(readHours('09:00'), null);
  assert.equal(readHours('09:00-09:00'), null);
});

test('"SAT 22:10" is the next Saturday at that time, in the zone', () => {
  const now = new Date('2026-03-02T12:00Z');
  const when = (text: string, zone = 'Europe/London') =>
    readWhen(text, now, zone)?.toISOString().slice(0, 16) ?? null;
  assert.equal(when('SAT 22:10'), '2026-03-07T22:10');
  assert.equal(when('saturday 22:10', 'Asia/Tokyo'), '2026-03-07T13:10');
  assert.equal(when('MON 11:00'), '2026-03-09T11:00');
  assert.equal(when('mon 13:00'), '2026-03-02T13:00');
  assert.equal(when('11:00'), '2026-03-03T11:00');
  assert.equal(when('tomorrow 9:00'), '2026-03-03T09:00');
  assert.equal(when('2026-12-25 08:00'), '2026-12-25T08:00');
  for (const text of ['', 'SAT', 'xyz 22:10', 'sat 25:00', '2026-02-30 08:00', 'on sat 22:10']) {
    assert.equal(when(text), null, text);
  }
  assert.equal(readWeekday('Thu'), 4);
  assert.equal(readWeekday('th'), null);
});
