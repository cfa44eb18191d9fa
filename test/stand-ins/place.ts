import assert from 'node:assert/strict';
import type { Post } from '../../src/core/post.ts';
import type {
  Call,
  Existence,
  Failure,
  PollOutcome,
  Purse,
  RepliesOutcome,
  Source,
  SourceSettings,
} from '../../src/core/source.ts';
import { purseOf } from '../../src/flows/hear/purse.ts';
import { createHttp, type HttpDoor } from '../../src/sources/http.ts';
import { fakeBudgetStore } from '../helpers/fake-stores/budgets.ts';
import { emptyData } from '../helpers/fake-stores/data.ts';
import { sampleWorkspace } from '../helpers/samples.ts';
import { startWeb, type RecordedRequest, type Reply, type Web } from '../helpers/web.ts';

/** When the stand-ins' made-up things happen. */
export const START = new Date('2026-03-02T12:00:00.000Z');

/** A stand-in place on loopback, and the door to it. */
export interface Place {
  web: Web;
  http: HttpDoor;
  settings: Record<string, string>;
  /** The clock of the one who polls; tests move it. */
  now: Date;
  /** What may be read of what the place charges for; one workspace's. */
  purse: Purse;
  /** Answers that come before all others, one a request: limits, outages, web pages. */
  next: Reply[];
  /** Answers a path with JSON; a `Reply` is sent as it is. */
  json(path: string, answer: (query: URLSearchParams, request: RecordedRequest) => unknown): void;
  call(): Call;
  close(): Promise<void>;
}

export async function startPlace(): Promise<Place> {
  return placeOn(await startWeb());
}

/** The same on a server that runs already. */
export function placeOn(web: Web): Place {
  const http = createHttp({
    contact: null,
    version: '0',
    privateHosts: [web.host],
    pause: () => 0,
    limits: { seconds: 2 },
    clock: () => place.now,
  });
  const data = emptyData();
  data.workspaces.set('T1', sampleWorkspace({ id: 'T1' }));
  const stores = { budgets: fakeBudgetStore(data) };
  const place: Place = {
    web,
    http,
    settings: {},
    now: START,
    purse: purseOf({ stores, clock: () => place.now }),
    next: [],
    json(path, answer) {
      web.on(path, (request) => {
        const early = place.next.shift();
        if (early !== undefined) return early;
        const value = answer(new URL(request.path, web.url).searchParams, request);
        return isReply(value) ? value : jsonReply(value);
      });
    },
    call: () => ({
      http,
      settings: place.settings as SourceSettings,
      now: place.now,
      purse: place.purse,
      signal: AbortSignal.timeout(10_000),
    }),
    async close() {
      await http.close();
      await web.close();
    },
  };
  return place;
}

export function jsonReply(value: unknown, over: Partial<Reply> = {}): Reply {
  const headers = { 'content-type': 'application/json', ...over.headers };
  return { status: 200, body: JSON.stringify(value), ...over, headers };
}

/** What a wall in front of a place, or a login, answers. */
export const WEB_PAGE: Reply = {
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Sample</title><p>Please log in',
};

function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value;
}

export interface Poller {
  cursor: string | null;
  /** One poll that must succeed; its cursor is kept. */
  poll(): Promise<PollOutcome & { ok: true }>;
  /** One poll that must fail; the cursor stays. */
  fail(): Promise<Failure>;
  /** External ids of what one more poll brings, sorted. */
  ids(): Promise<string[]>;
}

/** Polls one address as the flow does: a cursor is kept only together with its posts. */
export function poller(source: Source, place: Place, address: string): Poller {
  async function once(): Promise<PollOutcome> {
    const outcome = await source.poll?.({ ...place.call(), address, cursor: self.cursor });
    return outcome ?? assert.fail('does not poll');
  }
  const self: Poller = {
    cursor: null,
    async poll() {
      const outcome = await once();
      assert.ok(outcome.ok, JSON.stringify(outcome));
      self.cursor = outcome.cursor;
      return outcome;
    },
    async fail() {
      const outcome = await once();
      assert.ok(!outcome.ok, 'the poll was to fail');
      return outcome.failure;
    },
    ids: async () => (await self.poll()).posts.map(({ externalId }) => externalId).sort(),
  };
  return self;
}

/** A post that was stored, as a sweep knows it. */
export function refOf({ externalId, url }: Post) {
  return { externalId, url };
}

export async function existence(
  source: Source,
  place: Place,
  address: string,
  posts: readonly { externalId: string; url: string | null }[],
): Promise<Existence[]> {
  const found = await source.exists?.({ ...place.call(), address, posts });
  return posts.map(({ externalId }) => found?.get(externalId) ?? assert.fail(externalId));
}

export function repliesOf(outcome: RepliesOutcome | undefined): string[] {
  assert.ok(outcome?.ok, JSON.stringify(outcome));
  return outcome.replies.map(({ text }) => text);
}
