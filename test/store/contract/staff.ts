import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, type Command } from '../../../src/core/lifecycle.ts';
import type { Mention } from '../../../src/core/mention.ts';
import type { Stores } from '../../../src/core/ports.ts';
import { sampleLesson } from '../../helpers/lesson-samples.ts';
import { minutesAfter, sampleEvent, sampleMention } from '../../helpers/samples.ts';
import { sampleStorm } from '../../helpers/storm-samples.ts';
import { furnished, store, type Open } from './open.ts';

const URL = 'https://a.example/1';

/** Carries commands out, a minute apart; returns the last version. */
async function bring(stores: Stores, mention: Mention, ...commands: Command[]): Promise<Mention> {
  let current = mention;
  for (const [minute, command] of commands.entries()) {
    const at = minutesAfter(minute);
    const decision = decide(current, command, at);
    assert.ok(decision.ok, `${command.type} on ${current.status}`);
    current = decision.next;
    const body = decision.events[0]!;
    assert.ok(
      await stores.mentions.apply(current, [
        sampleEvent(current, { body, at, actor: command.actor }),
      ]),
    );
  }
  return current;
}

const POST: Command = { type: 'post', actor: 'system', channelId: 'C1' };
const STORY: Command[] = [
  POST,
  { type: 'escalate', actor: 'system', to: ['U2', 'S1'], note: null },
  { type: 'assign', actor: 'U1', to: 'U2' },
  { type: 'release', actor: 'system', because: 'stale' },
  { type: 'escalate', actor: 'U1', to: ['U3'], note: 'Ask Kim, please.' },
  { type: 'claim', actor: 'U2' },
  { type: 'answer', actor: 'U2', url: URL, note: 'Kim helped.' },
];

export function staffContract(open: Open): void {
  test('after its time the log says what was done and when, and not by whom', async (t) => {
    const stores = await furnished(open, t);
    const mention = sampleMention();
    await store(stores, mention);
    await bring(stores, mention, ...STORY);
    const before = await stores.mentions.events('T1', mention.id);
    assert.equal(await stores.staff.forget('T2', minutesAfter(60), 10), 0);
    assert.equal(await stores.staff.forget('T1', minutesAfter(5), 3), 3);
    assert.equal(await stores.staff.forget('T1', minutesAfter(5), 3), 1);
    assert.equal(await stores.staff.forget('T1', minutesAfter(5), 3), 0);
    const halfway = await stores.mentions.events('T1', mention.id);
    assert.deepEqual(halfway.slice(5), before.slice(5), 'what is younger keeps its names');
    assert.equal((await stores.mentions.find('T1', mention.id))?.answeredBy, 'U2');

    assert.equal(await stores.staff.forget('T1', minutesAfter(60), 10), 2);
    const after = await stores.mentions.events('T1', mention.id);
    assert.deepEqual(
      after.map(({ id, at, type, version }) => [id, at, type, version]),
      before.map(({ id, at, type, version }) => [id, at, type, version]),
    );
    assert.doesNotMatch(JSON.stringify(after), /U[123]|Kim/u);
    assert.deepEqual(
      after.map(({ actor }) => actor),
      ['system', 'system', 'somebody', 'system', 'somebody', 'somebody', 'somebody'],
    );
    const asked = after[1]!;
    assert.deepEqual(asked.type === 'escalated' && asked.to, ['somebody', 'S1']);
    const now = await stores.mentions.find('T1', mention.id);
    assert.deepEqual([now?.claimedBy, now?.answeredBy], ['somebody', 'somebody']);
    assert.deepEqual([now?.answerUrl, now?.status], [URL, 'answered'], 'figures and proof stay');
    assert.deepEqual(now?.answeredAt, minutesAfter(6));
  });

  test('who has a claim keeps it, however old it is, and the clock keeps its name', async (t) => {
    const stores = await furnished(open, t);
    const [held, clocked] = [sampleMention(), sampleMention()];
    await store(stores, held, clocked);
    await bring(stores, held, POST, { type: 'claim', actor: 'U1' });
    const verify = { type: 'verify', actor: 'system', url: URL, publishedAt: null } as const;
    await bring(stores, clocked, POST, verify);
    await stores.staff.forget('T1', minutesAfter(60), 10);
    assert.equal((await stores.mentions.find('T1', held.id))?.claimedBy, 'U1');
    assert.equal((await stores.mentions.find('T1', clocked.id))?.answeredBy, 'system');
  });

  test('lessons, objections and storms lose their names as well, at their own age', async (t) => {
    const stores = await furnished(open, t);
    const [old, young] = [minutesAfter(0), minutesAfter(90)];
    await stores.lessons.save(sampleLesson({ id: 'l1', by: 'U1', at: old }), 10);
    await stores.lessons.save(sampleLesson({ id: 'l2', by: 'U1', at: young }), 10);
    await stores.storms.add(sampleStorm({ id: 'x1', claimedBy: 'U1', endedAt: old }));
    await stores.storms.add(sampleStorm({ id: 'x2', claimedBy: 'U1', endedAt: null }));
    await stores.staff.forget('T1', minutesAfter(60), 10);
    const lessons = await stores.lessons.list('T1');
    assert.deepEqual(
      lessons.map(({ by }) => by),
      ['somebody', 'U1'],
    );
    const claimed = async (id: string) => (await stores.storms.find('T1', id))?.claimedBy;
    assert.deepEqual([await claimed('x1'), await claimed('x2')], ['somebody', 'U1']);
  });
}
