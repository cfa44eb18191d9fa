/** Slack's side of Socket Mode: tickets, envelopes, acknowledgements and redelivery. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

export type EnvelopeType = 'events_api' | 'interactive' | 'slash_commands';
/** `acknowledged: false`: the app said nothing in time (it may still do so; nobody waits for it). */
export type Outcome = { acknowledged: true; payload: unknown } | { acknowledged: false };

export interface SocketHub {
  /** A path that opens one socket, once. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends to one of the app's sockets, again and again until acknowledged (four times in all). */
  deliver(type: EnvelopeType, payload: object): Promise<Outcome>;
  connected(): boolean;
  onConnection(listener: (connected: boolean) => void): void;
  close(): void;
}

const REDELIVERIES = 3;
const PING_EVERY_MS = 10_000;

/** `ackTimeoutMs`: how long the app has for each delivery; Slack gives it 3 seconds. */
export function createSocketHub(appId: string, ackTimeoutMs: number): SocketHub {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const sockets: WebSocket[] = [];
  /** By envelope id: what to do with its acknowledgement. */
  const waiting = new Map<string, (payload: unknown) => void>();
  const timers = new Set<NodeJS.Timeout>();
  const listeners: ((connected: boolean) => void)[] = [];
  let turn = 0;
  let closed = false;

  const pings = setInterval(() => sockets.forEach((socket) => socket.ping()), PING_EVERY_MS);
  pings.unref();

  function tell(): void {
    for (const listener of listeners) listener(sockets.length > 0);
  }

  function welcome(socket: WebSocket): void {
    sockets.push(socket);
    socket.on('close', () => {
      sockets.splice(sockets.indexOf(socket), 1);
      tell();
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const message = parse(String(data));
      const id = typeof message?.envelope_id === 'string' ? message.envelope_id : '';
      waiting.get(id)?.(message?.payload);
      waiting.delete(id);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.length,
        connection_info: { app_id: appId },
        debug_info: { host: 'local', approximate_connection_time: 18_060 },
      }),
    );
    tell();
  }

  function send(envelope: object): boolean {
    const socket = sockets[turn++ % Math.max(sockets.length, 1)];
    if (!socket || socket.readyState !== socket.OPEN) return false;
    socket.send(JSON.stringify(envelope));
    return true;
  }

  function deliver(type: EnvelopeType, payload: object): Promise<Outcome> {
    const id = randomUUID();
    return new Promise((resolve) => {
      let sent = 0;
      const attempt = (): void => {
        const envelope = {
          envelope_id: id,
          type,
          accepts_response_payload: type !== 'events_api',
          payload,
          ...(type === 'events_api' && {
            retry_attempt: sent,
            retry_reason: sent > 0 ? 'timeout' : '',
          }),
        };
        send(envelope);
        const timer = setTimeout(() => {
          timers.delete(timer);
          resolve({ acknowledged: false });
          sent += 1;
          if (sent <= REDELIVERIES && !closed) attempt();
          else waiting.delete(id);
        }, ackTimeoutMs);
        timers.add(timer);
        waiting.set(id, (acknowledgement) => {
          clearTimeout(timer);
          timers.delete(timer);
          resolve({ acknowledged: true, payload: acknowledgement });
        });
      };
      if (closed) resolve({ acknowledged: false });
      else attempt();
    });
  }

  return {
    ticket() {
      const ticket = randomBytes(16).toString('hex');
      tickets.add(ticket);
      return `/socket/${ticket}`;
    },
    upgrade(request, socket, head) {
      const ticket = /^\/socket\/(\w+)/.exec(request.url ?? '')?.[1] ?? '';
      if (!tickets.delete(ticket)) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      server.handleUpgrade(request, socket, head, welcome);
    },
    deliver,
    connected: () => sockets.length > 0,
    onConnection: (listener) => void listeners.push(listener),
    close() {
      closed = true;
      clearInterval(pings);
      for (const timer of timers) clearTimeout(timer);
      for (const socket of [...sockets]) socket.close(1001);
      server.close();
    },
  };
}

function parse(text: string): { envelope_id?: unknown; payload?: unknown } | undefined {
  try {
    return JSON.parse(text) as { envelope_id?: unknown; payload?: unknown };
  } catch {
    return undefined;
  }
}
