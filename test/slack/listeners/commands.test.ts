import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Source } from '../../../src/core/source.ts';
import { understand } from '../../../src/slack/listeners/commands/index.ts';
import { nearest, slipsBetween } from '../../../src/core/nearest.ts';
import { splitWord, unwrap } from '../../../src/slack/listeners/commands/request.ts';
import { assertWithinLimits, buttonsIn, reading, textsIn } from '../../helpers/blocks.ts';
import { NOON, sampleKeyword, sampleSource } from '../../helpers/samples.ts';
import { slackWorld, type SlackWorld } from '../../helpers/slack-world.ts';
import { CHANNEL, type Ephemeral } from '../../helpers/slack-standin.ts';

/** Types a command and returns the private answer. */
async function ask(it: SlackWorld, userId: string, text: string): Promise<Ephemeral> {
  const before = it.slack.ephemerals.length;
  await it.slack.command(userId, text);
  return answer(it, before);
}

async function answer(it: SlackWorld, before: number): Promise<Ephemeral> {
  await it.slack.until('there is an answer', () => it.slack.ephemerals.length > before);
  const said = it.slack.ephemerals[before];
  assert.ok(said);
  assertWithinLimits(said.blocks);
  return said;
}

test('slips are counted as a person makes them', () => {
  assert.equal(slipsBetween('watch', 'watch'), 0);
  assert.equal(slipsBetween('wacth', 'watch'), 1);
  assert.equal(slipsBetween('wtch', 'watch'), 1);
  assert.equal(slipsBetween('keyword', 'keywords'), 1);
  assert.equal(slipsBetween('', 'log'), 3);
});

test('the nearest word is found, and a far one is not guessed at', () => {
  const words = ['watch', 'log', 'settings'];
  assert.equal(nearest('wacth', words), 'watch');
  assert.equal(nearest('setings', words), 'settings');
  assert.equal(nearest('unicorn', words), null);
});

test('what Slack wraps and escapes is read as it was typed', () => {
  assert.equal(
    unwrap('source add <https://forum.example/feed.xml|forum.example/feed.xml>'),
    'source add https://forum.example/feed.xml',
  );
  assert.equal(unwrap('watch “acme broadband” R&amp;D'), 'watch "acme broadband" R&D');
  assert.deepEqual(splitWord('  WATCH  two words '), { word: 'watch', rest: 'two words' });
});

test('aliases and natural mix-ups are understood', () => {
  const word = (text: string) => understand(text).command?.word;
  assert.equal(word('add acme'), 'watch');
  assert.equal(word('sources add https://forum.example'), 'source');
  assert.equal(word('keywords add acme'), 'watch');
  assert.equal(word('history week'), 'log');
});

test('help lists every command, and nothing typed is help too', async (t) => {
  const it = await slackWorld(t);
  for (const text of ['help', '']) {
    const said = await ask(it, 'U4VISITOR', text);
    for (const word of ['watch', 'keywords', 'source add', 'try', 'status', 'log', 'settings']) {
      assert.ok(reading(said.blocks).includes(`/earshot ${word}`), word);
    }
  }
});

test('a typo gets the nearest command', async (t) => {
  const it = await slackWorld(t);
  const said = await ask(it, 'U1SAM', 'wacth acme');
  assert.match(reading(said.blocks), /Did you mean: watch\?/u);
});

test('an admin watches a query, and learns what it means and what comes next', async (t) => {
  const it = await slackWorld(t);
  const said = await ask(
    it,
    'U3ALEX',
    `watch "sample router" -jobs <#${CHANNEL}|support-mentions>`,
  );
  const read = reading(said.blocks);
  assert.match(read, /Watching "sample router" -jobs/u);
  assert.match(read, new RegExp(`Cards go to <#${CHANNEL}>`, 'u'));
  const keywords = await it.stores.keywords.list('T1');
  const keyword = keywords.find(({ query }) => query === '"sample router" -jobs');
  assert.equal(keyword?.channelId, CHANNEL);
  assert.equal(keyword?.createdBy, 'U3ALEX');
});

test('a query that cannot be understood is answered with what to write instead', async (t) => {
  const it = await slackWorld(t);
  const said = await ask(it, 'U3ALEX', 'watch acme (');
  assert.match(said.text, /never closed.* Write: acme/u);
  assert.equal((await it.stores.keywords.list('T1')).length, 1);
});

test('a redelivered command is carried out once', async (t) => {
  const it = await slackWorld(t);
  const payload = {
    command: '/earshot',
    text: 'watch router',
    user_id: 'U3ALEX',
    team_id: 'T1',
    channel_id: CHANNEL,
    trigger_id: 'one and the same',
    response_url: `${it.slack.apiUrl.replace('/api/', '')}/respond?user=U3ALEX&channel=${CHANNEL}`,
  };
  await it.slack.deliver('slash_commands', payload);
  await it.slack.deliver('slash_commands', payload);
  // A stop waits for what is under way, so afterwards nothing more can come.
  await it.app.stop();
  assert.deepEqual(
    it.slack.ephemerals.map(({ text }) => text),
    ['Watching router'],
  );
});

test('who is no admin is told who may, and nothing is saved', async (t) => {
  const it = await slackWorld(t);
  for (const text of ['watch router', 'source add https://forum.example', 'source remove x']) {
    const said = await ask(it, 'U1SAM', text);
    assert.match(said.text, /admins, and the people that they name/u);
  }
  await ask(it, 'U1SAM', 'settings');
  assert.ok(!it.slack.modals.has('U1SAM'));
  assert.equal((await it.stores.keywords.list('T1')).length, 1);
});

test('a manager whom the settings name may do what an admin may', async (t) => {
  const it = await slackWorld(t, { settings: { managers: ['U1SAM'] } });
  const said = await ask(it, 'U1SAM', 'watch router');
  assert.match(said.text, /Watching router/u);
});

test('where people cannot be looked up, everybody sets up until managers are named', async (t) => {
  const it = await slackWorld(t, { unknown: ['users.info'] });
  assert.match((await ask(it, 'U1SAM', 'watch router')).text, /Watching router/u);
  await it.stores.workspaces.changeSettings('T1', { managers: ['U2KIM'] });
  assert.match((await ask(it, 'U1SAM', 'watch modem')).text, /admins/u);
});

test('the list of keywords pauses, resumes and removes them in place', async (t) => {
  const it = await slackWorld(t);
  const list = await ask(it, 'U3ALEX', 'keywords');
  assert.deepEqual(buttonsIn(list.blocks), ['Pause', 'Edit', 'Thresholds', 'Remove']);
  let before = it.slack.ephemerals.length;
  await it.slack.press('U3ALEX', { ephemeral: list }, 'Pause');
  const paused = await answer(it, before);
  assert.ok(paused.replaces);
  assert.deepEqual(buttonsIn(paused.blocks), ['Resume', 'Edit', 'Thresholds', 'Remove']);
  before = it.slack.ephemerals.length;
  await it.slack.press('U3ALEX', { ephemeral: paused }, 'Remove');
  const removed = await answer(it, before);
  assert.match(removed.text, /To have it back: `\/earshot watch "acme broadband"`/u);
  assert.deepEqual(await it.stores.keywords.list('T1'), []);
});

test('a keyword is edited in a modal, with its mistakes shown in place', async (t) => {
  const it = await slackWorld(t);
  const list = await ask(it, 'U3ALEX', 'keywords');
  await it.slack.press('U3ALEX', { ephemeral: list }, 'Edit');
  await it.slack.until('the modal is open', () => it.slack.modals.has('U3ALEX'));
  const values = (query: string, post: string, digest: string) => ({
    query: { value: query },
    channel: { selected_conversation: null },
    post_threshold: { selected_option: { value: post } },
    digest_threshold: { selected_option: { value: digest } },
  });
  const wrong = await it.slack.submit('U3ALEX', values('acme (', '0.4', '0.6'));
  const errors = wrong['errors'] as Record<string, string>;
  assert.match(errors['query'] ?? '', /never closed/u);
  assert.equal(errors['digest_threshold'], 'Not above the threshold of a card.');
  const before = it.slack.ephemerals.length;
  await it.slack.submit('U3ALEX', values('acme', '0.7', '0.4'));
  assert.match((await answer(it, before)).text, /Watching acme/u);
  const [keyword] = await it.stores.keywords.list('T1');
  assert.equal(keyword?.query, 'acme');
  assert.equal(keyword?.postThreshold, 0.7);
});

test('long lists stay within what Slack takes, and say how many more there are', async (t) => {
  const it = await slackWorld(t);
  for (let n = 0; n < 60; n++) {
    await it.stores.keywords.add(sampleKeyword({ query: `"sample ${n}" ${'word '.repeat(200)}` }));
    await it.stores.sources.add(sampleSource({ label: `Sample ${n} ${'x'.repeat(400)}` }));
  }
  assert.match(reading((await ask(it, 'U1SAM', 'keywords')).blocks), /46 more/u);
  assert.match(reading((await ask(it, 'U1SAM', 'sources')).blocks), /46 more/u);
  assert.equal(buttonsIn((await ask(it, 'U1SAM', 'keywords sample 33')).blocks).length, 4);
});

const forum: Source = {
  kind: 'forum',
  name: 'A sample forum',
  hears: 'New posts.',
  cannotHear: 'Private rooms.',
  rules: {
    consent: [],
    keepDays: null,
    sweepHours: 24,
    sweepBatch: 1,
    answering: [],
    replyLimit: null,
  },
  politeness: { intervalSeconds: 300, minimumSeconds: 60 },
  needs: null,
  recognise: (input) =>
    input.startsWith('https://') ? { address: input, label: 'forum.example' } : null,
  poll: async ({ address }) =>
    address.includes('broken')
      ? {
          ok: false,
          failure: { kind: 'malformed', cause: 'html', message: 'answers with a web page' },
        }
      : {
          ok: true,
          posts: [
            {
              externalId: '1',
              url: null,
              author: null,
              title: null,
              text: 'MARK<!channel> the newest post',
              publishedAt: NOON,
              editedAt: null,
              language: null,
            },
          ],
          cursor: '{}',
          waitSeconds: null,
          gap: null,
          movedTo: null,
          deleted: [],
          title: 'MARK <!channel> forum',
          malformed: 0,
        },
};

test('adding a source answers at once, then says what can be heard there', async (t) => {
  const it = await slackWorld(t, { sources: [forum] });
  const before = it.slack.ephemerals.length;
  const ack = await it.slack.command('U3ALEX', 'source add <https://forum.example/feed.xml>');
  assert.match(String(ack['text']), /^Looking at https:\/\/forum\.example\/feed\.xml/u);
  const said = await answer(it, before);
  const read = reading(said.blocks);
  assert.match(read, /Listening to MARK <!channel> forum/u);
  assert.match(read, /Hears: New posts\./u);
  assert.match(read, /the newest post/u);
  for (const { kind, text } of textsIn(said.blocks)) {
    if (kind === 'mrkdwn') assert.ok(!text.includes('MARK'), text);
  }
  const list = await ask(it, 'U3ALEX', 'sources');
  assert.ok(buttonsIn(list.blocks).includes('Remove'));
});

test('a source that cannot be read says why, and is not kept', async (t) => {
  const it = await slackWorld(t, { sources: [forum] });
  const said = await ask(it, 'U3ALEX', 'source add https://broken.example');
  assert.match(said.text, /answers with a web page/u);
  assert.equal((await it.stores.sources.list('T1')).length, 1);
});

test('a source is paused, and removed by its address', async (t) => {
  const it = await slackWorld(t, { sources: [forum] });
  await ask(it, 'U3ALEX', 'source add https://forum.example/feed.xml');
  const list = await ask(it, 'U3ALEX', 'sources mark');
  const before = it.slack.ephemerals.length;
  await it.slack.press('U3ALEX', { ephemeral: list }, 'Pause');
  assert.ok((await answer(it, before)).replaces);
  assert.ok((await it.stores.sources.list('T1')).some(({ paused }) => paused));
  const removed = await ask(it, 'U3ALEX', 'source remove https://forum.example/feed.xml');
  assert.match(removed.text, /^Removed/u);
  assert.match((await ask(it, 'U3ALEX', 'source remove nothing')).text, /No such source/u);
  assert.match((await ask(it, 'U3ALEX', 'source constructor x')).text, /Give an address/u);
});

test('try says what would be posted, and why', async (t) => {
  const it = await slackWorld(t);
  const text = 'try Acme Broadband is down again, still waiting, useless and terrible service';
  const said = await ask(it, 'U1SAM', text);
  assert.match(reading(said.blocks), /It would be posted as a card\./u);
  assert.match(reading(said.blocks), /Negative [01]\.\d\d · because: /u);
  const other = await ask(it, 'U1SAM', 'try nothing of ours');
  assert.match(other.text, /No keyword matches/u);
});

test('status says what waits and for how long, with a way to the card', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded();
  const read = reading((await ask(it, 'U1SAM', 'status')).blocks);
  assert.match(read, /1 open · 0 claimed/u);
  assert.match(read, /Today: 1 found, 0 claimed/u);
  const link = `https://acme-sample.slack.com/archives/${CHANNEL}/p${ts.replace('.', '')}`;
  assert.ok(read.includes(`<${link}|its card>`), read);
});

test('the log shows who did what, and can be asked for one person', async (t) => {
  const it = await slackWorld(t);
  const { ts } = await it.carded();
  await it.slack.press('U1SAM', { message: ts }, 'Claim');
  await it.slack.until('it is claimed', () => it.thread(ts).includes('claimed by Sam'));
  const today = reading((await ask(it, 'U4VISITOR', 'log')).blocks);
  assert.match(today, /^Today: 1 card, 1 event$/mu);
  assert.match(today, /<!date\^\d+\^\{time\}\|.*> {2}claimed by Sam · "acme broadband" · <https:/u);
  const sam = reading((await ask(it, 'U2KIM', 'log <@U1SAM|sam>')).blocks);
  assert.match(sam, /^The last seven days by Sam$/mu);
  assert.match((await ask(it, 'U2KIM', 'log <@U2KIM>')).text, /by Kim: nothing/u);
  assert.match((await ask(it, 'U2KIM', 'log yesterday')).text, /Ask for/u);
});
