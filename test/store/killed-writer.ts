/**
 * Writes polls and changes without end, for a test that kills it. Arguments: the database's address,
 * and optionally before which of its statements it shall kill itself, for a death at an exact step.
 * Prints a dot before each statement, so that a killer knows that it is in the midst of them.
 */
import { writeSync } from 'node:fs';
import { decide, type Command } from '../../src/core/lifecycle.ts';
import type { Mention } from '../../src/core/mention.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { NOON, sampleEvent, sampleMention, samplePoll } from '../helpers/samples.ts';

const [url, last] = process.argv.slice(2) as [string, string?];
const db = await openDatabase(url);
const { mentions, sources } = createStores(db);
let statements = 0;
db.on('query', () => {
  statements += 1;
  if (statements === Number(last)) process.kill(process.pid, 'SIGKILL');
  writeSync(1, '.');
});

async function write(mention: Mention, command: Command): Promise<Mention> {
  const decision = decide(mention, command, NOON);
  if (!decision.ok) return mention;
  const { next, events } = decision;
  const id = `e-${mention.id}-${next.version}`;
  await mentions.apply(next, [sampleEvent(next, { id, body: events[0]! })]);
  return next;
}

for (;;) {
  const source = (await sources.find('T1', 's1'))!;
  const first = Number(source.cursor);
  const posts = [first, first + 1, first + 2].map((n) =>
    sampleMention({ id: `m${n}`, externalId: `post ${n}` }),
  );
  await sources.commitPoll(samplePoll(source, posts, { cursor: String(first + posts.length) }));
  for (const post of posts) {
    let mention = await write(post, { type: 'post', actor: 'system', channelId: 'C1' });
    mention = await write(mention, { type: 'claim', actor: 'U1' });
    mention = await write(mention, { type: 'release', actor: 'U1' });
    await write(mention, { type: 'withdraw', actor: 'system' });
  }
}
