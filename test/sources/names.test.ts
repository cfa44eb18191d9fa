import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import { test, type TestContext } from 'node:test';
import { createNames } from '../../src/sources/http/names.ts';

/**
 * A name server on loopback: an address for names that begin with "known", no such name for those
 * that begin with "unknown", and silence for all others.
 */
async function nameServer(t: TestContext): Promise<string> {
  const server: Socket = createSocket('udp4');
  server.on('message', (query, { port, address }) => {
    const name = query.subarray(13, 13 + (query[12] ?? 0)).toString();
    const end = query.indexOf(0, 12) + 5;
    const isA = query.readUInt16BE(end - 4) === 1;
    if (!/^(?:un)?known/u.test(name)) return;
    const isKnown = name.startsWith('known') && isA;
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(name.startsWith('known') ? 0x8180 : 0x8183, 2);
    head.writeUInt16BE(isKnown ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    // Of the name above, an address (A, IN) for a minute: 203.0.113.7, kept for examples.
    const answer = Buffer.from('c00c000100010000003c0004cb007107', 'hex');
    const parts = [head, query.subarray(12, end), ...(isKnown ? [answer] : [])];
    server.send(Buffer.concat(parts), port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `127.0.0.1:${server.address().port}`;
}

function ask(lookup: LookupFunction, name: string, options = {}) {
  return new Promise<LookupAddress[] | string>((resolve) =>
    lookup(name, { all: true, ...options }, (error, found) =>
      resolve(error ? (error.code ?? '') : found),
    ),
  );
}

const NEVER: LookupFunction = () => assert.fail('the system was asked');

test('a name that name servers know is not asked of the system', async (t) => {
  const { resolved } = createNames({ servers: [await nameServer(t)], lookup: NEVER });
  assert.deepEqual(await ask(resolved, 'known.example'), [{ address: '203.0.113.7', family: 4 }]);
  assert.equal(await ask(resolved, 'known.example', { all: false }), '203.0.113.7');
});

test('a name that they do not know may stand in the hosts file', async (t) => {
  const asked: string[] = [];
  const lookup: LookupFunction = (name, _options, callback) => {
    asked.push(name);
    callback(null, [{ address: '198.51.100.1', family: 4 }]);
  };
  const { resolved } = createNames({ servers: [await nameServer(t)], lookup });
  for (const name of ['unknown.example', 'intranet', 'printer.local']) {
    assert.deepEqual(await ask(resolved, name), [{ address: '198.51.100.1', family: 4 }]);
  }
  assert.deepEqual(asked, ['unknown.example', 'intranet', 'printer.local']);
});

test('name servers that are silent take no thread from the database, and fail in the end', async (t) => {
  const servers = [await nameServer(t)];
  const patience = { timeout: 2000, tries: 1 };
  const { resolved } = createNames({ servers, lookup: NEVER, patience });
  let answered = 0;
  const slow = Array.from({ length: 32 }, async (_, index) => {
    const code = await ask(resolved, `silent-${index}.example`);
    answered += 1;
    return code;
  });
  // What needs a thread gets one while 32 names are looked for.
  for (let round = 0; round < 5; round += 1) await stat('.');
  assert.equal(answered, 0);
  assert.deepEqual(new Set(await Promise.all(slow)), new Set(['EAI_AGAIN']));
});

test('of the system’s look-ups there is one at a time', async () => {
  let underWay = 0;
  let most = 0;
  const lookup: LookupFunction = (_name, _options, callback) => {
    underWay += 1;
    most = Math.max(most, underWay);
    setImmediate(() => {
      underWay -= 1;
      callback(null, [{ address: '127.0.0.1', family: 4 }]);
    });
  };
  const { system } = createNames({ lookup });
  await Promise.all(Array.from({ length: 8 }, (_, index) => ask(system, `host-${index}`)));
  assert.equal(most, 1);
});
