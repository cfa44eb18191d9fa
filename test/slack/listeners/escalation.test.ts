import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escalateDue } from '../../../src/flows/act/escalate.ts';
import { assertWithinLimits, buttonsIn, elementsIn, reading } from '../../helpers/blocks.ts';
import {
  samplePolicy,
  sampleRota,
  unanswered,
  unclaimed,
} from '../../helpers/escalation-samples.ts';
import { minutesAfter, sampleMention } from '../../helpers/samples.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';

const ADMIN = 'U3ALEX';

const chosen = (...values: string[]) => ({ selected_options: values.map((value) => ({ value })) });
const typed = (value: string) => ({ value });

/** A policy of two steps, as its modal sends it. */
function filled(over: Record<string, object> = {}): Record<string, object> {
  return {
    name: typed('Night'),
    severities: chosen('safety'),
    keywords: {},
    rest: chosen('yes'),
    target: typed('30 min'),
    clock: chosen('yes'),
    days: chosen('1', '2', '3', '4', '5'),
    hours: typed('09:00-17:30'),
    time_zone: typed('Europe/London'),
    country: { selected_option: { value: 'GB' } },
    dates: typed('2026-12-24, -2026-05-04'),
    quiet: typed('22:00-07:00'),
    pause: typed('20 min'),
    trial: {},
    step_0_after: typed('45 min'),
    step_0_while: { selected_option: { value: 'unclaimed' } },
    step_0_people: { selected_users: ['U2KIM'] },
    step_0_who: chosen('group:S1LEADS', 'everybody'),
    step_0_channel: { selected_conversation: 'C2OPS' },
    step_1_after: typed('15 min'),
    step_1_while: { selected_option: { value: 'unclaimed' } },
    step_2_after: typed('1 day'),
    step_2_while: { selected_option: { value: 'unanswered' } },
    step_2_who: chosen('release'),
    ...over,
  };
}

async function told(it: SlackWorld, act: () => Promise<unknown>) {
  const before = it.slack.ephemerals.length;
  await act();
  await it.slack.until('an answer is there', () => it.slack.ephemerals.length > before);
  return it.slack.ephemerals.at(-1)!;
}

async function open(it: SlackWorld, what: string, input: string): Promise<void> {
  await it.slack.command(ADMIN, what);
  await it.slack.until(
    'the modal is drawn',
    () => it.slack.modals.get(ADMIN)?.blocks.some(({ block_id: id }) => id === input) ?? false,
  );
}

test('a policy is made in a modal, drawn back as sentences and a line, and tried', async (t) => {
  const it = await slackWorld(t);
  await open(it, 'escalation new', 'step_0_after');
  assertWithinLimits(it.slack.modals.get(ADMIN)?.blocks ?? [], 100);
  const said = await told(it, () => it.slack.submit(ADMIN, filled({ trial: typed('SAT 22:10') })));
  const read = reading(said.blocks);
  assert.match(read, /Saved: Night/u);
  assert.match(read, /Unclaimed for 15 min: a reminder in the thread\. Unclaimed for 45 min: ask/u);
  assert.match(read, /opened {2}──● 15 min reminder ──● 45 min Kim, /u);
  assert.match(read, /Found Sat,? 7 Mar,? 22:10 GMT, under Night/u);
  assert.match(read, /Mon,? 9 Mar,? 09:45 GMT {2}asks Kim, Support leads, <#C2OPS>/u);
  const [policy] = await it.stores.policies.list('T1');
  const { id: _, createdAt: __, ...rest } = policy!;
  assert.deepEqual(rest, {
    workspaceId: 'T1',
    name: 'Night',
    severities: ['safety'],
    keywordIds: [],
    servesRest: true,
    steps: [
      unclaimed(15),
      unclaimed(
        45,
        { kind: 'person', id: 'U2KIM' },
        { kind: 'group', id: 'S1LEADS' },
        { kind: 'everybody' },
        { kind: 'channel', id: 'C2OPS' },
      ),
      { ...unanswered(1440), release: true },
    ],
    clock: 'working',
    calendar: {
      timeZone: 'Europe/London',
      days: [1, 2, 3, 4, 5],
      hours: { from: 540, to: 1050 },
      country: 'GB',
      closed: ['2026-12-24'],
      open: ['2026-05-04'],
    },
    quiet: { from: 1320, to: 420 },
    answerMinutes: 30,
    pauseMinutes: 20,
    createdBy: ADMIN,
  });
});

test('what the modal cannot read is said beside its input', async (t) => {
  const it = await slackWorld(t);
  await open(it, 'escalation new', 'step_0_after');
  const wrong = filled({
    name: {},
    target: typed('soon'),
    quiet: typed('night'),
    hours: typed('9-5'),
    step_0_after: typed('after lunch'),
    step_3_people: { selected_users: ['U1SAM'] },
  });
  const { errors } = (await it.slack.submit(ADMIN, wrong)) as { errors: object };
  assert.deepEqual(Object.keys(errors).sort(), [
    ...['hours', 'name', 'quiet', 'step_0_after', 'step_3_after', 'target'],
  ]);
  const whole = async (over: Record<string, object>) =>
    ((await it.slack.submit(ADMIN, filled(over))) as { errors: object }).errors;
  assert.deepEqual(Object.keys(await whole({ days: {} })), ['days']);
  assert.deepEqual(Object.keys(await whole({ time_zone: typed('London') })), ['time_zone']);
  assert.deepEqual(Object.keys(await whole({ dates: typed('tomorrow') })), ['dates']);
  assert.deepEqual(Object.keys(await whole({ step_1_after: typed('45 min') })), ['step_0_after']);
});

test('a policy is changed and removed from the list, and keeps what was not changed', async (t) => {
  const it = await slackWorld(t);
  const rota = sampleRota({ name: 'First line' });
  await it.stores.rotas.save(rota);
  const policy = samplePolicy({
    name: 'Day',
    keywordIds: [it.keywordId],
    steps: [unclaimed(10, { kind: 'rota', id: rota.id }, { kind: 'person', id: 'U2KIM' })],
  });
  await it.stores.policies.save(policy);
  const list = await told(it, () => it.slack.command(ADMIN, 'escalation'));
  const read = reading(list.blocks);
  assert.match(read, /Day: "acme broadband"/u);
  assert.match(read, /ask whoever is on call \(First line\) and Kim/u);
  assert.match(read, /Everything else, from the settings/u);
  assert.deepEqual(buttonsIn(list.blocks), ['Edit', 'Remove', 'New policy']);
  await it.slack.press(ADMIN, { ephemeral: list }, 'Edit');
  await it.slack.until('the policy is shown', () =>
    elementsIn(it.slack.modals.get(ADMIN), 'plain_text_input').some(
      (element) => element['initial_value'] === 'Day',
    ),
  );
  const shown = JSON.stringify(it.slack.modals.get(ADMIN)?.blocks);
  for (const part of ['"initial_value":"10 min"', `rota:${rota.id}`, '"initial_users":["U2KIM"]']) {
    assert.ok(shown.includes(part), part);
  }
  const removed = await told(it, () => it.slack.press(ADMIN, { ephemeral: list }, 'Remove'));
  assert.equal(removed.text, 'Removed: Day.');
  assert.deepEqual(await it.stores.policies.list('T1'), []);
});

test('two policies cannot serve the same severity, and the second is told so', async (t) => {
  const it = await slackWorld(t);
  await it.stores.policies.save(samplePolicy({ name: 'First', severities: ['safety'] }));
  await open(it, 'escalation new', 'step_0_after');
  const said = await told(it, () => it.slack.submit(ADMIN, filled()));
  assert.equal(said.text, 'Not saved. The policy First serves the severity safety.');
});

test('only managers make policies and rotas', async (t) => {
  const it = await slackWorld(t);
  for (const command of ['escalation new', 'oncall new']) {
    const said = await told(it, () => it.slack.command('U1SAM', command));
    assert.match(said.text, /admins/u);
  }
  assert.equal(it.slack.modals.has('U1SAM'), false);
});

test('a try names the policy, and says what it did not understand', async (t) => {
  const it = await slackWorld(t, { settings: { escalateTo: ['U2KIM'] } });
  await it.stores.policies.save(samplePolicy({ name: 'Late Night' }));
  const read = async (what: string) =>
    reading((await told(it, () => it.slack.command('U1SAM', `escalation ${what}`))).blocks);
  const plain = await read('try SAT 22:10');
  assert.match(plain, /under the settings/u);
  assert.match(plain, /22:25 UTC {2}a reminder in the thread \(unclaimed for 15 min\)/u);
  assert.match(plain, /Sun,? 8 Mar,? 00:10 UTC {2}reminds Sam \(claimed and unanswered for 2 h\)/u);
  assert.match(await read('try late night SAT 22:10'), /under Late Night/u);
  assert.match(await read('try next week'), /A day and a time/u);
  assert.match(await read('undo'), /escalation new/u);
});

test('a rota is made, shows who is on call now and next, and turns are swapped', async (t) => {
  const it = await slackWorld(t);
  const none = await told(it, () => it.slack.command(ADMIN, 'oncall'));
  assert.match(reading(none.blocks), /No rota yet/u);
  await open(it, 'oncall new', 'hand_over');
  const made = await told(it, () =>
    it.slack.submit(ADMIN, {
      name: typed('First line'),
      people: { selected_users: ['U1SAM', 'U2KIM'] },
      turn: { selected_option: { value: 'week' } },
      starts_on: typed('2026-03-02'),
      hand_over: typed('09:00'),
      time_zone: typed('Europe/London'),
    }),
  );
  assert.match(reading(made.blocks), /^First line: Sam until <!date\^1773046800/u);
  assert.match(reading(made.blocks), /Sam and Kim in turn, week by week, Monday at 09:00/u);
  await it.slack.press('U2KIM', { ephemeral: made }, 'Swap…');
  await it.slack.until('the swap is open', () => it.slack.modals.has('U2KIM'));
  const suggested = JSON.stringify(it.slack.modals.get('U2KIM')?.blocks);
  assert.match(suggested, /"initial_user":"U2KIM".*"initial_user":"U1SAM"/u);
  const swapped = await told(it, () =>
    it.slack.submit('U2KIM', {
      takes: { selected_user: 'U2KIM' },
      turn_of: { selected_user: 'U1SAM' },
      from: typed('2026-03-02 11:00'),
      to: typed('SAT 9:00'),
    }),
  );
  assert.match(reading(swapped.blocks), /^First line: Kim \(for Sam\) until/u);
  assert.match(reading(swapped.blocks), /Swap: Kim for Sam/u);
  const back = await told(it, () => it.slack.press('U2KIM', { ephemeral: swapped }, 'Take back'));
  assert.match(reading(back.blocks), /^First line: Sam until/u);
});

test('mistakes in a rota or a swap are shown beside their inputs', async (t) => {
  const it = await slackWorld(t);
  await open(it, 'oncall new', 'hand_over');
  const rota = { name: typed('X'), people: { selected_users: ['U1SAM'] }, turn: {} };
  const errorsOf = async (values: Record<string, object>) =>
    Object.keys(((await it.slack.submit(ADMIN, values)) as { errors: object }).errors).sort();
  const right = { starts_on: typed('2026-03-02'), time_zone: typed('UTC') };
  assert.deepEqual(await errorsOf({ ...rota, ...right, hand_over: typed('noon') }), ['hand_over']);
  const handOver = { hand_over: typed('09:00') };
  assert.deepEqual(await errorsOf({ ...rota, ...right, ...handOver, starts_on: typed('monday') }), [
    'starts_on',
  ]);
  assert.deepEqual(await errorsOf({ ...rota, ...right, ...handOver, people: {} }), ['people']);
  const saved = sampleRota({ people: [ADMIN, 'U1SAM'] });
  await it.stores.rotas.save(saved);
  const list = await told(it, () => it.slack.command(ADMIN, 'oncall'));
  await it.slack.press(ADMIN, { ephemeral: list }, 'Swap…');
  await it.slack.until('the swap is open', () =>
    Boolean(it.slack.modals.get(ADMIN)?.blocks.some(({ block_id: id }) => id === 'turn_of')),
  );
  const swap = {
    takes: { selected_user: ADMIN },
    turn_of: {},
    from: typed('x'),
    to: typed('9:00'),
  };
  assert.deepEqual(await errorsOf(swap), ['from', 'turn_of']);
});

test('"I see it" is a line in the thread, and the clock waits, once', async (t) => {
  const it = await slackWorld(t);
  await it.stores.policies.save(
    samplePolicy({
      ...{ servesRest: true, pauseMinutes: 20 },
      steps: [unclaimed(15, { kind: 'person', id: 'U2KIM' }), unclaimed(30)],
    }),
  );
  const { mention, ts } = await it.carded();
  it.later(15);
  await escalateDue(it, 'T1');
  const line = [...it.slack.messages.values()].find(({ text }) => text.includes('<@U2KIM>'));
  assert.ok(line && line.threadTs === ts);
  it.later(5);
  await it.slack.press('U2KIM', { message: line.ts }, 'I see it');
  await it.slack.until('the thread says so', () =>
    it.thread(ts).some((text) => text.startsWith('Kim sees it')),
  );
  assert.deepEqual((await it.now(mention.id)).pausedUntil, minutesAfter(40));
  const said = await told(it, () => it.slack.press('U1SAM', { message: line.ts }, 'I see it'));
  assert.match(said.text, /sees it already/u);
  it.later(19);
  assert.equal(await escalateDue(it, 'T1'), 0);
  it.later(1);
  assert.equal(await escalateDue(it, 'T1'), 1);
  assert.equal(it.slack.messages.get(ts)?.threadTs, null, 'the card is still the card');
});

test('another channel is told with a link to the card and nothing that the author wrote', async (t) => {
  const it = await slackWorld(t);
  const steps = [unclaimed(15, { kind: 'channel', id: 'C2OPS' })];
  await it.stores.policies.save(samplePolicy({ servesRest: true, steps }));
  await it.carded();
  it.later(15);
  await escalateDue(it, 'T1');
  const [pointer] = [...it.slack.messages.values()].filter(({ channel }) => channel === 'C2OPS');
  assert.match(pointer?.text ?? '', /is not claimed yet · <https?:[^|]+\/archives\/C1SUPPORT\/p/u);
  assert.doesNotMatch(JSON.stringify(pointer), /engineer/u);
});

test('Escalate jumps to any step, and the clock goes on from there', async (t) => {
  const it = await slackWorld(t);
  const steps = [
    unclaimed(15),
    unclaimed(30, { kind: 'person', id: 'U2KIM' }),
    unclaimed(60, { kind: 'group', id: 'S1LEADS' }),
  ];
  await it.stores.policies.save(samplePolicy({ servesRest: true, steps }));
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Escalate…');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U1SAM'));
  const [radio] = elementsIn(it.slack.modals.get('U1SAM'), 'radio_buttons');
  assert.equal((radio?.['options'] as object[]).length, 2, 'reminders ask nobody');
  await it.slack.submit('U1SAM', { step: { selected_option: { value: '2' } }, note: {} });
  await it.slack.until('the line is there', () =>
    it.thread(ts).some((text) => text.includes('<!subteam^S1LEADS>')),
  );
  assert.equal((await it.now(mention.id)).escalationLevel, 3);
  it.later(600);
  assert.equal(await escalateDue(it, 'T1'), 0);
});

test('the card of a marked post says whom it asks next and when, sooner than others', async (t) => {
  const it = await slackWorld(t, { settings: { escalateTo: ['S1LEADS'] } });
  const verdict = { ...sampleMention().verdict, severity: 'vulnerable' as const };
  const { mention, ts } = await it.carded({ verdict });
  const shown = () => reading(it.slack.messages.get(ts)?.blocks);
  assert.match(shown(), /Severity: vulnerable/u);
  assert.match(
    shown(),
    /asks a user group <!date\^\d+\^[^>]*2026-03-02 12:00 UTC> unless claimed/u,
  );
  await escalateDue(it, 'T1');
  assert.match(
    shown(),
    /asks a user group <!date\^\d+\^[^>]*2026-03-02 12:15 UTC> unless claimed/u,
  );
  assert.ok(
    it.thread(ts).some((line) => line === 'vulnerable: <!subteam^S1LEADS> please have a look'),
  );
  assert.equal((await it.now(mention.id)).escalationLevel, 1);
});
