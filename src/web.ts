import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Log } from './core/ports.ts';

/** Answers a request that is for it, and says whether it did. */
export type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<boolean>;

/** What `/healthz` says; `ok` decides between 200 and 503. */
export interface Health {
  ok: boolean;
  [check: string]: unknown;
}

export interface Seen {
  health(): Promise<Health>;
  metrics(): Promise<{ contentType: string; text: string }>;
}

/** A page of our own. */
export interface Page {
  path: string;
  method: 'GET' | 'POST';
  handler: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
}

/** These pages, for a server that may have others too. */
export function servePages(pages: readonly Page[]): Serve {
  return async (request, response, url) => {
    const page = pages.find(
      ({ path, method }) => path === url.pathname && method === request.method,
    );
    await page?.handler(request, response);
    return page !== undefined;
  };
}

/** `/healthz` and `/metrics`. */
export function seenPages(seen: Seen): Page[] {
  return [
    { path: '/healthz', method: 'GET', handler: showHealth },
    { path: '/metrics', method: 'GET', handler: showMetrics },
  ];

  async function showHealth(_request: IncomingMessage, response: ServerResponse): Promise<void> {
    const health = await seen.health();
    response.writeHead(health.ok ? 200 : 503, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify(health)}\n`);
  }

  async function showMetrics(_request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { contentType, text } = await seen.metrics();
    response.writeHead(200, { 'content-type': contentType });
    response.end(text);
  }
}

export interface Web {
  port: number;
  close(): Promise<void>;
}

/** A server for these alone, in Socket Mode. Rejects with a sentence when the port is taken. */
export function startWeb(port: number, serve: Serve, log: Log): Promise<Web> {
  const server = createServer((request, response) => {
    serve(request, response, new URL(request.url ?? '/', 'http://localhost'))
      .then((served) => {
        if (!served) response.writeHead(404).end();
      })
      .catch((error: unknown) => {
        log.error({ err: error }, 'a health or metrics request broke');
        response.writeHead(500).end();
      });
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`PORT ${port} is taken. Set PORT to another one.`) : error);
    });
    server.listen(port, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : port,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
