import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { Call, Failure, Http } from '../core/source.ts';
import { fields, getJson, number, string, unexpected, type JsonOutcome } from './json.ts';

/** How a token is asked for (RFC 6749, 4.4, or RFC 7523). */
export interface Grant {
  url: string;
  headers?: Record<string, string>;
  /** Made when it is needed, since it may have to be signed. */
  form: () => Record<string, string>;
  /** What the token is given for; only its hash is kept. */
  secret: string;
  /** The settings that hold it, for the person who must correct them. */
  settings: string;
}

interface Token {
  text: string;
  /** Milliseconds since 1970. */
  until: number;
}

/** Seconds before its end from which a token is not used any more. */
const MARGIN = 60;
/** Where the place names no end. */
const USUAL_SECONDS = 3600;

/** In memory only, and no longer than the door that they are used at. */
const kept = new WeakMap<Http, Map<string, Token>>();

/**
 * Asks with a token that was fetched before, or fetches one. A token that the place does not take
 * any more (401) is replaced once.
 */
export async function askWithToken(
  call: Call,
  grant: Grant,
  ask: (token: string) => Promise<JsonOutcome>,
): Promise<JsonOutcome> {
  const tokens = kept.get(call.http) ?? new Map<string, Token>();
  kept.set(call.http, tokens);
  const key = createHash('sha256').update(`${grant.url}\n${grant.secret}`).digest('base64');
  const known = tokens.get(key);
  if (known !== undefined && known.until > call.now.getTime()) {
    const outcome = await ask(known.text);
    if (outcome.ok || outcome.status !== 401) return outcome;
    tokens.delete(key);
  }
  const fetched = await fetchToken(call, grant);
  if (!fetched.ok) return { ...fetched, status: null, headers: {}, value: null };
  tokens.set(key, fetched.token);
  const outcome = await ask(fetched.token.text);
  if (!outcome.ok && outcome.status === 401) tokens.delete(key);
  return outcome;
}

async function fetchToken(
  call: Call,
  { url, headers, form, settings }: Grant,
): Promise<{ ok: true; token: Token } | { ok: false; failure: Failure }> {
  const outcome = await getJson(call, url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form()).toString(),
  });
  if (!outcome.ok) {
    const isRefusal = outcome.status === 400 || outcome.status === 401;
    return { ok: false, failure: isRefusal ? notAccepted(settings, outcome) : outcome.failure };
  }
  const answer = outcome.notModified ? {} : fields(outcome.value);
  const text = string(answer['access_token']);
  if (text === null) {
    // Reddit says no with a 200.
    const isRefusal = string(answer['error']) !== null;
    const said = { status: 200, value: answer };
    return {
      ok: false,
      failure: isRefusal ? notAccepted(settings, said) : unexpected('an access token'),
    };
  }
  const seconds = (number(answer['expires_in']) ?? USUAL_SECONDS) - MARGIN;
  return { ok: true, token: { text, until: call.now.getTime() + seconds * 1000 } };
}

/** A key that the place refuses, with its error code, which is a word of the protocol. */
export function notAccepted(
  settings: string,
  { status, value }: { status: number | null; value: unknown },
): Failure {
  const code = fields(value)['error'];
  const isCode = typeof code === 'string' && /^[a-z_]{1,40}$/u.test(code);
  return {
    kind: 'rejected',
    cause: `HTTP ${status}${isCode ? `, ${code}` : ''}`,
    message: `does not accept ${settings}; check the settings, and the clock of this machine`,
  };
}

/** What a source says whose key is not set (any more). */
export function missing(settings: string): JsonOutcome & { ok: false } {
  const failure: Failure = {
    kind: 'rejected',
    cause: 'not configured',
    message: `needs ${settings}, which is not set`,
  };
  return { ok: false, failure, status: null, headers: {}, value: null };
}

/**
 * A private key from a setting: PEM, its line ends also written as `\n`, or all of it in base64.
 * Null when it is no key of this kind.
 */
export function readPrivateKey(setting: string, kind: 'ec' | 'rsa'): KeyObject | null {
  const written = setting.replaceAll('\\n', '\n').trim();
  const pem = written.startsWith('-----')
    ? written
    : Buffer.from(written, 'base64').toString('utf8');
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === kind ? key : null;
  } catch {
    return null;
  }
}

/** A signed JSON Web Token (RFC 7519): ES256 with an elliptic key, RS256 with an RSA one. */
export function signJwt(key: KeyObject, keyId: string | null, claims: object): string {
  const alg = key.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
  const header = { alg, typ: 'JWT', ...(keyId === null ? {} : { kid: keyId }) };
  const signed = `${encoded(header)}.${encoded(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
