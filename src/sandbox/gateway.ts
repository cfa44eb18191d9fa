/** The one HTTP server: Slack's Web API, response URLs, sockets, the page, the sample posts. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Emulator } from './emulator.ts';
import { isOurHost, isOurOrigin, readBody, readFields, send, sendJson, TooLarge } from './http.ts';
import type { Messages } from './messages.ts';
import type { PageHub } from './page-hub.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SocketHub } from './socket.ts';
import type { WebApi } from './web-api.ts';

/** Answers and returns true, or returns false: not mine. */
export type Route = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => boolean | Promise<boolean>;

export interface GatewayParts {
  api: WebApi;
  emulator: Emulator;
  hub: SocketHub;
  pages: PageHub;
  messages: Messages;
  responses: ResponseUrls;
  /** Asked in this order for every path that is not Slack's. */
  routes: readonly Route[];
}

const UPLOAD_LIMIT = 20_000_000;

/**
 * Listens on 127.0.0.1; rejects with the system's error when the port is taken. Until
 * `serveGateway` everybody is told to come back: a page that reconnects must not hang.
 */
export function listen(port: number): Promise<{ server: Server; port: number }> {
  const server = createServer((_, response) => {
    send(response, 503, 'text/plain', 'Starting.\n', { 'retry-after': '1' });
  });
  server.on('upgrade', (_, socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : port });
    });
  });
}

export function serveGateway(
  server: Server,
  port: number,
  parts: GatewayParts,
  onError: (error: unknown) => void,
): void {
  server.removeAllListeners('request').removeAllListeners('upgrade');
  server.on('request', (request, response) => {
    answer(request, response, port, parts).catch((error: unknown) => {
      if (!(error instanceof TooLarge)) onError(error);
      const status = error instanceof TooLarge ? 413 : 500;
      if (response.headersSent) response.destroy();
      else sendJson(response, { ok: false, error: 'internal_error' }, status);
    });
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const path = request.url ?? '/';
    if (!isOurHost(request, port)) socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    else if (path.startsWith('/socket/')) parts.hub.upgrade(request, socket, head);
    else if (path.startsWith('/page/live') && isOurOrigin(request)) {
      parts.pages.upgrade(request, socket, head);
    } else socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  parts: GatewayParts,
): Promise<void> {
  if (!isOurHost(request, port)) {
    return send(response, 403, 'text/plain', 'This address answers to 127.0.0.1 only.\n');
  }
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
  // Programs send no Origin; browsers always do on POST. Only the page itself may post from one.
  const fromBrowser = request.headers.origin !== undefined;
  const isPagePost = request.method === 'POST' && /^\/(page|samples)\//.test(url.pathname);
  if ((fromBrowser || isPagePost) && request.method !== 'GET' && !isOurOrigin(request)) {
    return send(response, 403, 'text/plain', 'Only the page itself may ask for that.\n');
  }
  const method = /^\/api\/([\w.]+)$/.exec(url.pathname)?.[1];
  if (method) return callApi(request, response, url, method, parts);
  const responseId = /^\/response\/(\w+)$/.exec(url.pathname)?.[1];
  if (responseId) return respond(request, response, url, responseId, parts);
  if (url.pathname.startsWith('/upload/v1/')) return upload(request, response, url, parts);
  for (const route of parts.routes) if (await route(request, response, url)) return;
  send(response, 404, 'text/plain', 'There is nothing here.\n');
}

async function callApi(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  method: string,
  parts: GatewayParts,
): Promise<void> {
  const body = await readFields(request, url);
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? (typeof body['token'] === 'string' ? body['token'] : '');
  const { reply, scopes } = await parts.api.call(method, token, body);
  sendJson(response, reply, 200, scopes.length > 0 ? { 'x-oauth-scopes': scopes.join(',') } : {});
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  id: string,
  parts: GatewayParts,
): Promise<void> {
  const answered = await readFields(request, url);
  const context = parts.responses.use(id);
  if (typeof context === 'string') return sendJson(response, { ok: false, error: context }, 404);
  const error = parts.messages.respond(context, answered);
  if (error) return sendJson(response, { ok: false, error }, 400);
  send(response, 200, 'text/plain', 'ok');
}

async function upload(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  parts: GatewayParts,
): Promise<void> {
  const body = await readBody(request, UPLOAD_LIMIT);
  const forwarded = await parts.emulator.fetch(
    new Request(url, {
      method: 'POST',
      headers: { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' },
      body,
    }),
  );
  send(response, forwarded.status, 'text/plain', await forwarded.text());
}
