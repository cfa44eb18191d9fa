import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

/** What a stand-in place answers. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** Chunks of an iterable are sent as they come; an endless one ends with the connection, and one that throws ends it. */
  body?: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

export interface RecordedRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Handler = (request: RecordedRequest) => Reply | Promise<Reply>;

export interface Web {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  /** `127.0.0.1:PORT`, as `privateHosts` wants it. */
  host: string;
  port: number;
  /** Everything that was asked for, in order. */
  requests: RecordedRequest[];
  /** Answers a path (without its query) from now on; the last word counts. */
  on(path: string, answer: Reply | Handler): void;
  /** Answers every request with this instead, until it is lifted with null. */
  instead(answer: Reply | Handler | null): void;
  close(): Promise<void>;
}

/** A real HTTP server on loopback that answers as the test scripts it; 404 for other paths. */
export async function startWeb(): Promise<Web> {
  const routes = new Map<string, Handler>();
  const requests: RecordedRequest[] = [];
  let override: Handler | null = null;
  const server = createServer((incoming, response) => {
    void (async () => {
      const request = await record(incoming);
      requests.push(request);
      const handler = override ?? routes.get(request.path.split('?')[0] ?? '');
      const {
        status = 200,
        headers = {},
        body = '',
      } = (await handler?.(request)) ?? {
        status: 404,
      };
      response.writeHead(status, headers);
      if (typeof body === 'string' || body instanceof Uint8Array) return response.end(body);
      const stream = Readable.from(body);
      response.on('close', () => stream.destroy());
      return stream.on('error', () => response.destroy()).pipe(response);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    requests,
    on(path, answer) {
      routes.set(path, handlerOf(answer));
    },
    instead(answer) {
      override = answer === null ? null : handlerOf(answer);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function handlerOf(answer: Reply | Handler): Handler {
  return typeof answer === 'function' ? answer : () => answer;
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString(),
  };
}
