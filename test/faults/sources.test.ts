import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { pollSource } from '../../src/flows/hear/poll.ts';
import { feed } from '../../src/sources/feed.ts';
import { createHttp } from '../../src/sources/http.ts';
import { world } from '../helpers/flows.ts';
import { pollDeps } from '../helpers/poll-deps.ts';
import { minutesAfter, sampleSource } from '../helpers/samples.ts';
import { startWeb, type Reply, type Web } from '../helpers/web.ts';

let web: Web;
before(async () => {
  web = await startWeb();
});
after(() => web.close());

const HOUR = 60;
const NAME = 'forum.example';

/** A feed that shows the newest ten complaints. */
function shows(last: number): void {
  const items = Array.from({ length: 10 }, (_, index) => last - index)
    .filter((number) => number > 0)
    .map(
      (number) => `<item><guid isPermaLink="false">post-${number}</guid>
      <description>Acme Broadband is down again, nobody answers, this is awful. Sample ${number}</description>
      <pubDate>${minutesAfter(-1).toUTCString()}</pubDate></item>`,
    );
  web.on('/feed', {
    // So that every poll looks the name up.
    headers: { connection: 'close' },
    body: `<rss version="2.0"><channel><title>Forum</title>${items.join('')}</channel></rss>`,
  });
}

/** A world that listens to that feed, polled when it is due; names can be made to fail. */
async function listening(t: TestContext) {
  const it = await world(t);
  const { workspaceId } = it;
  let nameTrouble: string | null = null;
  const http = createHttp({
    ...{ contact: null, version: '0', pause: () => 0, clock: it.clock, limits: { seconds: 1 } },
    privateHosts: [`${NAME}:${web.port}`],
    lookup: (_name, _options, callback) =>
      nameTrouble === null
        ? callback(null, [{ address: '127.0.0.1', family: 4 }])
        : callback(Object.assign(new Error(nameTrouble), { code: nameTrouble }), []),
  });
  t.after(() => http.close());
  const source = sampleSource({
    ...{ id: 'faulty', address: `http://${NAME}:${web.port}/feed`, label: 'The forum' },
    ...{ kind: 'feed', intervalSeconds: 900, nextPollAt: it.clock() },
  });
  await it.stores.sources.add(source);
  const deps = pollDeps(it, [feed], {
    http,
    notice: async (_workspaceId, text) => void it.channel.notice(workspaceId, 'C1', text),
  });
  const state = async () => (await it.stores.sources.find(workspaceId, source.id))!;
  return {
    ...it,
    state,
    names: (trouble: string | null) => (nameTrouble = trouble),
    /** Lets time pass, and polls whenever that is due. */
    async pass(minutes: number): Promise<number> {
      let polls = 0;
      for (let minute = 0; minute < minutes; minute += 1) {
        it.later(1);
        if ((await state()).nextPollAt > it.clock()) continue;
        await pollSource(deps, workspaceId, source.id);
        polls += 1;
      }
      return polls;
    },
    heard: async () =>
      (await it.stores.mentions.list(workspaceId, {}, { order: 'oldest' }))
        .map(({ externalId }) => externalId)
        .sort(),
    notices: () => it.channel.notices,
  };
}

const half: Reply = {
  headers: { 'content-length': '100000' },
  body: {
    *[Symbol.iterator]() {
      yield Buffer.from('<rss version="2.0"><channel><item><guid>half</guid>');
      throw new Error('the cable');
    },
  },
};

/** What a place may do for an hour, what is said of it, and how often it is asked meanwhile at most. */
const TROUBLE: Readonly<Record<string, [Reply | (() => Promise<Reply>), RegExp, number]>> = {
  'asks for fewer requests': [{ status: 429 }, /asks for fewer requests/u, 7],
  'asks to wait for half an hour': [
    { status: 503, headers: { 'retry-after': '1800' } },
    /busy/u,
    3,
  ],
  'answers 500': [{ status: 500 }, /trouble of its own \(500\)/u, 7],
  'answers with a web page': [{ body: '<!doctype html><html><body>Log in' }, /web page/u, 7],
  'breaks off in the middle of every answer': [half, /broke off the connection/u, 7],
  'is silent': [() => new Promise<Reply>(() => undefined), /too slowly/u, 7],
};

for (const [what, [reply, words, most]] of Object.entries(TROUBLE)) {
  test(`when a place ${what} for an hour, it is asked ever less, told of once, and loses nothing`, async (t) => {
    const it = await listening(t);
    shows(3);
    await it.pass(1);
    web.instead(reply);
    t.after(() => web.instead(null));
    const polls = await it.pass(HOUR);
    assert.ok(polls >= 2 && polls <= most, `${polls} polls`);
    const { failure, failingSince, failures } = await it.state();
    assert.match(failure ?? '', words);
    assert.ok(failingSince !== null && failures === polls);
    shows(8);
    web.instead(null);
    await it.pass(7 * HOUR);
    assert.deepEqual(await it.heard(), ['post-4', 'post-5', 'post-6', 'post-7', 'post-8']);
    assert.equal((await it.state()).failure, null);
    assert.ok(it.notices().length <= 1, it.notices().join());
  });
}

test('when names cannot be looked up for an hour, that is said, and it goes on by itself', async (t) => {
  const it = await listening(t);
  shows(3);
  await it.pass(1);
  it.names('EAI_AGAIN');
  await it.pass(HOUR);
  assert.match((await it.state()).failure ?? '', /could not be looked up by name/u);
  shows(4);
  it.names(null);
  await it.pass(7 * HOUR);
  assert.deepEqual(await it.heard(), ['post-4']);
  it.names('ENOTFOUND');
  await it.pass(HOUR);
  assert.match((await it.state()).failure ?? '', /name that does not exist/u);
});

test('a place in trouble costs another its turn at no time', async (t) => {
  const it = await listening(t);
  shows(3);
  await it.pass(1);
  web.instead(() => new Promise<Reply>(() => undefined));
  t.after(() => web.instead(null));
  const other = await startWeb();
  t.after(() => other.close());
  other.on('/feed', {
    body: '<rss version="2.0"><channel><item><guid>1</guid></item></channel></rss>',
  });
  const http = createHttp({
    ...{ contact: null, version: '0', pause: () => 0, limits: { seconds: 30 } },
    privateHosts: [web.host, other.host],
  });
  t.after(() => http.close());
  const abort = new AbortController();
  const silent = http.get({ url: `${web.url}/feed`, signal: abort.signal });
  assert.ok((await http.get({ url: `${other.url}/feed` })).ok, 'before the silent one ended');
  abort.abort();
  assert.equal((await silent).ok, false);
});
