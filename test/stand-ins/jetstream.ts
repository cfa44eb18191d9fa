import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** A frame without its time, which the stand-in gives it when it is emitted. */
export type SampleFrame = Record<string, unknown> & { kind: string; did: string };

export interface Jetstream {
  /** `ws://127.0.0.1:PORT/subscribe` */
  url: string;
  host: string;
  /** What it would send to one who comes with an old cursor: its memory. */
  memory: { time_us: number; text: string }[];
  /** The clock of this host, in microseconds; each frame moves it on. */
  timeUs: number;
  /** Cursors of those who connected, in order; null: from now on. */
  cursors: (number | null)[];
  /** Those who are connected. */
  sockets: Set<WebSocket>;
  /** Answers to connect with instead of an upgrade, one each. */
  refuse: { status: number; headers?: Record<string, string> }[];
  emit(...frames: (SampleFrame | string)[]): void;
  /** Drops everybody, without a goodbye. */
  drop(): void;
  /** Fulfilled when so many are, or were, connected. */
  connected(count: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * One host of Jetstream: JSON frames over a WebSocket, each with `time_us`; the cursor is inclusive,
 * and one from before the memory is silently moved up to where that begins; frames of the kinds
 * `identity` and `account` come whatever collection was asked for.
 */
export async function startJetstream(startUs = 1_795_425_300_000_000): Promise<Jetstream> {
  const server = createServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ noServer: true });
  const waiting: { count: number; resolve: () => void }[] = [];
  const self: Jetstream = {
    url: '',
    host: '',
    memory: [],
    timeUs: startUs,
    cursors: [],
    sockets: new Set(),
    refuse: [],
    emit(...frames) {
      for (const frame of frames) {
        self.timeUs += 1000;
        const isText = typeof frame === 'string';
        const text = isText ? frame : JSON.stringify({ ...frame, time_us: self.timeUs });
        self.memory.push({ time_us: self.timeUs, text });
        for (const socket of self.sockets) socket.send(text);
      }
    },
    drop() {
      for (const socket of self.sockets) socket.terminate();
      self.sockets.clear();
    },
    connected: (count) =>
      new Promise((resolve) => {
        if (self.cursors.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    async close() {
      self.drop();
      sockets.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  server.on('upgrade', (request, socket, head) => {
    const refusal = self.refuse.shift();
    if (refusal !== undefined) {
      const lines = Object.entries(refusal.headers ?? {}).map(
        ([name, value]) => `${name}: ${value}`,
      );
      const first = `HTTP/1.1 ${refusal.status} Refused`;
      socket.end([first, ...lines, 'content-length: 0', '', ''].join('\r\n'));
      return;
    }
    sockets.handleUpgrade(request, socket, head, (one) => welcome(one, request));
  });

  function welcome(socket: WebSocket, request: IncomingMessage): void {
    const query = new URL(request.url ?? '', 'ws://stand-in').searchParams;
    if (query.get('wantedCollections') !== 'app.bsky.feed.post') throw new Error('too much asked');
    const cursor = query.has('cursor') ? Number(query.get('cursor')) : null;
    if (cursor !== null) {
      for (const { time_us: time, text } of self.memory) if (time >= cursor) socket.send(text);
    }
    self.sockets.add(socket);
    socket.on('close', () => self.sockets.delete(socket));
    self.cursors.push(cursor);
    for (const { count, resolve } of waiting) if (self.cursors.length >= count) resolve();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  self.host = `127.0.0.1:${port}`;
  self.url = `ws://${self.host}/subscribe`;
  return self;
}

export const DID = 'did:plc:samplesamplesamplesample';

export function postFrame(
  key: string,
  text: string,
  over: Record<string, unknown> = {},
): SampleFrame {
  const record = {
    $type: 'app.bsky.feed.post',
    text,
    langs: ['en'],
    createdAt: '2026-11-23T09:15:00.000Z',
  };
  return {
    did: DID,
    kind: 'commit',
    commit: {
      rev: `rev${key}`,
      operation: 'create',
      collection: 'app.bsky.feed.post',
      rkey: key,
      cid: `cid${key}`,
      record,
      ...over,
    },
  };
}

export function deleteFrame(key: string): SampleFrame {
  const commit = { rev: 'rev', operation: 'delete', collection: 'app.bsky.feed.post', rkey: key };
  return { did: DID, kind: 'commit', commit };
}

export function uriOf(key: string): string {
  return `at://${DID}/app.bsky.feed.post/${key}`;
}
