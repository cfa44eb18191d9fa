import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { createSocketHub } from '../../src/sandbox/socket.ts';
import type { SocketHub } from '../../src/sandbox/socket.ts';

interface Envelope {
  type: string;
  envelope_id?: string;
  retry_attempt?: number;
  retry_reason?: string;
  payload?: unknown;
}

async function openHub(t: TestContext, ackTimeoutMs: number) {
  const hub = createSocketHub('A1', ackTimeoutMs);
  const server = createServer();
  server.on('upgrade', (request, socket, head) => hub.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    hub.close();
    server.closeAllConnections();
    server.close();
  });
  const base = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { hub, join: (onEnvelope: OnEnvelope) => join(hub, base, onEnvelope) };
}

type OnEnvelope = (envelope: Envelope, ack: (payload?: object) => void) => void;

async function join(hub: SocketHub, base: string, onEnvelope: OnEnvelope): Promise<WebSocket> {
  const socket = new WebSocket(base + hub.ticket());
  await new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const envelope = JSON.parse(String(data)) as Envelope;
      if (envelope.type === 'hello') return resolve();
      onEnvelope(envelope, (payload = {}) =>
        socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload })),
      );
    });
  });
  return socket;
}

test('an acknowledgement carries what the app answers', async (t) => {
  const { hub, join } = await openHub(t, 5000);
  await join((_, ack) => ack({ text: 'yes' }));
  assert.deepEqual(await hub.deliver('slash_commands', { command: '/earshot' }), {
    acknowledged: true,
    payload: { text: 'yes' },
  });
});

test('what is not acknowledged comes four times in all, under one envelope id', async (t) => {
  const { hub, join } = await openHub(t, 20);
  const got: Envelope[] = [];
  let fourth: () => void;
  const four = new Promise<void>((resolve) => (fourth = resolve));
  await join((envelope) => {
    got.push(envelope);
    if (got.length === 4) fourth();
  });
  assert.deepEqual(await hub.deliver('events_api', { type: 'event_callback' }), {
    acknowledged: false,
  });
  await four;
  assert.equal(new Set(got.map(({ envelope_id }) => envelope_id)).size, 1);
  assert.deepEqual(
    got.map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason]),
    [
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ],
  );
});

test('an acknowledgement that comes late ends the redelivery', async (t) => {
  const { hub, join } = await openHub(t, 20);
  let deliveries = 0;
  let acknowledged: () => void;
  const done = new Promise<void>((resolve) => (acknowledged = resolve));
  await join((envelope, ack) => {
    if (envelope.type !== 'interactive') return ack();
    deliveries += 1;
    if (deliveries < 2) return;
    ack();
    acknowledged();
  });
  await hub.deliver('interactive', { type: 'block_actions' });
  await done;
  for (let round = 0; round < 3; round += 1) await hub.deliver('slash_commands', {});
  assert.equal(deliveries, 2);
});

test('each payload goes to one of the sockets, in turn', async (t) => {
  const { hub, join } = await openHub(t, 5000);
  const got = [0, 0];
  for (const index of [0, 1]) {
    await join((_, ack) => {
      got[index]! += 1;
      ack();
    });
  }
  for (let i = 0; i < 6; i += 1) await hub.deliver('interactive', { i });
  assert.deepEqual(got, [3, 3]);
});

test('an app that connects a moment later still gets what waits for it', async (t) => {
  const { hub, join } = await openHub(t, 50);
  const delivery = new Promise<Envelope>((resolve) => {
    void hub.deliver('events_api', { waited: true });
    void join((envelope, ack) => {
      ack();
      resolve(envelope);
    });
  });
  assert.deepEqual((await delivery).payload, { waited: true });
});
