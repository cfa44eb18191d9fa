import assert from 'node:assert/strict';
import dns from 'node:dns';
import { test, type TestContext } from 'node:test';
import { createOutbox } from '../../src/flows/tell/outbox.ts';
import { createSlackApp } from '../../src/slack/app.ts';
import { eventually } from '../helpers/eventually.ts';
import { world } from '../helpers/flows.ts';
import { CHANNEL, slackStandin } from '../helpers/slack-standin.ts';
import { slackFlows } from '../helpers/slack-world.ts';

/** A name that only this process knows, and that it can stop knowing. */
const NAME = 'slack.invalid';

/** From now on the name means this machine, or cannot be looked up. */
function names(t: TestContext) {
  let trouble: string | null = null;
  const known = dns.lookup;
  const lookup = (name: string, ...rest: unknown[]) => {
    const done = rest.at(-1) as (error: Error | null, ...answer: unknown[]) => void;
    if (name !== NAME) return (known as (...all: unknown[]) => unknown)(name, ...rest);
    if (trouble !== null) {
      const error = new Error(`getaddrinfo ${trouble} ${name}`);
      return process.nextTick(
        done,
        Object.assign(error, { code: trouble, syscall: 'getaddrinfo' }),
      );
    }
    const { all } = rest[0] as { all?: boolean };
    const found = { address: '127.0.0.1', family: 4 };
    return all
      ? process.nextTick(done, null, [found])
      : process.nextTick(done, null, found.address, 4);
  };
  t.mock.method(dns, 'lookup', lookup as typeof dns.lookup);
  return (code: string | null) => (trouble = code);
}

test('when the name of Slack cannot be looked up for an hour, that is said, and all goes on by itself', async (t) => {
  const fail = names(t);
  const slack = await slackStandin(t);
  const it = await world(t, { channelId: CHANNEL });
  const quick = { calls: 1000, perMs: 1 };
  const app = await createSlackApp({
    ...{ mode: 'socket', botToken: 'xoxb-sample', appToken: 'xapp-sample' },
    apiUrl: slack.apiUrl.replace('127.0.0.1', NAME),
    ...{ clock: it.clock, log: it.log, paces: { post: quick, update: quick } },
  });
  t.after(() => app.stop());
  it.notifier = app.notifier;
  await app.start(slackFlows(it));
  const outbox = createOutbox(it);
  await slack.until('it is connected', () => slack.connections() === 1);

  fail('EAI_AGAIN');
  slack.hangUp();
  // A connection that is there needs no name.
  slack.letGo();
  const found = await it.found({}, {});
  const before = slack.calls.length;
  for (let minute = 0; minute < 60; minute += 1) {
    await outbox(it.workspaceId);
    it.later(1);
  }
  assert.equal(slack.calls.length, before);
  const told = (what: RegExp) =>
    it.log.lines.some(
      ({ message, fields }) =>
        what.test(message) &&
        /name of Slack could not be looked up \(EAI_AGAIN\)/u.test(JSON.stringify(fields)),
    );
  assert.ok(told(/Slack did not take it/u));
  await eventually('the lost connection is told', () => told(/no connection to Slack/u));

  fail(null);
  await outbox(it.workspaceId);
  for (const { id } of found) {
    assert.notEqual((await it.stores.mentions.find(it.workspaceId, id))?.cardTs, null);
  }
  const cards = [...slack.messages.values()].filter(({ threadTs }) => threadTs === null);
  assert.equal(cards.length, found.length, 'what was never sent is not in doubt');
  await slack.until('it is connected again', () => slack.connections() === 1);
});
