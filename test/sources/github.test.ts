import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { github } from '../../src/sources/github.ts';
import { gitHubOn, startGitHub, TOKEN, type GitHubPlace } from '../stand-ins/github.ts';
import {
  existence,
  jsonReply,
  placeOn,
  poller,
  repliesOf,
  START,
  WEB_PAGE,
  type Poller,
} from '../stand-ins/place.ts';
import { troubleAfter } from '../stand-ins/trouble.ts';
import { sourceContract } from './contract.ts';

const REPOSITORY = 'https://github.com/acme/router';
describe('GitHub', () => {
  let place: GitHubPlace;
  let repository: Poller;

  beforeEach(async () => {
    place = await startGitHub();
    repository = poller(github, place, REPOSITORY);
  });

  afterEach(() => place.close());

  function later(minutes: number): Date {
    return new Date(START.getTime() + minutes * 60_000);
  }

  function iso(at: Date): string {
    return at.toISOString();
  }

  function range(from: number, to: number): number[] {
    return Array.from({ length: to - from + 1 }, (_, n) => from + n);
  }

  test('a repository and a search are recognised', () => {
    for (const [input, address] of [
      [REPOSITORY, REPOSITORY],
      ['github.com/Acme/Router', REPOSITORY],
      ['https://github.com/acme/router.git', REPOSITORY],
      ['https://github.com/acme/router/issues', REPOSITORY],
      ['https://github.com/acme/router/issues/12', REPOSITORY],
      ['https://github.com/acme/router/pull/12', REPOSITORY],
      ['https://github.com/acme/router/discussions', REPOSITORY],
      ['github:acme/router', REPOSITORY],
      ['github:"acme broadband"', 'https://github.com/search?q=%22acme+broadband%22&type=issues'],
      [
        'https://github.com/search?type=issues&q=acme+sdk',
        'https://github.com/search?q=acme+sdk&type=issues',
      ],
    ] as const) {
      assert.equal(github.recognise(input)?.address, address, input);
      assert.equal(github.recognise(address)?.address, address, address);
    }
    for (const input of [
      'https://github.com/acme',
      'https://github.com/topics/acme',
      'https://github.com/acme/router/releases.atom',
      'https://github.com/search?q=acme&type=code',
      'https://github.com.example/acme/router',
      'https://gist.github.com/acme/1',
    ]) {
      assert.equal(github.recognise(input), null, input);
    }
  });

  test('issues have titles, comments none, and programs are not heard', async () => {
    place.addIssue(1, START);
    place.addComment(5, later(1));
    place.addComment(6, later(2), { user: { login: 'sample[bot]', type: 'Bot' } });
    place.addIssue(2, START, { user: null, body: null });
    const { posts } = await repository.poll();
    const common = { editedAt: null, language: null };
    assert.deepEqual(
      posts.find(({ externalId }) => externalId === 'I_sample1'),
      {
        ...common,
        externalId: 'I_sample1',
        url: 'https://github.com/acme/router/issues/1',
        author: 'sample-user',
        title: 'Sample 1: build breaks',
        text: 'Since 2.1 it breaks.',
        publishedAt: START,
      },
    );
    assert.deepEqual(
      posts.find(({ externalId }) => externalId === 'IC_sample5'),
      {
        ...common,
        externalId: 'IC_sample5',
        url: 'https://github.com/acme/router/issues/1#issuecomment-5',
        author: 'sample-user',
        title: null,
        text: 'Sample 5: same here',
        publishedAt: later(1),
      },
    );
    assert.equal(posts.length, 3);
  });

  test('each poll brings what is new or edited, once, and asks with the mark of the last answer', async () => {
    place.addIssue(1, START);
    place.addComment(5, START);
    await repository.poll();
    assert.deepEqual(await repository.ids(), []);
    assert.deepEqual(await repository.ids(), []);
    const [issues, comments] = place.web.requests.slice(-2);
    assert.ok(issues?.headers['if-none-match'] && comments?.headers['if-none-match']);
    place.addIssue(2, later(10));
    place.addComment(5, START, { body: 'Sample: edited', updated_at: '2026-03-02T12:11:00Z' });
    assert.deepEqual(await repository.ids(), ['IC_sample5', 'I_sample2']);
    // A label moves an issue, and changes nothing in it.
    place.addIssue(2, later(10), { updated_at: '2026-03-02T12:12:00Z' });
    assert.deepEqual(await repository.ids(), []);
  });

  test('what the list had late is heard', async () => {
    place.addIssue(1, START);
    await repository.poll();
    place.addIssue(2, later(-10));
    assert.deepEqual(await repository.ids(), ['I_sample2']);
  });

  test('a backlog of many pages comes through whole, also where many share a second', async () => {
    place.addIssue(1, START);
    await repository.poll();
    for (const number of range(2, 500)) place.addIssue(number, later(number / 60));
    for (const number of range(501, 1350)) place.addIssue(number, later(60));
    const heard = new Set<string>();
    for (let polls = 0; polls < 4; polls += 1) {
      for (const id of await repository.ids()) heard.add(id);
    }
    assert.equal(heard.size, 1349);
  });

  test('more in the overlap than one poll reads does not stop the reading', async () => {
    place.addIssue(1, START);
    await repository.poll();
    for (let id = 2; id <= 2401; id += 1) {
      const over = { issue_url: 'https://api.github.com/repos/acme/router/issues/1' };
      place.addComment(id, new Date(START.getTime() + id * 300), over);
    }
    const heard = new Set<string>();
    for (let polls = 0; polls < 4; polls += 1) {
      for (const { externalId } of (await repository.poll()).posts) heard.add(externalId);
    }
    assert.equal(heard.size, 2400);
    assert.deepEqual(await repository.ids(), []);
  });

  test('a search brings all results by walking on where it may not page', async () => {
    const search = poller(github, place, 'https://github.com/search?q=%22acme+sdk%22&type=issues');
    place.addIssue(1, START);
    assert.deepEqual(await search.ids(), ['I_sample1']);
    for (const number of range(2, 1400)) place.addIssue(number, later(number));
    const heard = [...(await search.ids()), ...(await search.ids())];
    assert.equal(new Set(heard).size, 1399);
    const query = new URL(place.web.requests.at(-1)?.path ?? '', place.web.url).searchParams.get(
      'q',
    );
    assert.match(query ?? '', /^"acme sdk" in:title,body is:issue updated:>=2026-/u);
  });

  test('a search that ran out of time is searched again', async () => {
    const search = poller(github, place, 'https://github.com/search?q=acme&type=issues');
    place.addIssue(1, START);
    await search.poll();
    place.addIssue(2, later(30));
    place.addIssue(3, later(90));
    place.isIncomplete = true;
    place.issues.delete(1);
    assert.deepEqual(await search.ids(), ['I_sample2']);
    place.isIncomplete = false;
    assert.deepEqual(await search.ids(), ['I_sample3']);
  });

  test('discussions and their comments are heard with a token only', async () => {
    const author = { login: 'sample-user', __typename: 'User' };
    const times = { createdAt: iso(START), updatedAt: iso(START), lastEditedAt: null };
    const entry = (id: string, body: string) => ({
      id,
      url: `https://github.com/acme/router/discussions/3#${id}`,
      body,
      author,
      ...times,
    });
    const reply = entry('DC_2', 'Sample: me too');
    const comment = { ...entry('DC_1', 'Sample: it fails'), replies: { nodes: [reply] } };
    place.discussions.push({
      ...entry('D_1', 'Sample: how?'),
      url: 'https://github.com/acme/router/discussions/3',
      title: 'Sample: discussion',
      comments: { nodes: [comment] },
    });
    assert.deepEqual(await repository.ids(), []);
    place.settings['GITHUB_TOKEN'] = TOKEN;
    assert.deepEqual(await repository.ids(), ['DC_1', 'DC_2', 'D_1']);
    assert.deepEqual(await repository.ids(), []);
    const url = 'https://github.com/acme/router/discussions/3';
    const refs = ['D_1', 'D_2'].map((externalId) => ({ externalId, url }));
    assert.deepEqual(await existence(github, place, REPOSITORY, refs), ['there', 'gone']);
    const post = { externalId: 'D_1', url };
    const found = await github.replies?.({ ...place.call(), address: REPOSITORY, post });
    assert.deepEqual(repliesOf(found), ['Sample: it fails', 'Sample: me too']);
  });

  test('a limit comes as 403 or 429, and ends at a time in seconds', async () => {
    const headers = {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(later(10).getTime() / 1000),
      date: START.toUTCString(),
    };
    for (const status of [403, 429]) {
      place.next.push(jsonReply({ message: 'API rate limit exceeded' }, { status, headers }));
      const { kind, retryAfterSeconds } = await repository.fail();
      assert.deepEqual([kind, retryAfterSeconds], ['rate-limited', 600]);
    }
    // The secondary limit.
    place.next.push(jsonReply({}, { status: 403, headers: { 'retry-after': '60' } }));
    const secondary = await repository.fail();
    assert.deepEqual([secondary.kind, secondary.retryAfterSeconds], ['rate-limited', 60]);
    // It may come without a time, while plenty of what the headers count is left.
    const plenty = { ...headers, 'x-ratelimit-remaining': '4000' };
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes.';
    place.next.push(jsonReply({ message }, { status: 403, headers: plenty }));
    const untimed = await repository.fail();
    assert.deepEqual([untimed.kind, untimed.retryAfterSeconds], ['rate-limited', undefined]);
    // GraphQL tells it with a 200.
    place.settings['GITHUB_TOKEN'] = TOKEN;
    const errors = [{ type: 'RATE_LIMITED' }];
    troubleAfter(place, 2, jsonReply({ errors }, { headers }));
    const graphQL = await repository.fail();
    assert.deepEqual([graphQL.kind, graphQL.retryAfterSeconds], ['rate-limited', 600]);
    delete place.settings['GITHUB_TOKEN'];
    place.next.push(jsonReply({ message: 'Forbidden' }, { status: 403 }));
    assert.equal((await repository.fail()).kind, 'rejected');
  });

  test('what is left of the limit is spread until it resets', async () => {
    place.limit = { remaining: 10, reset: new Date(Date.now() + 3_600_000) };
    const { waitSeconds } = await repository.poll();
    assert.ok(waitSeconds !== null && waitSeconds > 700 && waitSeconds <= 721, String(waitSeconds));
  });

  test('switched-off issues, a web page and an outage are failures, and end nothing', async () => {
    place.next.push(jsonReply({ message: 'Issues are disabled' }, { status: 410 }));
    const { kind, message } = await repository.fail();
    assert.deepEqual([kind, message], ['rejected', 'has its issues switched off']);
    place.next.push(WEB_PAGE);
    assert.equal((await repository.fail()).kind, 'malformed');
    place.next.push({ status: 502, headers: {} });
    assert.equal((await repository.fail()).kind, 'unavailable');
  });

  test('a malformed issue costs no other', async () => {
    place.addIssue(1, START);
    place.addIssue(2, START, { created_at: 'soon' });
    const { posts, malformed } = await repository.poll();
    assert.deepEqual([posts.length, malformed], [1, 1]);
  });

  test('deleted issues and comments are gone; at the limit all is unknown', async () => {
    for (const id of [1, 2]) place.addIssue(id, START);
    for (const id of [5, 6]) place.addComment(id, START);
    place.issues.delete(2);
    place.comments.delete(6);
    const refs = [
      { externalId: 'I_sample1', url: 'https://github.com/acme/router/issues/1' },
      { externalId: 'I_sample2', url: 'https://github.com/acme/router/issues/2' },
      { externalId: 'IC_sample5', url: 'https://github.com/acme/router/issues/1#issuecomment-5' },
      { externalId: 'IC_sample6', url: 'https://github.com/acme/router/issues/1#issuecomment-6' },
      { externalId: 'elsewhere', url: null },
    ];
    assert.deepEqual(await existence(github, place, REPOSITORY, refs), [
      'there',
      'gone',
      'there',
      'gone',
      'unknown',
    ]);
    const headers = { 'x-ratelimit-remaining': '0' };
    place.next.push(jsonReply({}, { status: 403, headers }));
    const found = await existence(github, place, REPOSITORY, refs);
    assert.deepEqual(new Set(found), new Set(['unknown']));
  });

  test('answers are the comments, and under a comment those that came after it', async () => {
    place.addIssue(1, START);
    for (const id of [5, 6, 7]) place.addComment(id, later(id));
    const call = { ...place.call(), address: REPOSITORY };
    const url = 'https://github.com/acme/router/issues/1';
    const all = await github.replies?.({ ...call, post: { externalId: 'I_sample1', url } });
    assert.equal(repliesOf(all).length, 3);
    const post = { externalId: 'IC_sample6', url: `${url}#issuecomment-6` };
    const after = await github.replies?.({ ...call, post });
    assert.deepEqual(repliesOf(after), ['Sample 7: same here']);
  });

  test('a pasted link to an issue or a comment is read', async () => {
    place.addIssue(1, START);
    place.addComment(5, START);
    const url = 'https://github.com/acme/router/issues/1';
    const issue = await github.lookUp?.({ ...place.call(), url });
    const comment = await github.lookUp?.({ ...place.call(), url: `${url}#issuecomment-5` });
    assert.deepEqual([issue?.externalId, comment?.externalId], ['I_sample1', 'IC_sample5']);
    assert.equal(await github.lookUp?.({ ...place.call(), url: `${url}99` }), null);
  });
});

sourceContract('GitHub', (web) => {
  const stand = gitHubOn(placeOn(web));
  const headers = {
    date: 'Mon, 23 Nov 2026 10:00:00 GMT',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Date.UTC(2026, 10, 23, 10, 30) / 1000),
  };
  return {
    source: github,
    address: REPOSITORY,
    settings: stand.settings,
    pageSize: 100,
    // Only from the second poll on: the first one asks from the other end.
    hasValidators: false,
    throttle: { reply: jsonReply({}, { status: 403, headers }), seconds: 1800 },
    show(samples, broken) {
      stand.issues.clear();
      for (const { number, text, at } of samples) stand.addIssue(number, at, { title: text });
      if (broken) stand.addIssue(1_000_000, START, { created_at: null, updated_at: null });
    },
  };
});
