import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SCOPES } from '../../src/slack/check.ts';
import { ACTIONS, COMMAND, VIEWS } from '../../src/slack/ids.ts';
import { slackWorld } from '../helpers/slack-world.ts';
import { CHANNEL } from '../helpers/slack-standin.ts';

test('where all is well, every line of the check is', async (t) => {
  const { app } = await slackWorld(t);
  const findings = await app.check(CHANNEL);
  assert.ok(findings.every(({ ok, fix }) => ok && fix === null));
  assert.match(findings.map(({ what }) => what).join('\n'), /signed in to Acme \(sample\)/u);
});

test('what Slack does not offer is named with its effect and its fix', async (t) => {
  const { app } = await slackWorld(t, { unknown: ['usergroups.list', 'users.info'] });
  const bad = (await app.check(CHANNEL)).filter(({ ok }) => !ok);
  assert.equal(bad.length, 2);
  assert.ok(bad.some(({ what }) => /usergroups \(unknown_method\)/u.test(what)));
  assert.ok(bad.every(({ fix }) => /reinstall/u.test(fix ?? '')));
});

test('a channel that Earshot is not in comes with the way in', async (t) => {
  const { app, slack } = await slackWorld(t);
  slack.members.set('C2OTHER', ['U1SAM']);
  const bad = (await app.check('C2OTHER')).filter(({ ok }) => !ok);
  assert.deepEqual(bad, [
    {
      ok: false,
      what: 'Slack: not in the support channel C2OTHER',
      fix: 'Type /invite @Earshot there.',
    },
  ]);
  const unseen = (await app.check('C9GONE')).filter(({ ok }) => !ok);
  assert.match(unseen[0]?.what ?? '', /C9GONE: channel_not_found/u);
});

test('a channel is found by its name, and an id is taken as it is', async (t) => {
  const { app } = await slackWorld(t);
  assert.equal(await app.findChannel('#support-mentions'), CHANNEL);
  assert.equal(await app.findChannel('nowhere'), null);
  assert.equal(await app.findChannel('C0123456789'), 'C0123456789');
});

test('the manifest asks for the command, and for every scope that the check explains', () => {
  const manifest = JSON.parse(readFileSync('src/slack/manifest.json', 'utf8')) as {
    features: { slash_commands: { command: string; should_escape: boolean }[] };
    oauth_config: { scopes: { bot: string[] } };
  };
  const [command] = manifest.features.slash_commands;
  assert.equal(command?.command, COMMAND);
  assert.equal(command?.should_escape, true);
  for (const scope of Object.keys(SCOPES)) {
    assert.ok(manifest.oauth_config.scopes.bot.includes(scope), scope);
  }
});

test('no two things that Slack sends back share an id', () => {
  for (const ids of [ACTIONS, VIEWS]) {
    assert.equal(new Set(Object.values(ids)).size, Object.values(ids).length);
  }
});

test('an app token that Slack does not take is told with the way to a new one', async (t) => {
  const { app, slack } = await slackWorld(t);
  slack.script('apps.connections.open', { error: 'invalid_auth' });
  const [bad] = (await app.check(CHANNEL)).filter(({ ok }) => !ok);
  assert.match(bad?.what ?? '', /Socket Mode: invalid_auth/u);
  assert.match(bad?.fix ?? '', /SLACK_APP_TOKEN/u);
});
