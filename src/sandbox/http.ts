/** The few things that every route of the gateway needs of HTTP. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from './check/shape.ts';
import { isObject } from './check/shape.ts';

/** No script, style, frame or address of anybody else. */
export const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Not no-referrer: with that a browser sends `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

export class TooLarge extends Error {}

export async function readBody(request: IncomingMessage, limit = 2_000_000): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The fields of a JSON or form body, and of the query; a body that is neither is empty. */
export async function readFields(request: IncomingMessage, url: URL): Promise<JsonObject> {
  const query = Object.fromEntries(url.searchParams);
  const type = request.headers['content-type'] ?? '';
  const text = (await readBody(request)).toString('utf8');
  if (type.includes('application/json')) {
    try {
      const value: unknown = JSON.parse(text);
      return isObject(value) ? { ...query, ...value } : query;
    } catch {
      return query;
    }
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(text)) };
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value), headers);
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...PAGE_HEADERS,
    'content-type': type,
    'cache-control': 'no-cache',
    ...headers,
  });
  response.end(body);
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { ...PAGE_HEADERS, location });
  response.end();
}

/**
 * A page of another site can reach a loopback port: by a name that resolves here (then `Host` is
 * that name) or by a form (then `Origin` is that site). Both are refused.
 */
export function isOurHost(request: IncomingMessage, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  return hosts.includes(request.headers.host ?? '');
}
export function isOurOrigin(request: IncomingMessage): boolean {
  return request.headers.origin === `http://${request.headers.host}`;
}
