import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { readClock, time, type NamedPolicy } from '../../src/core/escalation/index.ts';
import {
  samplePolicy,
  sampleRota,
  sampleSwap,
  unanswered,
  unclaimed,
} from '../helpers/escalation-samples.ts';
import { sampleMention } from '../helpers/samples.ts';
import { play, type Scene, type Story } from '../helpers/story.ts';

/**
 * Days on a set clock, and what the channel showed, kept as texts that a person can read and agree
 * with. `EARSHOT_WRITE_TRANSCRIPTS=1 npm test -- transcripts` writes them anew; then read the diff.
 */
const FOLDER = 'test/fixtures/transcripts';
const isWriting = process.env['EARSHOT_WRITE_TRANSCRIPTS'] === '1';

function story(
  name: string,
  title: string,
  make: (isShort: boolean) => Story,
  { kind = 'sqlite', lives = DIES_EVERY }: { kind?: 'memory' | 'sqlite'; lives?: number } = {},
): void {
  test(title, async (t) => {
    const file = `${FOLDER}/${name}.txt`;
    const { text } = await play(t, make(false), { kind });
    const shown = `${title}\n\n${text}`;
    if (isWriting) writeFileSync(file, shown);
    assert.ok(existsSync(file), 'there is a transcript to compare with');
    assert.equal(shown, readFileSync(file, 'utf8'));
  });

  test(`${title}: the same, wherever the process dies`, async (t) => {
    const whole = inMinutes((await play(t, make(true), { kind: 'memory' })).text);
    for (let first = 0; first < lives; first += 1) {
      const fate = { every: DIES_EVERY, first };
      const { text, deaths } = await play(t, make(true), { kind: 'memory', fate });
      assert.ok(deaths > 0);
      assert.deepEqual(inMinutes(text), whole, `dying before thing ${first} of ${DIES_EVERY}`);
    }
  });
}

/** Every thing that a process does is before one of these deaths. */
const DIES_EVERY = 7;

/**
 * What was said in each minute, in any order; of the states of a card the last, of the many the sum,
 * and of a storm that it began, is led or ended: its figures are drawn whenever there is a moment.
 */
function inMinutes(text: string): string[][] {
  const minutes = new Map<string, Map<string, string>>();
  let day = '';
  let minute = '';
  for (const line of text.split('\n')) {
    if (/^\S/u.test(line)) day = line;
    minute = /^ {2}(\d\d:\d\d(?: \w+)?) /u.exec(line)?.[1] ?? minute;
    const said = minutes.get(`${day} ${minute}`) ?? new Map<string, string>();
    minutes.set(`${day} ${minute}`, said);
    if (isFigure(line)) continue;
    for (const [key, what] of partsOf(line, said)) said.set(key, what);
  }
  return [...minutes].map(([at, said]) => [at, ...[...said.values()].sort()]);
}

function isFigure(line: string): boolean {
  return /[▁█]|wait for a card|Loudest: |From: |\[Next|\[Claim|  note  /u.test(line);
}

function partsOf(line: string, before: ReadonlyMap<string, string>): [string, string][] {
  const card = /^\s+\S+(?: \w+)?\s+(\w+) +card: (?!🔴)/u.exec(line)?.[1];
  if (card !== undefined) return [[`card ${card}`, line]];
  if (line.includes('  storm card  ')) return [['storm', line.replace(/: \d+ mentions/u, '')]];
  if (!line.includes('  the others  ')) return [[line, line]];
  return [...line.matchAll(/(\d+) × ([^·]+)/gu)].map(([, count, what = '']) => {
    const kind = what.trim();
    const sum = Number(before.get(kind)?.split(' ')[0] ?? 0) + Number(count);
    return [kind, `${sum} × ${kind}`];
  });
}

const LONDON = 'Europe/London';
const FIRST_LINE = { kind: 'rota', id: 'first-line' } as const;
const LEADS = { kind: 'group', id: 'S1LEADS' } as const;
const OPS = { kind: 'channel', id: 'C2OPS' } as const;
const SAM = 'U1SAM';
const KIM = 'U2KIM';
const ALEX = 'U3ALEX';

const rota = () => sampleRota({ id: 'first-line', name: 'First line' });
const answer = (url: string) => ({ type: 'answer', url, note: null }) as const;

/** A reminder, whoever is on call, then the leads and another channel; claims go stale. */
function ladder(over: Partial<NamedPolicy> = {}): NamedPolicy {
  return samplePolicy({
    name: 'Everything',
    servesRest: true,
    steps: [
      unclaimed(15),
      unclaimed(30, FIRST_LINE),
      unclaimed(60, LEADS, OPS),
      unanswered(120, { kind: 'claimer' }),
      { ...unanswered(480), release: true },
    ],
    answerMinutes: 60,
    ...over,
  });
}

/** What has nothing to do with the storm. */
const calm = { title: null, text: 'The engineer of Acme Broadband cancelled for the third time.' };

const quiet = {
  status: 'quiet' as const,
  text: 'Is Acme Broadband any better than it was? My line is slow in the evening.',
  verdict: { ...sampleMention().verdict, negativity: 0.48, label: 'neutral' as const },
};

const safety = {
  verdict: { ...sampleMention().verdict, severity: 'safety' as const },
};

story(
  'quiet-week',
  'A quiet week in office hours, and a weekend',
  () => ({
    ...{ timeZone: LONDON, from: '2026-03-02 09:00', to: '2026-03-09 12:00', every: 5 },
    policies: [ladder({ clock: 'working' })],
    rotas: [rota()],
    settings: { digestTimes: ['09:00', '16:00'] },
    scenes: [
      { at: '2026-03-02 10:00', found: 'A' },
      { at: '2026-03-02 10:10', who: SAM, on: 'A', does: { type: 'claim' } },
      { at: '2026-03-02 11:00', found: 'Q', over: quiet },
      { at: '2026-03-02 10:25', who: SAM, on: 'A', does: answer('https://forum.example/a#2') },
      { at: '2026-03-02 16:20', who: KIM, on: 'Q', does: { type: 'post', channelId: 'C1' } },
      { at: '2026-03-02 16:25', who: KIM, on: 'Q', does: { type: 'claim' } },
      {
        at: '2026-03-02 16:30',
        who: KIM,
        on: 'Q',
        does: { type: 'dismiss', reason: 'not-about-us', note: 'another Acme' },
      },
      { at: '2026-03-03 16:50', found: 'B' },
      {
        at: '2026-03-04 09:25',
        who: SAM,
        on: 'B',
        does: { type: 'acknowledge', until: new Date('2026-03-04T09:40Z') },
      },
      { at: '2026-03-04 09:35', who: KIM, on: 'B', does: { type: 'claim' } },
      { at: '2026-03-04 09:50', who: KIM, on: 'B', does: answer('https://forum.example/b#2') },
      { at: '2026-03-05 10:00', found: 'C' },
      { at: '2026-03-05 10:05', who: KIM, on: 'C', does: { type: 'claim' } },
      { at: '2026-03-06 10:20', downUntil: '2026-03-06 11:20' },
      { at: '2026-03-06 11:30', who: SAM, on: 'C', does: answer('https://forum.example/c#2') },
      { at: '2026-03-07 22:10', found: 'D' },
      {
        at: '2026-03-09 10:10',
        who: KIM,
        on: 'D',
        does: { type: 'dismiss', reason: 'already-solved', note: null },
      },
    ],
  }),
  { lives: 3 },
);

story(
  'night',
  'A night with quiet hours, and one complaint that must not wait for the morning',
  () => ({
    ...{ timeZone: LONDON, from: '2026-03-03 21:30', to: '2026-03-04 08:30', every: 5 },
    policies: [
      samplePolicy({
        name: 'Safety',
        severities: ['safety'],
        steps: [
          unclaimed(5, FIRST_LINE),
          unclaimed(15, LEADS),
          unclaimed(30, { kind: 'everybody' }),
        ],
        answerMinutes: 30,
      }),
      ladder({ quiet: { from: 22 * 60, to: 7 * 60 } }),
    ],
    rotas: [rota()],
    scenes: [
      { at: '2026-03-03 21:40', found: 'A' },
      { at: '2026-03-04 02:10', found: 'B', over: safety },
      { at: '2026-03-04 02:15', downUntil: '2026-03-04 03:15' },
      { at: '2026-03-04 03:25', who: SAM, on: 'B', does: { type: 'claim' } },
      { at: '2026-03-04 03:40', who: SAM, on: 'B', does: answer('https://forum.example/b#2') },
      { at: '2026-03-04 07:20', who: KIM, on: 'A', does: { type: 'claim' } },
    ],
  }),
);

story(
  'clocks-forward',
  'The night in which clocks go forward: an hour of waiting is an hour',
  () => ({
    ...{ timeZone: LONDON, from: '2026-03-29 00:20', to: '2026-03-29 09:40', every: 5 },
    policies: [ladder()],
    rotas: [sampleRota({ id: 'first-line', turn: 'day', startsOn: '2026-03-28' })],
    scenes: [
      { at: '2026-03-29 00:20', found: 'A' },
      { at: '2026-03-29 00:40', found: 'B' },
      { at: '2026-03-29 02:10', downUntil: '2026-03-29 03:10' },
      { at: '2026-03-29 08:25', found: 'C' },
      { at: '2026-03-29 09:10', who: KIM, on: 'C', does: { type: 'claim' } },
    ],
  }),
);

story(
  'clocks-back',
  'The night in which clocks go back: the hour that happens twice counts twice',
  () => ({
    ...{ timeZone: LONDON, from: '2026-10-25 00:30', to: '2026-10-25 09:40', every: 5 },
    policies: [ladder()],
    rotas: [sampleRota({ id: 'first-line', turn: 'day', startsOn: '2026-10-24' })],
    scenes: [
      { at: '2026-10-25 00:40', found: 'A' },
      { at: '2026-10-25 01:50', found: 'B' },
      { at: '2026-10-25 01:20+1', downUntil: '2026-10-25 02:20' },
      { at: '2026-10-25 08:40', found: 'C' },
      { at: '2026-10-25 09:15', who: KIM, on: 'C', does: { type: 'claim' } },
    ],
  }),
);

story('holiday', 'Easter: working time stands still from Thursday to Tuesday', () => ({
  ...{ timeZone: LONDON, from: '2026-04-02 16:40', to: '2026-04-07 10:30', every: 10 },
  policies: [ladder({ clock: 'working' })],
  rotas: [rota()],
  scenes: [
    { at: '2026-04-02 16:50', found: 'A' },
    { at: '2026-04-03 11:00', found: 'B' },
    { at: '2026-04-07 09:20', downUntil: '2026-04-07 09:50' },
    { at: '2026-04-07 10:00', who: KIM, on: 'A', does: { type: 'claim' } },
  ],
}));

story('hand-over', 'The rota changes hands while a complaint waits, and a swap holds', () => ({
  ...{ timeZone: LONDON, from: '2026-03-09 08:20', to: '2026-03-09 14:10', every: 5 },
  policies: [
    ladder({
      steps: [
        unclaimed(15, FIRST_LINE),
        unclaimed(30, FIRST_LINE),
        unclaimed(60, { kind: 'everybody' }),
      ],
      answerMinutes: null,
    }),
  ],
  rotas: [
    {
      ...rota(),
      swaps: [
        sampleSwap({
          ...{ takes: 'U3ALEX', turnOf: KIM },
          from: new Date('2026-03-09T12:00Z'),
          to: new Date('2026-03-09T17:00Z'),
        }),
      ],
    },
  ],
  scenes: [
    { at: '2026-03-09 08:30', found: 'A' },
    { at: '2026-03-09 08:40', found: 'B' },
    { at: '2026-03-09 08:55', downUntil: '2026-03-09 09:55' },
    { at: '2026-03-09 10:00', who: KIM, on: 'A', does: { type: 'claim' } },
    { at: '2026-03-09 10:05', who: KIM, on: 'B', does: { type: 'claim' } },
    { at: '2026-03-09 12:30', found: 'C' },
    { at: '2026-03-09 14:00', who: 'U3ALEX', on: 'C', does: { type: 'claim' } },
  ],
}));

/** Three people work through a storm: every ten minutes each takes the next ten, and answers. */
function working(day: string, from: string, to: string): Scene[] {
  const scenes: Scene[] = [];
  for (let at = minutesOf(from); at <= minutesOf(to); at += 10) {
    for (const who of [SAM, KIM, ALEX]) {
      scenes.push({ at: `${day} ${time(at)}`, who, storm: 10 });
      scenes.push({ at: `${day} ${time(at + 5)}`, who, works: 10 });
    }
  }
  return scenes;
}

function minutesOf(clock: string): number {
  return readClock(clock) ?? 0;
}

function inTime(scenes: Scene[]): Scene[] {
  return scenes.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

/** So many every five minutes; some are in danger. */
function complaints(crowd: number, times: number): Scene[] {
  return Array.from({ length: times }, (_, stretch) => {
    return { at: `2026-03-10 ${time(minutesOf('09:00') + 5 * stretch)}`, crowd };
  });
}

story(
  'outage',
  'The day of the outage: six hundred complaints in two hours',
  (isShort) => ({
    ...{ timeZone: LONDON, from: '2026-03-10 08:30', to: '2026-03-10 15:00', every: 5 },
    settings: { burstCards: 120, stormFrom: 120 },
    policies: [ladder({ steps: [unclaimed(30), unclaimed(120, LEADS)], answerMinutes: null })],
    rotas: [rota()],
    scenes: inTime([
      { at: '2026-03-10 08:40', found: 'A', over: calm },
      { at: '2026-03-10 08:45', who: SAM, on: 'A', does: { type: 'claim' } },
      { at: '2026-03-10 08:55', who: SAM, on: 'A', does: answer('https://forum.example/a#2') },
      { at: '2026-03-10 09:10', who: KIM, storm: 'claim' },
      { at: '2026-03-10 12:30', found: 'B', over: calm },
      { at: '2026-03-10 12:40', who: ALEX, on: 'B', does: { type: 'claim' } },
      ...working('2026-03-10', '09:15', isShort ? '10:15' : '13:45'),
      ...(isShort ? complaints(15, 8) : complaints(25, 24)),
    ]),
  }),
  { kind: 'memory', lives: 2 },
);
