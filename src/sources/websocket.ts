import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import { WebSocket } from 'ws';
import type { Failure, Http } from '../core/source.ts';
import { failureOfError, failureOfStatus } from './http/failures.ts';
import { plainHeaders } from './http/headers.ts';

export interface SocketRequest {
  http: Pick<Http, 'guard'>;
  /** ws or wss. */
  url: string;
  signal: AbortSignal;
  clock: () => Date;
  onText: (text: string) => void;
  /** Once, and nothing after it: why the connection is over. */
  onEnd: (failure: Failure) => void;
}

export interface Socket {
  /** Stops reading, so that the sender has to wait; a little that has arrived may still come. */
  pause(): void;
  resume(): void;
  end(): void;
}

export type Connect = (request: SocketRequest) => Socket;

/** No post of any network comes near to it. */
const LONGEST_FRAME = 1024 * 1024;
const HANDSHAKE_MILLISECONDS = 15_000;

/**
 * Opens a WebSocket for reading, behind the guard of the network door: public addresses only, but
 * for the hosts that an operator allowed. It sends nothing but answers to pings.
 */
export const connectWebSocket: Connect = ({ http, url, signal, clock, onText, onEnd }) => {
  const guard = http.guard(url);
  if (!guard.ok) {
    queueMicrotask(() => onEnd(guard.failure));
    return { pause: () => undefined, resume: () => undefined, end: () => undefined };
  }
  const socket = new WebSocket(url, {
    lookup: guard.lookup as LookupFunction,
    headers: { 'user-agent': guard.userAgent },
    handshakeTimeout: HANDSHAKE_MILLISECONDS,
    maxPayload: LONGEST_FRAME,
    // Unpacking thousands of small frames costs more than their few bytes.
    perMessageDeflate: false,
  });
  let isOver = false;
  const abort = (): void => end(failureOfError(null, 'abort'));
  signal.addEventListener('abort', abort, { once: true });
  socket.on('message', (data, isBinary) => {
    if (!isOver && !isBinary) onText(data.toString());
  });
  socket.on('unexpected-response', (_, response) => end(refusalOf(response, clock())));
  socket.on('error', (error) => end(failureOfError(error, null)));
  socket.on('close', (code) => end(broken(`socket closed with ${code}`)));
  if (signal.aborted) abort();

  function end(failure: Failure): void {
    if (isOver) return;
    isOver = true;
    signal.removeEventListener('abort', abort);
    socket.terminate();
    onEnd(failure);
  }

  return {
    // One that never came to be, or is being closed, can do neither.
    pause: () => void (socket.readyState === WebSocket.OPEN && socket.pause()),
    resume: () => void (socket.readyState === WebSocket.OPEN && socket.resume()),
    end: () => end(broken('socket left')),
  };
};

function refusalOf({ statusCode = 0, headers }: IncomingMessage, now: Date): Failure {
  return failureOfStatus(statusCode, plainHeaders(headers), now) ?? broken('no upgrade');
}

function broken(cause: string): Failure {
  return { kind: 'unavailable', cause, message: 'broke off the stream; connecting again' };
}
