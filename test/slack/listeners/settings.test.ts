import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keywordMenu } from '../../../src/slack/blocks/modals/thresholds.ts';
import { assertWithinLimits, elementsIn, reading } from '../../helpers/blocks.ts';
import { sampleKeyword, samplePoll } from '../../helpers/samples.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';
import { CHANNEL } from '../../helpers/slack-standin.ts';

function filled(over: Record<string, object> = {}): Record<string, object> {
  return {
    channel: { selected_conversation: CHANNEL },
    nudge: { value: '10' },
    ping: { value: '20' },
    marked: { selected_option: { value: 'same' } },
    people: { selected_users: ['U2KIM'] },
    groups: { selected_options: [{ value: 'S1LEADS' }] },
    managers: { selected_users: ['U1SAM'] },
    time_zone: { value: 'Europe/Berlin' },
    digest_times: { value: '16:00, 9:00' },
    burst_cards: { value: '7' },
    storm_from: { value: '40' },
    praise: { selected_conversation: 'C2PRAISE' },
    ...over,
  };
}

async function open(it: SlackWorld): Promise<void> {
  await it.slack.command('U3ALEX', 'settings');
  await it.slack.until(
    'the settings are shown',
    () =>
      it.slack.modals.get('U3ALEX')?.blocks.some(({ block_id: id }) => id === 'time_zone') ?? false,
  );
}

test('an admin sees the settings and changes them all at once', async (t) => {
  const it = await slackWorld(t);
  await open(it);
  assert.match(reading(it.slack.modals.get('U3ALEX')), /Support leads/u);
  await it.slack.submit('U3ALEX', filled());
  await it.slack.until('it is confirmed', () => it.slack.ephemerals.length > 0);
  assert.equal(it.slack.ephemerals[0]?.text, `Saved. Cards go to <#${CHANNEL}>.`);
  const settings = await it.stores.workspaces.settings('T1');
  assert.deepEqual(settings.escalateTo, ['U2KIM', 'S1LEADS']);
  assert.deepEqual(settings.managers, ['U1SAM']);
  assert.equal(settings.nudgeMinutes, 10);
  assert.equal(settings.pingMinutes, 20);
  assert.equal(settings.markedFaster, false);
  assert.equal(settings.timeZone, 'Europe/Berlin');
  assert.deepEqual(settings.digestTimes, ['09:00', '16:00']);
  assert.equal(settings.burstCards, 7);
  assert.equal(settings.stormFrom, 40);
  assert.equal(settings.praiseChannelId, 'C2PRAISE');
});

test('mistakes are shown beside their inputs', async (t) => {
  const it = await slackWorld(t);
  await open(it);
  const wrong = filled({
    channel: {},
    nudge: { value: '30' },
    ping: { value: '20' },
    time_zone: { value: 'Berlin' },
    digest_times: { value: 'nine' },
    burst_cards: { value: '0' },
  });
  const { errors } = (await it.slack.submit('U3ALEX', wrong)) as { errors: object };
  assert.deepEqual(Object.keys(errors), [
    'channel',
    'ping',
    'time_zone',
    'digest_times',
    'burst_cards',
  ]);
  const zero = filled({ nudge: { value: '0' }, ping: { value: 'soon' } });
  const second = (await it.slack.submit('U3ALEX', zero)) as { errors: object };
  assert.deepEqual(Object.keys(second.errors), ['nudge', 'ping']);
});

test('a channel without Earshot in it comes with the advice to invite it', async (t) => {
  const it = await slackWorld(t);
  it.slack.members.set('C2OTHER', ['U3ALEX']);
  await open(it);
  await it.slack.submit('U3ALEX', filled({ channel: { selected_conversation: 'C2OTHER' } }));
  await it.slack.until('it is confirmed', () => it.slack.ephemerals.length > 0);
  assert.match(it.slack.ephemerals[0]?.text ?? '', /Invite Earshot there/u);
});

test('without the right to see user groups that one input is missing, and what is set stays', async (t) => {
  const it = await slackWorld(t, { unknown: ['usergroups.list'] });
  await open(it);
  const groups = () => elementsIn(it.slack.modals.get('U3ALEX'), 'multi_static_select');
  assert.deepEqual(groups(), []);
  await it.stores.workspaces.changeSettings('T1', { escalateTo: ['S1LEADS'] });
  await open(it);
  await it.slack.until('the group that is set is offered', () => groups().length === 1);
});

test('the settings show what the thresholds of each keyword would have meant, and change them', async (t) => {
  const it = await slackWorld(t);
  const [keyword] = await it.stores.keywords.list('T1');
  const source = (await it.stores.sources.find('T1', it.sourceId))!;
  const counts = [18, 12, 9, 5].map((step, at) => ({
    ...{ keywordId: keyword!.id, step, posts: 2 ** at },
  }));
  await it.stores.sources.commitPoll(samplePoll(source, [], { counts }));
  await open(it);
  await it.slack.chooseOption('U3ALEX', { typed: {} }, 'Choose a keyword', keyword!.id);
  const modal = () => it.slack.modals.get('U3ALEX');
  await it.slack.until('the thresholds are shown', () => modal()?.callback_id === 'thresholds', 60);
  const read = reading(modal());
  assert.match(read, /15 judged posts in the last four weeks/u);
  assert.match(read, /^0\.80 {2}▊ {13}1 post$/mu);
  assert.match(read, /only clear complaints \(0\.8\): 1 post in four weeks/u);
  assert.match(read, /nearly everything \(0\.2\): 15 posts in four weeks/u);
  assertWithinLimits(modal()?.blocks ?? [], 100);
  const chosen = (value: string) => ({ selected_option: { value } });
  const wrong = { post_threshold: chosen('0.35'), digest_threshold: chosen('0.5') };
  const { errors } = (await it.slack.submit('U3ALEX', wrong)) as { errors: object };
  assert.deepEqual(Object.keys(errors), ['digest_threshold']);
  const right = { post_threshold: chosen('0.8'), digest_threshold: chosen('0.35') };
  await it.slack.submit('U3ALEX', right);
  const said = () => it.slack.ephemerals.map(({ text }) => text).join();
  await it.slack.until('it is confirmed', () => said().includes('Saved. "acme broadband"'), 60);
  const now = await it.stores.keywords.find('T1', keyword!.id);
  assert.deepEqual([now?.postThreshold, now?.digestThreshold], [0.8, 0.35]);
  assert.equal(now?.query, keyword!.query);
});

test('the menu of thresholds holds more keywords than one menu of Slack', () => {
  const many = Array.from({ length: 250 }, (_, n) => sampleKeyword({ query: `acme ${n}` }));
  const menu = keywordMenu(many)?.accessory as { option_groups: { options: object[] }[] };
  assert.deepEqual(
    menu.option_groups.map(({ options }) => options.length),
    [100, 100, 50],
  );
  assert.equal(keywordMenu([]), null);
});
