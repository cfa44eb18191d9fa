import type { HttpRequest } from '../../core/source.ts';
import { basicCredentials } from './urls.ts';

/** An honest name with a way to reach the operator: `Earshot/0.1.0 (+https://team.example/bot)`. */
export function userAgentOf(contact: string | null, version: string): string {
  // A header takes visible ASCII only.
  const visible = contact?.replace(/[^\x21-\x7e]/gu, '') ?? '';
  return `Earshot/${version}${visible === '' ? '' : ` (+${visible})`}`;
}

/**
 * The headers of one hop. `isHome`: still at the origin that was asked for; what was meant for it
 * (a key, a cookie) goes to no other.
 */
export function headersFor(
  request: HttpRequest,
  url: URL,
  isHome: boolean,
  userAgent: string,
): Record<string, string> {
  const { validators } = request;
  const { accept, ...others } = lowerCased(request.headers ?? {});
  const credentials = basicCredentials(url);
  return {
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': userAgent,
    accept: accept ?? '*/*',
    ...(isHome ? others : {}),
    ...(credentials === null ? {} : { authorization: credentials }),
    ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
  };
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** One text for each header, names in lower case. */
export function plainHeaders(
  raw: Record<string, string | string[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
