import { HTTPReceiver, SocketModeReceiver, type Logger } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../core/ports.ts';
import { readTrouble } from './errors.ts';

/** A page that HTTP mode serves beside Slack's requests, such as `/healthz`. */
export interface Route {
  path: string;
  method: 'GET' | 'POST';
  handler: (request: IncomingMessage, response: ServerResponse) => void;
}

/** How Slack reaches us: over a WebSocket that we open, or over HTTP on a port of ours. */
export type Intake =
  | { mode: 'socket'; appToken: string }
  | { mode: 'http'; signingSecret: string; port: number; routes: readonly Route[] };

export interface OpenIntake {
  receiver: SocketModeReceiver | HTTPReceiver;
  start(): Promise<unknown>;
  stop(): Promise<void>;
}

/** Bytes; nothing that Slack sends comes near it. */
const LONGEST_BODY = 1024 * 1024;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const STOP_MS = 2000;

export function openIntake(
  intake: Intake,
  clientOptions: WebClientOptions,
  logger: Logger,
  log: Log,
): OpenIntake {
  if (intake.mode === 'http') {
    const receiver = new HTTPReceiver({
      signingSecret: intake.signingSecret,
      port: intake.port,
      logger,
      customRoutes: [...intake.routes],
      bodyLimit: LONGEST_BODY,
    });
    return { receiver, start: () => receiver.start(intake.port), stop: () => receiver.stop() };
  }
  const receiver = new SocketModeReceiver({
    appToken: intake.appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
  });
  return { receiver, ...keepConnected(receiver.client, log, pause) };
}

/** What is used of Socket Mode's client. */
interface Connection {
  start(): Promise<unknown>;
  disconnect(): Promise<void>;
  on(event: 'disconnected', listener: () => void): unknown;
}

/**
 * Connects again whenever the connection is lost, for ever. The client's own way of doing so ends
 * in an unhandled rejection, and with it the process, when Slack cannot be reached just then; it is
 * turned off. Only the very first connection may fail.
 */
export function keepConnected(
  client: Connection,
  log: Log,
  wait: (ms: number) => Promise<void>,
): { start(): Promise<void>; stop(): Promise<void> } {
  let isConnecting = false;
  let isStopping = false;
  client.on('disconnected', () => {
    if (!isConnecting && !isStopping) void connectAgain();
  });

  async function connectAgain(): Promise<void> {
    isConnecting = true;
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      await wait(waitMs);
      if (isStopping) return;
      try {
        await client.start();
        isConnecting = false;
        return;
      } catch (error) {
        log.warn(
          { waitMs, cause: causeOf(error) },
          'no connection to Slack; it will be tried again',
        );
      }
    }
  }

  return {
    async start() {
      isConnecting = true;
      await client.start();
      isConnecting = false;
    },
    async stop() {
      isStopping = true;
      // A peer that never completes the closing handshake must not hold up the end.
      await Promise.race([client.disconnect(), wait(STOP_MS)]);
    },
  };
}

/** What the network or Slack said, where that is known; else the kind of the error. */
function causeOf(error: unknown): string {
  try {
    return readTrouble(error).cause;
  } catch {
    return error instanceof Error ? error.name : typeof error;
  }
}

/** Does not keep the process alive. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
