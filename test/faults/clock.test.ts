import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escalateDue } from '../../src/flows/act/escalate.ts';
import { drain } from '../../src/flows/tell/outbox.ts';
import { pollSource } from '../../src/flows/hear/poll.ts';
import { createTicks } from '../../src/schedule.ts';
import { eventually } from '../helpers/eventually.ts';
import { keptLog, world } from '../helpers/flows.ts';
import { pollDeps } from '../helpers/poll-deps.ts';
import { fakePlace } from '../helpers/place.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

test('a clock that leaps a day ahead and comes back brings no burst and no stop', async (t) => {
  const it = await world(t, { escalateTo: ['S1'] });
  const place = fakePlace();
  const deps = pollDeps(it, [place.source], {
    notice: async (_workspaceId, text) => void it.channel.notices.push(text),
  });
  const { sources } = it.stores;
  const pollDue = async () => {
    const due = await sources.due(it.clock(), 50);
    for (const { id } of due) await pollSource(deps, it.workspaceId, id);
    return due.length;
  };
  const mentions = await it.found({}, {}, {});
  await drain(it, it.workspaceId);
  it.later(5);
  assert.equal(await pollDue(), 1);

  it.later(DAY);
  assert.equal(await pollDue(), 1, 'a day of missed polls is one poll');
  assert.equal(await pollDue(), 0);
  await escalateDue(it, it.workspaceId);
  await drain(it, it.workspaceId);
  const asked = async () =>
    (await Promise.all(mentions.map(({ id }) => it.stores.mentions.events(it.workspaceId, id))))
      .flat()
      .filter(({ type }) => type === 'escalated').length;
  assert.equal(await asked(), mentions.length, 'what is late is told at once, in one line');

  it.later(-DAY);
  assert.equal(await pollDue(), 0, 'the wrong clock has put it off');
  assert.equal(await sources.recall(it.clock()), 1);
  assert.equal(await pollDue(), 1);
  for (let minutes = 0; minutes < HOUR; minutes += 5) {
    it.later(5);
    await pollDue();
    await escalateDue(it, it.workspaceId);
  }
  assert.ok((await sources.find(it.workspaceId, it.sourceId))!.nextPollAt > it.clock());
  assert.equal(await asked(), mentions.length, 'nothing is asked twice');
  assert.deepEqual(it.channel.notices, []);
});

test('what recurs goes on when the clock is set back an hour', async (t) => {
  const real = performance.now();
  let offset = 0;
  t.mock.timers.enable({ apis: ['Date'] });
  const tell = () => t.mock.timers.setTime(1_800_000_000_000 + offset + performance.now() - real);
  tell();
  const telling = setInterval(tell, 10);
  const log = keptLog();
  const ticks = createTicks(log, 50);
  t.after(async () => {
    clearInterval(telling);
    await ticks.stop(1);
  });
  let runs = 0;
  ticks.every('sample', '* * * * * *', async () => void (runs += 1));
  await eventually('it runs', () => runs > 0);
  offset -= 3_600_000;
  tell();
  runs = 0;
  await eventually('it runs again', () => runs > 1);
  assert.equal(log.lines.filter(({ message }) => /clock was set/u.test(message)).length, 1);
});
