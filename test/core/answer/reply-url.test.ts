import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isElsewhere,
  isShortened,
  ownPart,
  readReplyUrl,
  replyKey,
} from '../../../src/core/answer/reply-url.ts';

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
    'x',
    'https://x.com/acme/status/1712',
    'https://twitter.com/acme/status/1712?s=20&t=abc',
    'https://mobile.twitter.com/acme/status/1712',
    'x.com/i/web/status/1712',
    'https://x.com/i/status/1712',
    'https://www.x.com/Acme/status/1712/photo/1#m',
  ],
  [
    'youtube',
    'https://www.youtube.com/watch?v=vid00000001&lc=Ug1.9abc',
    'https://m.youtube.com/watch?v=vid00000001&lc=Ug1.9abc&feature=share',
    'https://youtu.be/vid00000001?lc=Ug1.9abc&si=xyz',
    'https://youtube.com/shorts/vid00000001?lc=Ug1.9abc',
    'https://www.youtube.com/watch?lc=Ug1.9abc&t=10s&v=vid00000001',
  ],
  [
    'facebook',
    'https://www.facebook.com/acme/posts/77?comment_id=5',
    'https://m.facebook.com/acme/posts/77?comment_id=5&refid=17',
    'https://touch.facebook.com/acme/posts/77?comment_id=5&mibextid=abc',
    'https://web.facebook.com/acme/posts/77?comment_id=5&__cft__[0]=AZ&__tn__=R',
    'https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Facme%2Fposts%2F77%3Fcomment_id%3D5&h=x',
  ],
  [
    'instagram',
    'https://www.instagram.com/p/Cabc/c/1790',
    'https://instagram.com/p/Cabc/c/1790/?igsh=zzz',
    'https://www.instagram.com/acme/p/Cabc/c/1790/',
    'https://www.instagram.com/p/Cabc#comment-1790',
  ],
  [
    'trustpilot',
    'https://www.trustpilot.com/reviews/65a',
    'https://de.trustpilot.com/reviews/65a?utm_medium=x',
  ],
  [
    'bluesky',
    'https://bsky.app/profile/did:plc:sample/post/3kabc2',
    'at://did:plc:sample/app.bsky.feed.post/3kabc2',
  ],
  [
    'github',
    'https://github.com/acme/app/issues/5#issuecomment-77',
    'https://GitHub.com/Acme/App/issues/5?notification_referrer_id=x#issuecomment-77',
  ],
  [
    'lemmy',
    'https://lemmy.example/comment/55',
    'https://lemmy.example/post/9?scrollToComments=true#comment-55',
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

test('the short addresses that sites make themselves are known as such', () => {
  for (const url of [
    'https://www.reddit.com/r/acme/s/AbC123',
    'https://www.facebook.com/share/p/AbC/',
    'https://go.bsky.app/AbC',
  ]) {
    assert.ok(isShortened(url), url);
  }
});

test('what may outlive a post names no page of the post’s', () => {
  const post = 'https://www.forum.example/t/my-sad-story';
  assert.equal(ownPart('https://forum.example/t/my-sad-story/#reply-2', post), '/#reply-2');
  assert.equal(ownPart(`${post}/answers/7?a=1`, post), '/answers/7?a=1');
  assert.equal(ownPart(post, post), '');
  for (const answer of [
    'https://forum.example/t/my-sad-story-2#reply-2',
    'https://other.example/t/my-sad-story#reply-2',
  ]) {
    assert.equal(ownPart(answer, post), answer);
  }
  const item = 'https://news.ycombinator.com/item?id=2';
  assert.equal(ownPart(item, 'https://news.ycombinator.com/item?id=1'), item);
});
