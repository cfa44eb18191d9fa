import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isElsewhere, isShortened, readReplyUrl, replyKey } from '../../src/core/reply-url.ts';

/** Spellings of one reply, the first one as it is kept. */
const SAME: readonly [string, string, ...string[]][] = [
  [
    'hackernews',
    'https://news.ycombinator.com/item?id=4102',
    'news.ycombinator.com/item?id=4102',
    'https://news.ycombinator.com/item?id=4001#4102',
    'https://www.google.com/url?q=https%3A%2F%2Fnews.ycombinator.com%2Fitem%3Fid%3D4102&sa=D',
  ],
  [
    'mastodon',
    'https://social.example/@acme/1130001',
    'https://social.example/web/@acme/1130001',
    'https://social.example/deck/@acme/1130001',
    'https://social.example/users/acme/statuses/1130001',
    '<https://social.example/@acme/1130001|social.example>',
  ],
  [
    'bluesky',
    'https://bsky.app/profile/acme.example/post/3kabc2',
    'https://bsky.app/profile/did:plc:sample/post/3kabc2?ref_src=embed',
  ],
  [
    'discourse',
    'https://forum.example/t/812/7',
    'https://forum.example/t/third-visit-cancelled/812/7',
    'https://forum.example/t/third-visit-cancelled/812/7?u=sample_user',
    'https://forum.example/t/812/7/',
  ],
  [
    'stackexchange',
    'https://serverfault.com/a/456',
    'https://serverfault.com/a/456/99',
    'https://serverfault.com/questions/123/line-drops/456#456',
  ],
  [
    'github',
    'https://github.com/acme/app/issues/5#issuecomment-77',
    'https://github.com/acme/app/pull/5#issuecomment-77',
  ],
  ['lemmy', 'https://lemmy.example/comment/55', 'https://lemmy.example/post/9/55'],
  [
    'reddit',
    'https://www.reddit.com/r/acme/comments/abc1/_/def2',
    'https://old.reddit.com/r/acme/comments/abc1/third_visit/def2/?context=3',
    'https://www.reddit.com/r/acme/comments/abc1/comment/def2/?utm_source=share',
  ],
  [
    'feed',
    'http://localhost:3000/samples/posts/forum-1#reply-1',
    'http://localhost:3000/samples/posts/forum-1/?utm_medium=x#reply-1',
  ],
];

for (const [kind, ...spellings] of SAME) {
  test(`all spellings of a reply on ${kind} are one`, () => {
    const keys = spellings.map((one) => replyKey(kind, one));
    assert.deepEqual(new Set(keys).size, 1, keys.join('\n'));
    assert.equal(readReplyUrl(kind, spellings[0]!), spellings[0]);
  });
}

test('two replies in one thread stay two', () => {
  for (const [kind, one, other] of [
    ['discourse', 'https://forum.example/t/812/7', 'https://forum.example/t/812/8'],
    ['github', 'https://github.com/a/b/issues/5#issuecomment-7', 'https://github.com/a/b/issues/5'],
    ['feed', 'https://forum.example/p/1#reply-1', 'https://forum.example/p/1#reply-2'],
    ['feed', 'https://forum.example/p/1#reply', 'https://forum.example/p/1'],
    ['stackexchange', 'https://serverfault.com/a/1', 'https://serverfault.com/a/2'],
  ] as const) {
    assert.notEqual(replyKey(kind, one), replyKey(kind, other));
  }
});

test('what is kept names neither the thread’s title nor who shared it', () => {
  const url = 'https://forum.example/t/my-sad-story/812/7?u=sample_user&utm_source=x';
  assert.equal(readReplyUrl('discourse', url), 'https://forum.example/t/812/7');
});

test('a reply under another post is known where the address tells', () => {
  const post = 'https://forum.example/t/third-visit/812/1';
  assert.equal(isElsewhere('discourse', post, 'https://forum.example/t/other/813/2'), true);
  assert.equal(isElsewhere('discourse', post, 'https://forum.example/t/812/4'), false);
  assert.equal(isElsewhere('discourse', post, 'https://forum.example/p/99'), false);
  const issue = 'https://github.com/acme/app/issues/5';
  assert.equal(isElsewhere('github', issue, `${issue}#issuecomment-1`), false);
  assert.equal(isElsewhere('github', issue, 'https://github.com/acme/app/issues/6'), true);
  assert.equal(isElsewhere('hackernews', 'https://news.ycombinator.com/item?id=1', issue), false);
});

test('what is no web address is none', () => {
  for (const pasted of [
    '',
    'done',
    'javascript:alert(1)',
    'ftp://a.example/x',
    'mailto:a@b.example',
  ]) {
    assert.equal(readReplyUrl('feed', pasted), null, pasted);
  }
});

test('short addresses are known as such', () => {
  assert.equal(isShortened('https://t.co/abc'), true);
  assert.equal(isShortened('https://forum.example/t.co'), false);
});
