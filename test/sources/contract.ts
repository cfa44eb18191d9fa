import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Post } from '../../src/core/post.ts';
import type { PollOutcome, Purse, Source, SourceSettings } from '../../src/core/source.ts';
import { createHttp, type HttpDoor } from '../../src/sources/http.ts';
import { startWeb, type Reply, type Web } from '../helpers/web.ts';

/** A post as the stand-in place has it. */
export interface Sample {
  /** A whole number; the stand-in makes an id of its own kind of it, greater for later posts. */
  number: number;
  text: string;
  at: Date;
}

/** One source beside a stand-in of its place. */
export interface SourceCase {
  source: Source;
  address: string;
  settings?: SourceSettings;
  purse?: Purse;
  /**
   * From now on the place has these posts, given oldest first; `broken` adds items that cannot be
   * read among them. Only what makes the source tell posts apart may depend on their order.
   */
  show(samples: readonly Sample[], broken?: boolean): void;
  /** Posts that one request of the source brings at most. */
  pageSize: number;
  /** Whether the place answers 304 when nothing changed. */
  hasValidators: boolean;
  /** How the host itself says "slow down", and for how many seconds that must be obeyed. */
  throttle?: { reply: Reply; seconds: number };
}

const START = new Date('2026-11-23T09:00:00Z').getTime();
const MINUTE = 60_000;

function sample(number: number, text = `Still no connection, day ${number}`): Sample {
  return { number, text, at: new Date(START + number * MINUTE) };
}

function samples(from: number, to: number): Sample[] {
  return Array.from({ length: to - from + 1 }, (_, index) => sample(from + index));
}

/** Holds a polling source to the contract, against a real server on loopback. */
export function sourceContract(name: string, makeCase: (web: Web) => SourceCase): void {
  describe(`${name} keeps the contract of a source`, () => {
    let web: Web;
    let http: HttpDoor;
    let place: SourceCase;

    before(async () => {
      web = await startWeb();
      http = createHttp({
        contact: null,
        version: '0',
        privateHosts: [web.host],
        pause: () => 0,
      });
      place = makeCase(web);
    });

    after(async () => {
      await http.close();
      await web.close();
    });

    async function poll(
      cursor: string | null,
      options: { now?: Date; signal?: AbortSignal } = {},
    ): Promise<PollOutcome> {
      assert.ok(place.source.poll, 'it polls');
      return place.source.poll({
        http,
        settings: place.settings ?? {},
        now: options.now ?? new Date(START + 60 * MINUTE),
        signal: options.signal ?? new AbortController().signal,
        address: place.address,
        cursor,
        ...(place.purse && { purse: place.purse }),
      });
    }

    async function good(cursor: string | null, options?: { now?: Date }) {
      const outcome = await poll(cursor, options);
      assert.ok(outcome.ok, JSON.stringify(outcome));
      assert.equal(new Set(outcome.posts.map(idOf)).size, outcome.posts.length, 'no post twice');
      return outcome;
    }

    async function bad(cursor: string | null, reply: Reply) {
      web.instead(reply);
      const outcome = await poll(cursor);
      web.instead(null);
      assert.ok(!outcome.ok, JSON.stringify(outcome));
      assert.ok(outcome.failure.message !== '' && outcome.failure.cause !== '');
      return outcome.failure;
    }

    async function baseline(): Promise<string> {
      place.show(samples(1, 3));
      return (await good(null)).cursor;
    }

    test('what somebody typed as its address is its address', () => {
      assert.equal(place.source.recognise(place.address)?.address, place.address);
    });

    test('nothing new brings nothing, however often it is asked', async () => {
      let cursor = await baseline();
      for (let round = 0; round < 3; round += 1) {
        const next = await good(cursor);
        assert.deepEqual(next.posts, []);
        assert.equal(next.gap, null);
        cursor = next.cursor;
      }
    });

    test('where the place can say that nothing changed, it is asked so', async (t) => {
      if (!place.hasValidators) return t.skip('the place has no validators');
      const cursor = await baseline();
      const asked = web.requests.length;
      const { posts } = await good(cursor);
      assert.deepEqual(posts, []);
      const { headers } = web.requests[asked] ?? assert.fail('it asked');
      assert.ok(headers['if-none-match'] ?? headers['if-modified-since']);
    });

    test('new posts come once, and carry what the card shows', async () => {
      const cursor = await baseline();
      place.show(samples(1, 5));
      const next = await good(cursor);
      assert.deepEqual(textsOf(next.posts), ['day 4', 'day 5']);
      for (const { url, publishedAt } of next.posts) {
        assert.match(url ?? '', /^https?:\/\//u);
        assert.ok(publishedAt !== null);
      }
      assert.deepEqual((await good(next.cursor)).posts, []);
    });

    test('a limit is obeyed in both forms of Retry-After', async () => {
      const cursor = await baseline();
      const seconds = await bad(cursor, { status: 429, headers: { 'retry-after': '90' } });
      assert.equal(seconds.kind, 'rate-limited');
      assert.equal(seconds.retryAfterSeconds, 90);
      const date = await bad(cursor, {
        status: 429,
        headers: {
          date: 'Mon, 23 Nov 2026 10:00:00 GMT',
          'retry-after': 'Mon, 23 Nov 2026 10:02:00 GMT',
        },
      });
      assert.equal(date.retryAfterSeconds, 120);
    });

    test("the host's own way to say it is obeyed as well", async (t) => {
      if (place.throttle === undefined) return t.skip('the host has none');
      const failure = await bad(await baseline(), place.throttle.reply);
      assert.equal(failure.kind, 'rate-limited');
      assert.equal(failure.retryAfterSeconds, place.throttle.seconds);
    });

    test('a place in trouble is unavailable, and what it missed to say comes later', async () => {
      const cursor = await baseline();
      for (const status of [500, 502, 503]) {
        assert.equal((await bad(cursor, { status, body: 'trouble' })).kind, 'unavailable');
      }
      place.show(samples(1, 4));
      assert.deepEqual(textsOf((await good(cursor)).posts), ['day 4']);
    });

    test('a web page instead of data is a failure in words, not an empty place', async () => {
      const page = '<!doctype html><html><head><title>Log in</title></head><body></body></html>';
      const headers = { 'content-type': 'text/html' };
      const failure = await bad(await baseline(), { headers, body: page });
      assert.equal(failure.kind, 'malformed');
      assert.match(failure.message, /web page/u);
    });

    test('malformed items cost no good one', async () => {
      const cursor = await baseline();
      place.show(samples(1, 5), true);
      const { posts } = await good(cursor);
      const texts = textsOf(posts);
      assert.ok(texts.includes('day 4') && texts.includes('day 5'), texts.join());
    });

    test('an edit leaves the id as it is', async () => {
      place.show(samples(1, 3));
      const first = await good(null);
      place.show([sample(1), sample(2, 'Edited: it works again'), sample(3)]);
      const [again, fresh] = [await good(first.cursor), await good(null)];
      assert.deepEqual(idsOf(fresh.posts), idsOf(first.posts));
      for (const { externalId, text, title } of again.posts) {
        assert.ok(idsOf(first.posts).includes(externalId));
        assert.match(`${title ?? ''} ${text}`, /Edited/u);
      }
    });

    test('posts that arrive out of order all come', async () => {
      place.show([sample(1), sample(4)]);
      const first = await good(null);
      place.show([sample(1), sample(3), sample(2), sample(4)]);
      const second = await good(first.cursor);
      place.show([sample(5), sample(1), sample(3), sample(2), sample(4)]);
      const third = await good(second.cursor);
      assert.deepEqual(textsOf([...second.posts, ...third.posts]), ['day 2', 'day 3', 'day 5']);
    });

    test('more new posts than one page all come, or the gap is told', async () => {
      let cursor = await baseline();
      const last = 3 + place.pageSize * 3;
      place.show(samples(1, last));
      const heard: Post[] = [];
      let isTold = false;
      for (let round = 0; round < 6; round += 1) {
        const next = await good(cursor);
        heard.push(...next.posts);
        isTold ||= next.gap !== null;
        cursor = next.cursor;
      }
      assert.equal(new Set(idsOf(heard)).size, heard.length, 'no post twice');
      if (!isTold) assert.equal(heard.length, last - 3);
      assert.ok(textsOf(heard).includes(`day ${last}`));
    });

    test('an abort in mid-request ends the poll at once and loses nothing', async () => {
      const cursor = await baseline();
      place.show(samples(1, 4));
      const abort = new AbortController();
      web.instead(() => {
        abort.abort();
        return new Promise(() => undefined);
      });
      const outcome = await poll(cursor, { signal: abort.signal });
      web.instead(null);
      assert.ok(!outcome.ok);
      assert.deepEqual(textsOf((await good(cursor)).posts), ['day 4']);
    });

    test('a clock that is wrong, ours or theirs, loses nothing', async () => {
      for (const hours of [-48, 48]) {
        const now = new Date(START + hours * 60 * MINUTE);
        place.show(samples(1, 3));
        const first = await good(null, { now });
        place.show(samples(1, 5));
        const second = await good(first.cursor, { now });
        assert.deepEqual(textsOf(second.posts), ['day 4', 'day 5'], `${hours} hours`);
        place.show(samples(1, 6));
        const third = await good(second.cursor);
        assert.deepEqual(textsOf(third.posts), ['day 6'], `${hours} hours, then right`);
      }
    });

    test('a restart at any point loses no post and doubles none', async () => {
      const cursors: { cursor: string; seen: number }[] = [];
      let cursor = await baseline();
      for (let last = 3; last <= 8; last += 1) {
        cursors.push({ cursor, seen: last });
        place.show(samples(Math.max(1, last - place.pageSize + 2), last + 1));
        cursor = (await good(cursor)).cursor;
      }
      for (const { cursor: old, seen } of cursors) {
        const [once, again] = [await good(old), await good(old)];
        assert.deepEqual(idsOf(once.posts), idsOf(again.posts), 'the same, asked again');
        const missed = samples(seen + 1, 9).map(({ number }) => `day ${number}`);
        if (once.gap === null) assert.deepEqual(textsOf(once.posts), missed);
        assert.deepEqual((await good(once.cursor)).posts, []);
      }
    });
  });
}

function idOf({ externalId }: Post): string {
  return externalId;
}

function idsOf(posts: readonly Post[]): string[] {
  return posts.map(idOf).sort();
}

/** "day 4" for each sample, in the order of their days. */
function textsOf(posts: readonly Post[]): string[] {
  return posts
    .map(({ title, text }) => /day \d+/u.exec(`${title ?? ''} ${text}`)?.[0] ?? '')
    .sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)));
}
