import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { WebClient } from '@slack/web-api';
import { createAccess } from '../../src/slack/access.ts';
import { createCapabilities } from '../../src/slack/capabilities.ts';
import { createPeople } from '../../src/slack/people.ts';
import { keptLog } from '../helpers/flows.ts';
import { NOON, sampleMention, sampleSettings } from '../helpers/samples.ts';
import { CHANNEL, slackStandin } from '../helpers/slack-standin.ts';

async function setUp(t: TestContext, managers: string[] = []) {
  const slack = await slackStandin(t);
  const client = new WebClient('xoxb-sample', {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  let now = NOON.getTime();
  const clock = () => new Date(now);
  const log = keptLog();
  const capabilities = createCapabilities(clock, log);
  const people = createPeople(client, capabilities, clock);
  const stores = { workspaces: { settings: async () => sampleSettings({ managers }) } };
  const access = createAccess({ client, stores, people, capabilities, clock });
  const pass = (seconds: number) => void (now += seconds * 1000);
  return { slack, access, people, capabilities, log, pass };
}

const mention = sampleMention({ channelId: CHANNEL });

test('every member of the channel may act, whichever page of the list they are on', async (t) => {
  const { access } = await setUp(t);
  for (const id of ['U1SAM', 'U2KIM', 'U3ALEX']) {
    assert.ok(await access.mayAct(id, mention, CHANNEL), id);
  }
});

test('who is in the channel is asked once a minute, not once a click', async (t) => {
  const { slack, access, pass } = await setUp(t);
  await access.mayAct('U1SAM', mention, CHANNEL);
  const once = slack.of('conversations.members').length;
  await access.mayAct('U2KIM', mention, CHANNEL);
  assert.equal(slack.of('conversations.members').length, once);
  pass(61);
  await access.mayAct('U2KIM', mention, CHANNEL);
  assert.equal(slack.of('conversations.members').length, 2 * once);
});

test('a stranger who keeps clicking does not make us ask at every click', async (t) => {
  const { slack, access } = await setUp(t);
  for (let clicks = 0; clicks < 20; clicks++) {
    assert.equal(await access.mayAct('U4VISITOR', mention, CHANNEL), false);
  }
  assert.equal(slack.of('conversations.members').length, 2);
});

test('an outage does not take the right to act away from those who were members', async (t) => {
  const { slack, access, pass } = await setUp(t);
  await access.mayAct('U1SAM', mention, CHANNEL);
  pass(61);
  slack.script('conversations.members', { error: 'internal_error' });
  assert.ok(await access.mayAct('U1SAM', mention, CHANNEL));
  assert.ok(await access.mayAct('U1SAM', mention, CHANNEL));
});

test('without the right to see members, those count who click in the channel of the card', async (t) => {
  const { slack, access } = await setUp(t);
  slack.unknown.add('conversations.members');
  assert.ok(await access.mayAct('U4VISITOR', mention, CHANNEL));
  assert.ok(!(await access.mayAct('U4VISITOR', mention, 'C2OTHER')));
  assert.ok(!(await access.mayAct('U4VISITOR', mention, null)));
});

test('nobody acts on a mention without a card', async (t) => {
  const { access } = await setUp(t);
  assert.ok(!(await access.mayAct('U1SAM', sampleMention(), CHANNEL)));
});

test('admins and named managers manage, others do not', async (t) => {
  const { access } = await setUp(t, ['U2KIM']);
  assert.ok(await access.mayManage('T1', 'U3ALEX'));
  assert.ok(await access.mayManage('T1', 'U2KIM'));
  assert.ok(!(await access.mayManage('T1', 'U1SAM')));
  assert.ok(!(await access.mayManage('T1', 'UNOBODY')));
});

test('a failing look-up of a person does not make them an admin', async (t) => {
  const { slack, access } = await setUp(t);
  slack.script('users.info', { error: 'internal_error' });
  assert.ok(!(await access.mayManage('T1', 'U1SAM')));
});

test('a name that was known survives an outage, and the machinery is called Earshot', async (t) => {
  const { slack, people, pass } = await setUp(t);
  assert.equal(await people.name('U1SAM'), 'Sam');
  pass(61);
  slack.script('users.info', { status: 500 });
  assert.equal(await people.name('U1SAM'), 'Sam');
  assert.equal(await people.name('U1SAM'), 'Sam');
  pass(61);
  slack.people.set('U1SAM', { name: 'Sam &amp; Co', isAdmin: false });
  assert.equal(await people.name('U1SAM'), 'Sam & Co');
  assert.equal(await people.name('system'), 'Earshot');
});

test('without the right to look people up, those are named who have clicked', async (t) => {
  const { slack, people } = await setUp(t);
  slack.unknown.add('users.info');
  people.learn('U1SAM', 'sam');
  assert.equal(await people.name('U1SAM'), 'sam');
  assert.equal(await people.name('U2KIM'), 'U2KIM');
});

test('a missing feature is said once, not asked for at every turn, and found again later', async (t) => {
  const { slack, people, capabilities, log, pass } = await setUp(t);
  slack.script('users.info', { error: 'missing_scope' });
  await people.find('U1SAM');
  await people.find('U2KIM');
  assert.equal(slack.of('users.info').length, 1);
  assert.equal(log.lines.filter(({ level }) => level === 'warn').length, 1);
  assert.deepEqual(
    capabilities.missing().map(({ capability, cause }) => [capability, cause]),
    [['people', 'missing_scope']],
  );
  pass(601);
  assert.equal((await people.find('U1SAM'))?.name, 'Sam');
  assert.deepEqual(capabilities.missing(), []);
});
