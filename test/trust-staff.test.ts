import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createChores } from '../src/chores.ts';
import { createMetrics } from '../src/metrics.ts';
import { forgetNames } from '../src/flows/forget/erase.ts';
import type { Settings } from '../src/core/ports.ts';
import { act } from '../src/flows/act/act.ts';
import { buttonsIn, reading } from './helpers/blocks.ts';
import { fakePlace } from './helpers/place.ts';
import type { Ephemeral } from './helpers/slack-standin.ts';
import { slackFlows, slackWorld, type SlackWorld } from './helpers/slack-world.ts';

const DAY = 24 * 60;

test('sweeps, erasures, answers and the lag of the sweep are counted, without a name', async (t) => {
  const place = fakePlace();
  const settings = { brandAccounts: ['feed:acme_care'] };
  const it = await slackWorld(t, { sources: [place.source], settings });
  const flows = { ...slackFlows(it, [place.source]), notice: async () => {}, jitter: () => 1 };
  const metrics = createMetrics();
  const chores = createChores(flows, async () => {}, metrics, null);
  const { signal } = new AbortController();
  const shown = async (name: string) =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith(name));
  const [gone, answered] = [await it.carded(), await it.carded()];
  const url = 'https://forum.example/answers/1';
  const reply = { externalId: 'r1', url, author: 'acme_care', text: 'On it.' };
  place.replies?.set(answered.mention.externalId, [{ ...reply, publishedAt: it.clock() }]);
  it.later(20);
  await chores.verify(it.workspaceId, signal);
  assert.deepEqual(await shown('earshot_answers_total'), [
    'earshot_answers_total{outcome="waiting"} 1',
    'earshot_answers_total{outcome="verified"} 1',
  ]);
  place.existence.set(gone.mention.externalId, 'gone');
  await chores.sweep(it.workspaceId, signal);
  it.later(6);
  await chores.sweep(it.workspaceId, signal);
  const swept = (await shown('earshot_swept_total')).map((line) => line.replace(/.*outcome=/u, ''));
  assert.deepEqual(swept, ['"there"} 1', '"missed"} 1', '"gone"} 1', '"unknown"} 0']);
  assert.deepEqual(await shown('earshot_erased_total'), [
    'earshot_erased_total{reason="age"} 0',
    'earshot_erased_total{reason="gone"} 1',
  ]);
  await chores.observe();
  await chores.observe();
  assert.deepEqual(await shown('earshot_sweep_lag_seconds'), ['earshot_sweep_lag_seconds 0']);
  it.later(DAY + 60);
  await chores.observe();
  const [, lag] = /earshot_sweep_lag_seconds (\d+)/u.exec(await metrics.text()) ?? [];
  assert.ok(Number(lag) > 0, 'a sweep that does not come is late');
  assert.doesNotMatch(await metrics.text(), /sample_user|forum\.example/u);
});

test('the log forgets by whom after the days that the settings say; the figures stay', async (t) => {
  const it = await slackWorld(t);
  const { mention, ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('the thread says who claimed it', () =>
    it.thread(ts).some((line) => line.includes('claimed by Sam')),
  );
  await it.slack.press('U1SAM', { message: ts }, 'Release');
  await it.slack.until('the thread says who released it', () =>
    it.thread(ts).some((line) => line.includes('released by Sam')),
  );
  const held = () => readFileSync(it.path).includes('U1SAM');
  it.later(179 * DAY);
  assert.equal(await forgetNames(it, it.workspaceId), 0);
  await it.stores.mentions.settle();
  assert.ok(held());
  it.later(2 * DAY);
  assert.equal(await forgetNames(it, it.workspaceId), 2);
  assert.ok(!held(), 'no byte of the file names them');
  const events = await it.stores.mentions.events(it.workspaceId, mention.id);
  assert.deepEqual(
    events.map(({ type, actor }) => [type, actor]),
    [
      ['posted', 'system'],
      ['claimed', 'somebody'],
      ['released', 'somebody'],
    ],
  );
});

async function told(it: SlackWorld, userId: string, what: RegExp): Promise<Ephemeral> {
  const find = () =>
    it.slack.ephemerals.findLast(
      (one) => one.userId === userId && what.test(`${one.text} ${reading(one.blocks)}`),
    );
  await it.slack.until(`${userId} is told ${String(what)}`, () => find() !== undefined, 60);
  return find()!;
}

/** Sam answers two in ten and thirty minutes, Kim dismisses one; one waits. */
async function busyDay(it: SlackWorld): Promise<void> {
  const act1 = (mentionId: string, command: object) =>
    act(it, { workspaceId: it.workspaceId, mentionId, command: command as never });
  const at = (n: number) => `https://forum.example/answers/${n}`;
  const cards = [await it.carded(), await it.carded(), await it.carded(), await it.carded()];
  const [first, second, third] = cards.map(({ mention }) => mention.id) as [string, string, string];
  await act1(first, { type: 'claim', actor: 'U1SAM' });
  await act1(second, { type: 'assign', actor: 'U3ALEX', to: 'U1SAM' });
  it.later(10);
  await act1(first, { type: 'answer', actor: 'U1SAM', url: at(1), note: null });
  it.later(20);
  await act1(second, { type: 'answer', actor: 'U1SAM', url: at(2), note: null });
  await act1(third, { type: 'dismiss', actor: 'U2KIM', reason: 'spam', note: null });
}

async function asksForPersons(it: SlackWorld, userId: string, button: string): Promise<string> {
  const earlier = it.slack.ephemerals.length;
  await it.slack.command(userId, 'report');
  await it.slack.until('the report is there', () => it.slack.ephemerals.length > earlier, 60);
  const report = it.slack.ephemerals.at(-1)!;
  assert.deepEqual(buttonsIn(report.blocks), [button]);
  const before = it.slack.ephemerals.length;
  await it.slack.press(userId, { ephemeral: report }, button);
  await it.slack.until('it is told', () => it.slack.ephemerals.length > before, 60);
  const last = it.slack.ephemerals.at(-1)!;
  assert.equal(last.userId, userId, 'nobody else is told');
  return `${last.text} ${reading(last.blocks)}`;
}

test('the report has the team’s figures, and names nobody', async (t) => {
  const it = await slackWorld(t);
  await busyDay(it);
  await it.slack.command('U2KIM', 'report week');
  const report = await told(it, 'U2KIM', /The last seven days/u);
  const text = reading(report.blocks);
  assert.match(text, /4 found, 4 with a card/u);
  assert.match(text, /2 claimed, 2 answered \(0 verified\), 1 dismissed, 0 withdrawn, 1 waiting/u);
  assert.match(text, /claims came within 0 min, half of the answers within 20 min/u);
  assert.doesNotMatch(JSON.stringify(report), /Sam|U1SAM/u);
  await it.slack.command('U2KIM', 'report forever');
  await told(it, 'U2KIM', /Ask for/u);
});

test('figures by person are for nobody but oneself, until a manager says for whom', async (t) => {
  const it = await slackWorld(t);
  await busyDay(it);
  const set = (change: Partial<Settings>) =>
    it.stores.workspaces.changeSettings(it.workspaceId, change);
  for (const userId of ['U1SAM', 'U2KIM', 'U3ALEX']) {
    const text = await asksForPersons(it, userId, 'My own figures');
    assert.match(text, /Your own figures/u);
    assert.doesNotMatch(text, userId === 'U1SAM' ? /Kim/u : /Sam: /u);
  }
  await set({ figuresFor: 'admins' });
  const all = await asksForPersons(it, 'U3ALEX', 'By person');
  assert.match(all, /Sam: 2 claimed, 2 answered, 0 dismissed, half of the answers within 20 min/u);
  assert.match(all, /Kim: 0 claimed, 0 answered, 1 dismissed/u);
  assert.match(await asksForPersons(it, 'U1SAM', 'My own figures'), /Your own/u);
  await set({ figuresFor: 'named', figuresNamed: ['U1SAM'] });
  assert.match(await asksForPersons(it, 'U1SAM', 'By person'), /Kim: /u);
  assert.match(await asksForPersons(it, 'U3ALEX', 'My own figures'), /Your own/u);
});

test('the right is looked at when the button is pressed, not when it was drawn', async (t) => {
  const it = await slackWorld(t, { settings: { figuresFor: 'admins' } });
  await busyDay(it);
  await it.slack.command('U3ALEX', 'report');
  const report = await told(it, 'U3ALEX', /The last seven days/u);
  await it.stores.workspaces.changeSettings(it.workspaceId, { figuresFor: 'nobody' });
  await it.slack.press('U3ALEX', { ephemeral: report }, 'By person');
  const own = await told(it, 'U3ALEX', /Your own figures/u);
  assert.doesNotMatch(reading(own.blocks), /Sam|Kim/u);
});

test('what one person did is listed without counting it', async (t) => {
  const it = await slackWorld(t);
  await busyDay(it);
  await it.slack.command('U2KIM', 'log <@U1SAM|sam>');
  const log = await told(it, 'U2KIM', /The last seven days by Sam/u);
  assert.doesNotMatch(reading(log.blocks), /\d+ events?/u);
});

test('who may see what, and how long names are kept, is set in one modal by those who may', async (t) => {
  const it = await slackWorld(t);
  await it.slack.command('U3ALEX', 'privacy');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U3ALEX'), 60);
  const text = (value: string) => ({ type: 'plain_text_input', value });
  const given = {
    retention: text('30'),
    figures_for: { type: 'static_select', selected_option: { value: 'named' } },
    figures_named: { type: 'multi_users_select', selected_users: ['U2KIM'] },
    staff_days: text('90'),
    country: text('de'),
    own_numbers: text('order number: AB-######\nK########'),
    languages: { type: 'multi_static_select', selected_options: [{ value: 'de' }] },
  };
  const wrong = {
    ...given,
    staff_days: text('7'),
    country: text('Germany'),
    own_numbers: text('A#'),
  };
  const none = { ...wrong, figures_named: { type: 'multi_users_select', selected_users: [] } };
  const refused = await it.slack.submit('U3ALEX', none);
  assert.deepEqual(Object.keys(refused['errors'] as object).sort(), [
    ...['country', 'figures_named', 'own_numbers', 'staff_days'],
  ]);
  await it.slack.submit('U3ALEX', given);
  await told(it, 'U3ALEX', /Saved/u);
  const settings = await it.stores.workspaces.settings(it.workspaceId);
  assert.deepEqual(
    [settings.figuresFor, settings.figuresNamed, settings.staffDays, settings.country],
    ['named', ['U2KIM'], 90, 'DE'],
  );
  assert.deepEqual(settings.ownNumbers, [
    { name: 'order number', pattern: 'AB-######' },
    { name: 'customer number', pattern: 'K########' },
  ]);
  assert.deepEqual(settings.languages, ['de']);
});
