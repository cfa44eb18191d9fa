import { parentPort } from 'node:worker_threads';
import type { FeedOrigin } from './document.ts';
import { readDocument } from './read.ts';

/** What the thread is sent, one document a message; it answers them in the same order. */
export interface ReadRequest {
  bytes: Uint8Array;
  origin: FeedOrigin;
}

const port = parentPort;
if (port === null) throw new Error('runs as a worker thread only');

let queue = Promise.resolve();
port.on('message', ({ bytes, origin }: ReadRequest) => {
  queue = queue.then(async () => port.postMessage(await readDocument(bytes, origin)));
});
port.postMessage('ready');
