import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure, ListenRequest, StreamBatch } from '../../core/source.ts';
import { number, readCursor } from '../json.ts';
import type { Connect, Socket } from '../websocket.ts';
import { readFrame } from './frames.ts';
import { createInbox, type Inbox } from './inbox.ts';

export interface Timings {
  /** A batch is handed on when it is this old, or has this many events. */
  batchMilliseconds: number;
  batchSize: number;
  /** When nothing comes, an empty batch says so often that the stream is still followed. */
  heartbeatMilliseconds: number;
  /** Events that may wait for the reader; then the socket is not read any further. */
  mostWaiting: number;
  /** First and longest wait before the next connection; it doubles with every failure. */
  backoffMilliseconds: number;
  longestBackoffMilliseconds: number;
  /** A stream of tens of posts a second that says nothing for so long is dead. */
  silenceMilliseconds: number;
  /** A factor around 1, drawn anew each time. */
  jitter: () => number;
}

export const TIMINGS: Timings = {
  batchMilliseconds: 250,
  batchSize: 500,
  heartbeatMilliseconds: 5000,
  mostWaiting: 2000,
  backoffMilliseconds: 1000,
  longestBackoffMilliseconds: 60_000,
  silenceMilliseconds: 60_000,
  jitter: () => 0.75 + Math.random() / 2,
};

/** The hosts' clocks differ, so every connection starts a little before the cursor. */
const REWIND_US = 10_000_000;

/**
 * Follows the stream until `signal` aborts: connects to one host after the other, goes on from
 * `time_us`, and hands on batches whose cursor is safe to store with them. When a whole round of
 * hosts brought nothing, that is yielded as a failure, and followed by another round.
 */
export async function* followJetstream(
  request: ListenRequest,
  hosts: readonly string[],
  connect: Connect,
  timings: Timings,
): AsyncGenerator<StreamBatch> {
  const { signal } = request;
  const inbox = createInbox(number(readCursor(request.cursor)['timeUs']), timings.mostWaiting);
  let failures = 0;
  for (let turn = 0; !signal.aborted; turn += 1) {
    const url = streamUrl(hosts[turn % hosts.length] ?? '', inbox.timeUs());
    const connection = open(url, request, connect, inbox, timings);
    try {
      yield* batches(connection, inbox, timings);
    } finally {
      // Also when the reader leaves in the middle.
      connection.socket.end();
    }
    const failure = await connection.ended;
    if (signal.aborted) return;
    failures = inbox.hasFirst() ? 0 : failures + 1;
    const isRound = failures > 0 && failures % hosts.length === 0;
    if (isRound) yield { ok: false, failure };
    const asked = isRound ? (failure.retryAfterSeconds ?? 0) * 1000 : 0;
    const rounds = Math.floor(failures / hosts.length);
    const wait = Math.max(asked, backoff(rounds, timings));
    await sleep(wait, undefined, { signal }).catch(() => undefined);
  }
}

function backoff(rounds: number, timings: Timings): number {
  const doubled = timings.backoffMilliseconds * 2 ** rounds;
  return Math.min(doubled, timings.longestBackoffMilliseconds) * timings.jitter();
}

function streamUrl(host: string, timeUs: number | null): string {
  const url = new URL(host);
  url.searchParams.set('wantedCollections', 'app.bsky.feed.post');
  if (timeUs !== null) url.searchParams.set('cursor', String(timeUs - REWIND_US));
  return url.href;
}

interface Connection {
  socket: Socket;
  /** Fulfilled with the reason when the connection is over. */
  ended: Promise<Failure>;
}

function open(
  url: string,
  { http, signal, clock }: ListenRequest,
  connect: Connect,
  inbox: Inbox,
  { silenceMilliseconds }: Timings,
): Connection {
  inbox.expectFirst();
  const { promise: ended, resolve } = deferred<Failure>();
  const socket = connect({ http, url, signal, clock, onText, onEnd });
  const silence = setTimeout(onSilence, silenceMilliseconds);
  function onText(text: string): void {
    silence.refresh();
    inbox.put(readFrame(text));
    if (inbox.isFull()) socket.pause();
  }
  function onEnd(failure: Failure): void {
    clearTimeout(silence);
    resolve(failure);
  }
  function onSilence(): void {
    // While the inbox is full we do not read: that silence is ours.
    if (inbox.isFull()) silence.refresh();
    else socket.end();
  }
  return { socket, ended };
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

/** Hands on what comes in, until the connection has ended and nothing is left. */
async function* batches(
  { socket, ended }: Connection,
  inbox: Inbox,
  { batchMilliseconds, batchSize, heartbeatMilliseconds }: Timings,
): AsyncGenerator<StreamBatch> {
  let isOpen = true;
  const end = ended.then(() => {
    isOpen = false;
  });
  while (isOpen || inbox.has(1)) {
    await first([inbox.filled(1), end], heartbeatMilliseconds);
    if (isOpen && inbox.has(1)) await first([inbox.filled(batchSize), end], batchMilliseconds);
    const batch = inbox.take();
    socket.resume();
    yield batch;
  }
}

/** Waits for the first of these, but no longer than so many milliseconds. */
async function first(promises: Promise<void>[], milliseconds: number): Promise<void> {
  const { promise: late, resolve } = deferred<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([...promises, late]);
  clearTimeout(timer);
}
