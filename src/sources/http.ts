import type { LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request as send, type Dispatcher } from 'undici';
import type { Failure, Guard, Http, HttpAnswer, HttpOutcome, HttpRequest } from '../core/source.ts';
import {
  guardedLookup,
  isPublicAddress,
  literalAddress,
  PRIVATE_ADDRESS,
} from './http/addresses.ts';
import { BodyError, decodeBody, readBytes } from './http/body.ts';
import {
  failureOfError,
  failureOfStatus,
  IN_CIRCLES,
  LEADS_ASTRAY,
  leftAlone,
  NO_WEB_ADDRESS,
} from './http/failures.ts';
import { headersFor, plainHeaders, userAgentOf } from './http/headers.ts';
import { createNames } from './http/names.ts';
import { freshSeconds } from './http/times.ts';
import type { Politeness } from './http/politeness.ts';
import { createRobots, KEPT_OUT } from './http/robots.ts';
import { createTurns } from './http/turns.ts';
import { hostAndPort, webAddress, withoutCredentials, withoutFragment } from './http/urls.ts';

export interface HttpOptions {
  /** Where the operator can be reached: an address of a page or of mail. */
  contact: string | null;
  version: string;
  /** Private places that may be read all the same, each exactly `host:port`. */
  privateHosts: readonly string[];
  limits?: Partial<HttpLimits>;
  /** Milliseconds of rest between two requests to one host, drawn anew each time. */
  pause?: () => number;
  /** What is owed to hosts beyond that; nothing where absent. */
  politeness?: Politeness;
  /** How names become addresses; what it answers is guarded. */
  lookup?: LookupFunction;
  clock?: () => Date;
}

export interface HttpLimits {
  /** Bytes of a body, unpacked. */
  bodyBytes: number;
  headerBytes: number;
  /** Seconds for a request with all its redirects, to the last byte; waiting for a turn is extra. */
  seconds: number;
  redirects: number;
}

export const HTTP_LIMITS: Readonly<HttpLimits> = {
  bodyBytes: 5 * 1024 * 1024,
  headerBytes: 32 * 1024,
  seconds: 20,
  redirects: 5,
};

/** Of the body of a refusal, which may say when to come back. */
const REFUSAL_BYTES = 64 * 1024;
/** A host that wants to be left alone for longer is not waited for. */
const PATIENCE_MS = 5000;
const PERMANENT = [301, 308];
const REDIRECTS = [301, 302, 303, 307, 308];

/** The network door, which is to be closed in the end. */
export interface HttpDoor extends Http {
  close(): Promise<void>;
}

/**
 * Makes the only door to the network. It sends one request at a time to a host, reads no more than
 * the limits allow, goes to no private address (also not by a redirect, or by a name that changes
 * its mind), and turns whatever goes wrong into a typed failure.
 */
export function createHttp(options: HttpOptions): HttpDoor {
  const limits = { ...HTTP_LIMITS, ...options.limits };
  const clock = options.clock ?? (() => new Date());
  const turns = createTurns(options.pause ?? politePause);
  const privateHosts = new Set(options.privateHosts.map((host) => host.toLowerCase()));
  const userAgent = userAgentOf(options.contact, options.version);
  const names = createNames();
  const open = options.lookup ?? names.system;
  const guarded = guardedLookup(options.lookup ?? names.resolved);
  const robots = createRobots(get);
  const agents = { open: createAgent(open), guarded: createAgent(guarded) };

  function createAgent(lookup: LookupFunction): Agent {
    return new Agent({ connect: { lookup }, maxHeaderSize: limits.headerBytes, pipelining: 1 });
  }

  /** The agent that may go to an address, or why none may. */
  function agentFor(url: URL): { ok: true; agent: Agent } | { ok: false; failure: Failure } {
    if (privateHosts.has(hostAndPort(url))) return { ok: true, agent: agents.open };
    const literal = literalAddress(url);
    if (literal === null || isPublicAddress(literal)) return { ok: true, agent: agents.guarded };
    return { ok: false, failure: failureOfError({ code: PRIVATE_ADDRESS }, null) };
  }

  function guard(address: string): Guard {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url === null) return { ok: false, failure: NO_WEB_ADDRESS };
    const found = agentFor(url);
    if (!found.ok) return found;
    const lookup = found.agent === agents.open ? open : guarded;
    return { ok: true, lookup: lookup as Extract<Guard, { ok: true }>['lookup'], userAgent };
  }

  async function get(request: HttpRequest): Promise<HttpOutcome> {
    let url = webAddress(request.url);
    if (url === null) return { ok: false, failure: NO_WEB_ADDRESS };
    const visited = new Set<string>();
    const home = new URL(url).origin;
    let isPermanent = true;
    let movedTo: string | null = null;
    let milliseconds = (request.timeoutSeconds ?? limits.seconds) * 1000;
    for (;;) {
      visited.add(url.href);
      if (request.asRobot && !(await robots.allows(url, request.signal))) {
        return { ok: false, failure: KEPT_OUT };
      }
      const hop = await takeTurn(request, url, url.origin === home, milliseconds);
      if (!('redirect' in hop)) return finish(hop, url, movedTo);
      const next = webAddress(hop.redirect, url);
      milliseconds -= hop.milliseconds;
      const failure = refuseRedirect(request, next, visited);
      if (failure !== null || next === null) return { ok: false, failure: failure ?? LEADS_ASTRAY };
      isPermanent &&= PERMANENT.includes(hop.status);
      if (isPermanent) movedTo = withoutFragment(next);
      url = next;
    }
  }

  function refuseRedirect(request: HttpRequest, next: URL | null, visited: Set<string>) {
    if (request.method === 'POST' || next === null) return LEADS_ASTRAY;
    const isLoop = visited.has(next.href) || visited.size > limits.redirects;
    return isLoop ? IN_CIRCLES : null;
  }

  async function takeTurn(request: HttpRequest, url: URL, isHome: boolean, milliseconds: number) {
    const found = agentFor(url);
    if (!found.ok) return found;
    const { politeness } = options;
    const go = () => visit(request, url, { agent: found.agent, isHome, milliseconds });
    try {
      return await turns.take(url.host, request.signal, () =>
        politeness === undefined ? go() : politely(politeness, request, url, go),
      );
    } catch (error) {
      if (!request.signal?.aborted) throw error;
      return { ok: false as const, failure: failureOfError(error, 'abort') };
    }
  }

  /** Obeys what the host has told anybody here, and passes on what it tells now. */
  async function politely(
    politeness: Politeness,
    { signal }: HttpRequest,
    { host }: URL,
    go: () => Promise<Hop>,
  ): Promise<Hop> {
    const left = await politeness.left(host);
    if (left > PATIENCE_MS) return { ok: false, failure: leftAlone(left) };
    if (left > 0) await sleep(left, undefined, signal && { signal });
    const hop = await politeness.alone(host, signal, go);
    const failure = 'failure' in hop ? hop.failure : null;
    const seconds = failure?.retryAfterSeconds;
    if (seconds !== undefined) await politeness.asked(host, seconds * 1000);
    return hop;
  }

  async function visit(
    request: HttpRequest,
    url: URL,
    { agent, isHome, milliseconds }: { agent: Agent; isHome: boolean; milliseconds: number },
  ): Promise<Hop> {
    const started = performance.now();
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), Math.max(0, milliseconds));
    const stop = (): void => deadline.abort();
    request.signal?.addEventListener('abort', stop, { once: true });
    let isRead = false;
    try {
      request.signal?.throwIfAborted();
      const response = await send(withoutCredentials(url), {
        dispatcher: agent,
        method: request.method ?? 'GET',
        headers: headersFor(request, url, isHome, userAgent),
        body: request.body ?? null,
        signal: deadline.signal,
        // The deadline is for all of it; a clock of its own for each part would add up.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const hop = await readHop(request, response, started);
      isRead = 'ok' in hop && hop.ok;
      return hop;
    } catch (error) {
      const ended = request.signal?.aborted ? 'abort' : deadline.signal.aborted ? 'timeout' : null;
      return { ok: false, failure: failureOfError(error, ended) };
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', stop);
      // Ends what was not read.
      if (!isRead) deadline.abort();
    }
  }

  async function readHop(
    request: HttpRequest,
    { statusCode: status, headers: raw, body }: Dispatcher.ResponseData,
    started: number,
  ): Promise<Hop> {
    // What is left of a body when its deadline is cut must not come up as an error of the process.
    body.on('error', () => undefined);
    const headers = plainHeaders(raw);
    const redirect = headers['location'];
    if (REDIRECTS.includes(status) && redirect !== undefined) {
      return { redirect, status, milliseconds: performance.now() - started };
    }
    if (status === 304 && request.validators !== undefined) {
      // It has no body, and to break it off would cost more than all the rest of it.
      await body.dump();
      return { ok: true, status, headers, body: null };
    }
    const failure = failureOfStatus(status, headers, clock());
    const most = request.maxBytes ?? limits.bodyBytes;
    const encoding = headers['content-encoding'] ?? '';
    if (failure !== null) {
      const said = await readBytes(body, REFUSAL_BYTES)
        .then((bytes) => decodeBody(bytes, encoding, REFUSAL_BYTES))
        .catch(() => Buffer.alloc(0));
      return { ok: false, failure, status, headers, body: said };
    }
    if (Number(headers['content-length'] ?? 0) > most) throw new BodyError('too-large');
    const bytes = await readBytes(body, most);
    return { ok: true, status, headers, body: await decodeBody(bytes, encoding, most) };
  }

  function finish(hop: Exclude<Hop, { redirect: string }>, url: URL, movedTo: string | null) {
    if (!('status' in hop)) return { ok: false as const, failure: hop.failure };
    const { status, headers } = hop;
    const fresh = freshSeconds(headers, clock());
    if (hop.body === null) {
      return { ok: true as const, notModified: true as const, movedTo, freshSeconds: fresh };
    }
    const answer: HttpAnswer = {
      url: withoutCredentials(url),
      movedTo,
      status,
      headers,
      body: hop.body,
      validators: {
        ...(headers['etag'] === undefined ? {} : { etag: headers['etag'] }),
        ...(headers['last-modified'] === undefined
          ? {}
          : { lastModified: headers['last-modified'] }),
      },
    };
    if (!hop.ok) return { ok: false as const, failure: hop.failure, answer };
    return { ok: true as const, notModified: false as const, answer, freshSeconds: fresh };
  }

  return {
    get,
    guard,
    async close() {
      await Promise.all([agents.open.destroy(), agents.guarded.destroy()]);
    },
  };
}

/** What one request of a chain of redirects came to; a body of null means "not modified". */
type Hop =
  | { redirect: string; status: number; milliseconds: number }
  | { ok: true; status: number; headers: HttpAnswer['headers']; body: Buffer | null }
  | { ok: false; failure: Failure; status: number; headers: HttpAnswer['headers']; body: Buffer }
  | { ok: false; failure: Failure };

/** Regular beats are how a crowd of pollers hurts a host. */
export function politePause(): number {
  return 100 + Math.random() * 200;
}
