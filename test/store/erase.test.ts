import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decide } from '../../src/core/lifecycle.ts';
import type { Mention } from '../../src/core/mention.ts';
import {
  NOON,
  sampleEvent,
  sampleMention,
  samplePoll,
  sampleSource,
  sampleWorkspace,
} from '../helpers/samples.ts';
import { sqliteStores } from '../helpers/stores.ts';

/** Words that stand nowhere else, one for each place where an author may be seen. */
const TRACES = [
  'https://forum.example/gone/by-address',
  'gone-by-handle',
  'Gone by title',
  'Gone by text',
  'gone by reason',
  'gone-by-external-id',
];

function traceable(over: Partial<Mention>): Mention {
  const [url, author, title, text, reason, externalId] = TRACES as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const mention = sampleMention({ url, author, title, externalId, ...over });
  return {
    ...mention,
    text: over.text ?? `${text}, and nobody answers.`,
    verdict: { ...mention.verdict, reasons: [reason] },
  };
}

for (const [length, text] of [
  ['short', undefined],
  ['long', `Gone by text. ${'Still waiting for Acme Broadband. '.repeat(900)}`],
] as const) {
  test(`nothing that the author of a ${length} post wrote is left in any file of the database`, async (t) => {
    const { db, stores, path } = await sqliteStores(t);
    await stores.workspaces.save(sampleWorkspace());
    const source = sampleSource({ id: 's1' });
    await stores.sources.add(source);
    const around = () => Array.from({ length: 50 }, () => sampleMention());
    const mention = traceable(text === undefined ? {} : { text });
    await stores.sources.commitPoll(samplePoll(source, [...around(), mention, ...around()]));
    assert.deepEqual(left(path), TRACES);

    // An edit and a claim leave older copies of the row behind.
    let current = mention;
    for (const command of [
      { type: 'post', actor: 'system', channelId: 'C1' },
      { type: 'edit', actor: 'system', title: mention.title, text: `${mention.text} Edited.` },
      { type: 'claim', actor: 'U1' },
      { type: 'withdraw', actor: 'system' },
    ] as const) {
      const decision = decide(current, command, NOON);
      assert.ok(decision.ok);
      current = decision.next;
      const event = sampleEvent(current, { body: decision.events[0]! });
      assert.equal(await stores.mentions.apply(current, [event]), true);
    }
    assert.deepEqual(left(path), []);
    assert.equal((await stores.mentions.events('T1', mention.id)).length, 4);
    await db.destroy();
    assert.deepEqual(left(path), []);
  });
}

/** Which traces stand in the file, its write-ahead log or its index. */
function left(path: string): string[] {
  const files = [path, `${path}-wal`, `${path}-shm`].filter((file) => existsSync(file));
  const bytes = Buffer.concat(files.map((file) => readFileSync(file)));
  return TRACES.filter((trace) => bytes.includes(trace));
}
