import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brandOf, readBrandAccount } from '../../../src/core/answer/brand.ts';
import { expiryLimits } from '../../../src/core/privacy/retention.ts';
import {
  liesIn,
  namesInUrl,
  namesOfAuthor,
  readTarget,
} from '../../../src/core/privacy/suppression.ts';

const KINDS = [
  'feed',
  'mastodon',
  'bluesky',
  'hackernews',
  'github',
  'discourse',
  'lemmy',
  'reddit',
];

test('a person is understood in every form that people paste', () => {
  for (const [typed, ...names] of [
    ['@sample_user', '*/sample_user'],
    [' sample_user ', '*/sample_user'],
    ['u/sample_user', '*/sample_user'],
    ['@sample_user@social.example', '*/sample_user@social.example'],
    ['mastodon:@sample_user@social.example', 'mastodon/sample_user@social.example'],
    ['did:plc:sample', 'bluesky/did:plc:sample'],
    ['https://social.example/@sample_user', 'mastodon/sample_user@social.example'],
    ['https://social.example/@sample_user/113', 'mastodon/sample_user@social.example'],
    ['https://a.example/@sample_user@b.example', 'mastodon/sample_user@b.example'],
    ['https://bsky.app/profile/sample.example', 'bluesky/sample.example'],
    ['<https://news.ycombinator.com/user?id=sample_user>', 'hackernews/sample_user'],
    ['https://github.com/sample-user', 'github/sample-user'],
    ['https://old.reddit.com/user/sample_user/', 'reddit/sample_user'],
    [
      'https://forum.example/u/sample_user/summary',
      'discourse/sample_user',
      'lemmy/sample_user@forum.example',
    ],
  ]) {
    const found = readTarget(typed!, KINDS);
    assert.deepEqual(
      found.map(({ sourceKind, author }) => `${sourceKind ?? '*'}/${author}`),
      names,
      typed,
    );
  }
});

test('what names nobody names nobody', () => {
  for (const typed of ['', '@', 'https://forum.example/posts/1', 'https://github.com/pricing']) {
    assert.deepEqual(readTarget(typed, KINDS), [], typed);
  }
  assert.deepEqual(readTarget('nowhere:@sample_user', KINDS), []);
});

test('an author is known by handle, by DID and by what the address names', () => {
  const names = namesOfAuthor('feed', {
    externalId: 'at://did:plc:sample/app.bsky.feed.post/1',
    author: 'Sample User',
    url: 'https://bsky.app/profile/sample.example/post/1',
  });
  assert.deepEqual(names, [
    { sourceKind: 'feed', author: 'Sample User' },
    { sourceKind: null, author: 'Sample User' },
    { sourceKind: 'bluesky', author: 'did:plc:sample' },
    { sourceKind: 'bluesky', author: 'sample.example' },
  ]);
  assert.deepEqual(namesInUrl('no address'), []);
});

test('a place never to hear is a domain with all under it, or the beginning of an address', () => {
  const places = ['https://www.quiet.example/', 'forum.example/self-help'];
  for (const url of [
    'https://quiet.example/p/1',
    'https://a.quiet.example',
    'http://forum.example/self-help/1',
    'https://forum.example/self-help',
  ]) {
    assert.equal(liesIn(places, url), true, url);
  }
  for (const url of ['https://notquiet.example/', 'https://forum.example/self-helpers', null]) {
    assert.equal(liesIn(places, url), false, String(url));
  }
});

test('the brand’s voice is compared whole, at its own places', () => {
  const brand = brandOf(
    ['mastodon:@Acme@social.example', 'acme_care', 'site:blog.acme.example', 'what is this'],
    KINDS,
  );
  const wrote = (kind: string, author: string | null, url: string | null = null) =>
    brand.wrote(kind, { author, url });
  assert.equal(wrote('mastodon', 'acme@social.example'), true);
  assert.equal(wrote('mastodon', 'acme@evil.example'), false);
  assert.equal(wrote('bluesky', 'acme@social.example'), false);
  assert.equal(wrote('reddit', 'Acme_Care'), true);
  assert.equal(wrote('reddit', null), false);
  assert.equal(wrote('feed', 'Somebody', 'https://blog.acme.example/1'), true);
  assert.equal(wrote('feed', 'Somebody', 'https://blog.acme.example.evil.example/1'), false);
  assert.equal(wrote('discourse', 'somebody', 'https://blog.acme.example/t/1'), false);
  assert.equal(brand.speaksAt('github'), true);
  assert.equal(brandOf(['mastodon:@a@b.example'], KINDS).speaksAt('github'), false);
  assert.equal(readBrandAccount('nowhere:acme', KINDS), null);
});

test('text is kept 90 days at most, and less where the source demands it', () => {
  const now = new Date('2026-03-31T00:00:00Z');
  const sources = [
    { kind: 'strict', rules: { keepDays: 30 } },
    { kind: 'feed', rules: { keepDays: null } },
  ];
  const limits = expiryLimits({ retentionDays: 400 }, sources, now);
  assert.equal(limits.endedBefore.toISOString(), '2025-12-31T00:00:00.000Z');
  assert.equal(limits.foundBefore.toISOString(), '2025-12-31T00:00:00.000Z');
  assert.deepEqual(limits.foundBeforeByKind, { strict: new Date('2026-03-01T01:00:00Z') });
});
