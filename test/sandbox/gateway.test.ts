import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { manifest } from './manifest.ts';
import { startEchoBot } from './echo-bot.ts';
import { KIM, press, ROBIN, SAM, sitDown } from './person.ts';
import type { At } from './person.ts';

describe('a Bolt app in the local workspace', () => {
  let sandbox: Sandbox;
  let app: App;
  let sam: At;
  let robin: At;

  before(async () => {
    sandbox = await startSandbox({ port: 0, manifest, ackTimeoutMs: 200 });
    app = await startEchoBot(sandbox);
    sam = await sitDown(sandbox, SAM);
    robin = await sitDown(sandbox, ROBIN);
  });
  after(async () => {
    sam.leave();
    robin.leave();
    await app.stop();
    await sandbox.close();
  });

  const command = (text: string) => ({
    do: 'command',
    channel: sandbox.channelId,
    command: '/earshot',
    text,
  });

  it('hears a slash command over the socket and answers that person alone', async () => {
    assert.deepEqual(await sam.do(command('log @robin https://example.org/a')), { ok: true });
    const answer = await sam.until((seen) =>
      seen.ephemerals.find(({ text }) => text.startsWith('heard: log')),
    );
    assert.equal(answer.text, `heard: log <@${ROBIN}|robin> <https://example.org/a>`);
    assert.deepEqual(robin.seen.ephemerals, []);
  });

  it('may answer a slash command in its acknowledgement', async () => {
    await sam.do(command('now please'));
    await sam.until((seen) => seen.ephemerals.find(({ text }) => text === 'at once: please'));
  });

  it('edits its card in place and writes in the thread when a button is pressed', async () => {
    await sam.do(command('card Third visit cancelled'));
    const card = await robin.until((seen) =>
      seen.messages.find((message) => message.text === 'Third visit cancelled'),
    );
    assert.deepEqual(await robin.do(press(card, 'claim')), { ok: true });
    const edited = await sam.until((seen) =>
      seen.messages.find((message) => message.ts === card.ts && message.edited),
    );
    assert.equal(edited.blocks[0].text.text, `*Claimed* by <@${ROBIN}>`);
    const line = await sam.until((seen) =>
      seen.messages.find((message) => message.thread_ts === card.ts),
    );
    assert.equal(line.text, `claimed by ${ROBIN}: m1`);
    await robin.until((seen) => seen.ephemerals.find(({ text }) => text === 'You have it now.'));
  });

  it('is not told of a button that is no longer on the card', async () => {
    await sam.do(command('card Twice'));
    const card = await sam.until((seen) => seen.messages.find(({ text }) => text === 'Twice'));
    await sam.do(press(card, 'claim'));
    await sam.until((seen) => seen.messages.find(({ ts, edited }) => ts === card.ts && edited));
    assert.deepEqual(await sam.do(press(card, 'claim')), {
      ok: false,
      problem: 'That is no longer there.',
    });
  });

  const answered = (url: string | null) => ({
    url: { value: { type: 'url_text_input', value: url } },
    note: { value: { type: 'plain_text_input', value: null } },
  });

  it('opens a modal in the tab that asked, and refuses an input in place', async () => {
    await sam.do(command('modal'));
    const view = await sam.until((seen) => seen.modals[0]);
    assert.equal(view.title.text, 'Log answer');
    assert.deepEqual(robin.seen.modals, []);
    const wrong = { do: 'submit', viewId: view.id, values: answered('https://wrong.example') };
    assert.deepEqual(await sam.do(wrong), {
      ok: false,
      errors: { url: 'That is the wrong address.' },
    });
    assert.equal(sam.seen.modals[0].id, view.id);
    const right = { do: 'submit', viewId: view.id, values: answered('https://right.example') };
    assert.deepEqual(await sam.do(right), { ok: true });
    await sam.until((seen) => seen.modals.length === 0);
    await sam.until((seen) =>
      seen.messages.find(({ text }) => text === 'answered at https://right.example'),
    );
  });

  it('may replace a modal, or push another onto it, when it is submitted', async () => {
    await sam.do(command('modal'));
    const { id } = await sam.until((seen) => seen.modals[0]);
    await sam.do({ do: 'submit', viewId: id, values: answered('https://again.example') });
    await sam.until((seen) => seen.modals[0]?.title.text === 'Once more');
    assert.equal(sam.seen.modals[0].id, id);
    await sam.do({ do: 'submit', viewId: id, values: answered('https://deeper.example') });
    const top = await sam.until((seen) => seen.modals[1]);
    assert.equal(top.title.text, 'On top');
    await sam.do({ do: 'close', viewId: top.id });
    await sam.until((seen) => seen.modals.length === 1);
    await sam.do({ do: 'submit', viewId: id, values: answered('https://deeper.example') });
    const again = await sam.until((seen) => seen.modals[1]);
    await sam.do({ do: 'submit', viewId: again.id, values: answered('https://enough.example') });
    await sam.until((seen) => seen.modals.length === 0);
  });

  it('is told of a modal that is closed, when it asked to be', async () => {
    await robin.do(command('modal'));
    const { id } = await robin.until((seen) => seen.modals[0]);
    await robin.do({ do: 'close', viewId: id });
    await robin.until((seen) => seen.messages.find(({ text }) => text === 'closed unanswered'));
  });

  it('does not take the modal of another person', async () => {
    await sam.do(command('modal'));
    const { id } = await sam.until((seen) => seen.modals[0]);
    const stolen = await robin.do({
      do: 'submit',
      viewId: id,
      values: answered('https://x.example'),
    });
    assert.equal(stolen.ok, false);
    await sam.do({ do: 'close', viewId: id });
  });

  it('opens one modal with a trigger id, not two', async () => {
    await sam.do(command('twice'));
    await sam.until((seen) => seen.ephemerals.find(({ text }) => text === 'exchanged_trigger_id'));
    await sam.do({ do: 'close', viewId: sam.seen.modals[0].id });
    await sam.until((seen) => seen.modals.length === 0);
  });

  it('answers a message shortcut', async () => {
    await sam.do({ do: 'say', channel: sandbox.channelId, text: 'look at this' });
    const { ts } = await sam.until((seen) =>
      seen.messages.find(({ text }) => text === 'look at this'),
    );
    await sam.do({
      do: 'shortcut',
      callbackId: 'treat_as_mention',
      channel: sandbox.channelId,
      ts,
    });
    await sam.until((seen) => seen.ephemerals.find(({ text }) => text === 'about: look at this'));
  });

  it('draws the Home of the person who opens it', async () => {
    await sam.do({ do: 'home' });
    const home = await sam.until((seen) => seen.home);
    assert.match(home.blocks[1].text.text, new RegExp(SAM));
    assert.equal(robin.seen.home, null);
  });

  it('leaves a person who is not in the channel outside of it until they join', async () => {
    const kim = await sitDown(sandbox, KIM);
    const say = { do: 'say', channel: sandbox.channelId, text: 'may I?' };
    assert.deepEqual(await kim.do(say), { ok: false, problem: 'Join the channel to write there.' });
    assert.deepEqual(await kim.do({ do: 'join', channel: sandbox.channelId }), { ok: true });
    assert.deepEqual(await kim.do(say), { ok: true });
    kim.leave();
  });

  it('lets a person dismiss what only they can see', async () => {
    await robin.do(command('dismiss me'));
    const { ts } = await robin.until((seen) =>
      seen.ephemerals.find(({ text }) => text === 'heard: dismiss me'),
    );
    await sam.do({ do: 'dismiss', ts });
    assert.ok(robin.seen.ephemerals.some((message) => message.ts === ts));
    await robin.do({ do: 'dismiss', ts });
    await robin.until((seen) => !seen.ephemerals.some((message) => message.ts === ts));
  });

  it('is reported to the person when it does not acknowledge in time', async () => {
    assert.deepEqual(await sam.do(command('silent')), {
      ok: false,
      problem:
        '/earshot failed: Earshot did not answer in time. If nothing happens in a moment, try again.',
    });
  });
});

describe('the Web API of the local workspace', () => {
  let sandbox: Sandbox;
  let client: WebClient;

  before(async () => {
    sandbox = await startSandbox({ port: 0, manifest });
    client = new WebClient(sandbox.botToken, {
      slackApiUrl: sandbox.apiUrl,
      retryConfig: { retries: 0 },
    });
  });
  after(() => sandbox.close());

  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  async function errorOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
    try {
      await call;
    } catch (error) {
      return (error as { data: Record<string, unknown> }).data;
    }
    assert.fail('the call was accepted');
  }

  it('grants the scopes of the manifest and no others', async () => {
    const test = await client.auth.test();
    assert.deepEqual(test.response_metadata?.scopes, manifest.oauth_config.scopes.bot);
    const { error, needed } = await errorOf(
      client.conversations.history({ channel: sandbox.channelId }),
    );
    assert.equal(error, 'missing_scope');
    assert.equal(needed, 'channels:history');
  });

  it('knows user groups, members and who is an admin', async () => {
    const { usergroups } = await client.usergroups.list({ include_users: true });
    assert.equal(usergroups?.[0]?.handle, 'support-leads');
    const { users } = await client.usergroups.users.list({ usergroup: usergroups![0]!.id! });
    assert.deepEqual(users, [ROBIN, 'U0ALEX0001']);
    const { members } = await client.conversations.members({ channel: sandbox.channelId });
    assert.ok(members?.includes(SAM) && !members.includes(KIM));
    const alex = await client.users.info({ user: 'U0ALEX0001' });
    const robin = await client.users.info({ user: ROBIN });
    assert.deepEqual([alex.user?.is_admin, alex.user?.is_owner], [true, true]);
    assert.deepEqual([robin.user?.is_admin, robin.user?.is_owner], [false, false]);
  });

  it('refuses tokens, methods and channels as Slack does', async () => {
    const call = async (method: string, token: string) => {
      const response = await fetch(sandbox.apiUrl + method, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      });
      return ((await response.json()) as { error?: string }).error;
    };
    assert.equal(await call('auth.test', 'xoxb-unknown'), 'invalid_auth');
    assert.equal(await call('auth.test', ''), 'not_authed');
    assert.equal(await call('no.such.method', sandbox.botToken), 'unknown_method');
    assert.equal(await call('apps.connections.open', sandbox.botToken), 'not_allowed_token_type');
    assert.equal(await call('auth.test', sandbox.appToken), 'not_allowed_token_type');
    const general = await errorOf(client.chat.postMessage({ channel: 'C0GENERAL1', text: 'hi' }));
    assert.equal(general['error'], 'not_in_channel');
    const kim = { channel: sandbox.channelId, user: KIM, text: 'hi' };
    assert.equal((await errorOf(client.chat.postEphemeral(kim)))['error'], 'user_not_in_channel');
  });

  it('refuses blocks that Slack would refuse, and says where', async () => {
    const blocks = [{ type: 'header' as const, text: plain('x'.repeat(151)) }];
    const { error, response_metadata } = await errorOf(
      client.chat.postMessage({ channel: sandbox.channelId, text: 'long', blocks }),
    );
    assert.equal(error, 'invalid_blocks');
    assert.deepEqual((response_metadata as { messages: string[] }).messages, [
      '[ERROR] must be at most 150 characters [json-pointer:/blocks/0/text/text]',
    ]);
    const view = { type: 'modal' as const, title: plain('x'.repeat(25)), blocks: [] };
    const refused = await errorOf(client.views.open({ trigger_id: '1.2.x', view }));
    assert.equal(refused['error'], 'invalid_arguments');
  });

  it('gives blocks and elements the ids that they lack, and keeps those they have', async () => {
    const { message } = await client.chat.postMessage({
      channel: sandbox.channelId,
      text: 'ids',
      blocks: [
        {
          type: 'actions',
          elements: [
            { type: 'button', text: plain('a'), action_id: 'mine' },
            { type: 'button', text: plain('b') },
          ],
        },
      ],
    });
    const block = message?.blocks?.[0] as { block_id: string; elements: { action_id: string }[] };
    assert.match(block.block_id, /^\w+$/);
    assert.equal(block.elements[0]?.action_id, 'mine');
    assert.match(block.elements[1]!.action_id, /^\w+$/);
    assert.equal(message?.bot_id, 'B0EARSHOT1');
  });

  it('takes a picture and shows its bytes to the page', async () => {
    const pixel = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const sam = await sitDown(sandbox, SAM);
    await client.filesUploadV2({
      channel_id: sandbox.channelId,
      filename: 'week.png',
      title: 'The week',
      alt_text: 'A chart',
      file: pixel,
    });
    const { files } = await sam.until((seen) => seen.messages.find((message) => message.files));
    assert.equal(files[0].title, 'The week');
    const response = await fetch(`${sandbox.url}/page/files/${files[0].id}`);
    assert.equal(response.headers.get('content-type'), 'image/png');
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), pixel);
    sam.leave();
  });

  it('leads a permalink to the message on the page', async () => {
    const { ts } = await client.chat.postMessage({ channel: sandbox.channelId, text: 'here' });
    const { permalink } = await client.chat.getPermalink({
      channel: sandbox.channelId,
      message_ts: ts!,
    });
    const response = await fetch(permalink!, { redirect: 'manual' });
    assert.equal(response.headers.get('location'), `/?channel=${sandbox.channelId}&message=${ts}`);
  });
});
