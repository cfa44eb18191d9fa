import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { createReaders } from '../../../src/sources/feed/readers.ts';
import { eventually } from '../../helpers/eventually.ts';

const ORIGIN = { url: 'https://a.example/feed', contentType: null };
const SMALL = Buffer.from(
  '<rss version="2.0"><channel><item><title>fine</title></item></channel></rss>',
);
const LARGE = Buffer.from(
  `<rss version="2.0"><channel>${'<item><title>a</title><x><y/></x></item>'.repeat(24_000)}</channel></rss>`,
);

test('a document that takes too long is given up, and the next one is read', async () => {
  const readers = createReaders({ threads: 1, milliseconds: 1 });
  const patient = createReaders({ threads: 1 });
  const slow = await readers.read(LARGE, ORIGIN);
  assert.ok(!slow.ok);
  assert.match(slow.failure.message, /too long/u);
  const [first, second] = await Promise.all([
    patient.read(LARGE, ORIGIN),
    patient.read(SMALL, ORIGIN),
  ]);
  assert.ok(first.ok && second.ok);
});

test('a document that takes too much memory is given up, and those behind it are read', async () => {
  const readers = createReaders({ threads: 1, megabytes: 12 });
  const documents = await Promise.all(
    [SMALL, LARGE, SMALL, SMALL].map((bytes) => readers.read(bytes, ORIGIN)),
  );
  assert.deepEqual(
    documents.map(({ ok }) => ok),
    [true, false, true, true],
  );
});

test('a thread without documents ends, and the next document gets another', async () => {
  const readers = createReaders({ threads: 1, restMilliseconds: 1 });
  assert.ok((await readers.read(SMALL, ORIGIN)).ok);
  await eventually('the thread has ended', () => readers.threads() === 0);
  assert.ok((await readers.read(SMALL, ORIGIN)).ok);
});

test('a warm thread keeps no process alive, and one that reads does', async () => {
  const script = `
    import { readFeed } from './src/sources/feed.ts';
    const document = await readFeed(Buffer.from(${JSON.stringify(SMALL.toString())}), ${JSON.stringify(ORIGIN)});
    console.log(document.ok);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  assert.deepEqual([code, output.trim()], [0, 'true']);
});
