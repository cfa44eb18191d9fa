import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closedPlace } from '../../src/sources/closed.ts';
import { facebook } from '../../src/sources/facebook.ts';
import { instagram } from '../../src/sources/instagram.ts';
import { reddit } from '../../src/sources/reddit.ts';
import { trustpilot } from '../../src/sources/trustpilot.ts';
import { x } from '../../src/sources/x.ts';
import { youTube } from '../../src/sources/youtube.ts';

test('a closed place says why, and names the lawful way', () => {
  for (const [input, way] of [
    ['https://news.google.com/rss/search?q=acme&hl=en-US', /Google Alert/u],
    ['news.google.com/rss/search?q=acme', /non-commercial/u],
    ['https://www.reddit.com/r/acme/new.json?limit=100', /r\/name/u],
    ['https://old.reddit.com/r/acme/.rss', /r\/name/u],
    ['https://www.reddit.com/search.rss?q=acme', /approved/u],
    ['https://www.reddit.com/user/sample_user', /does not follow people/u],
    ['https://lobste.rs/newest.rss', /robots\.txt/u],
    ['https://www.threads.net/@acme', /Meta/u],
    ['https://www.linkedin.com/company/acme', /forbids/u],
    ['https://www.tiktok.com/@acme', /forbids/u],
    ['https://discord.gg/sample', /members/u],
    ['https://discord.com/channels/1/2', /members/u],
    ['https://acme.slack.com/archives/C1', /members/u],
    ['feed:https://news.google.com/rss', /Google Alert/u],
    ['https://www.facebook.com/groups/acme', /your own Page/u],
    ['https://www.facebook.com/people/sample/1', /no profiles/u],
    ['https://www.instagram.com/explore/tags/acme/', /professional account/u],
    ['https://x.com/home', /paid key/u],
    ['https://nitter.net/acme/rss', /paid key/u],
    ['https://www.youtube.com/c/acme', /channel/u],
    ['https://www.youtube.com/results?search_query=acme', /your own channel/u],
    ['https://itunes.apple.com/us/rss/customerreviews/id=1/json', /App Store Connect/u],
    ['https://www.trustpilot.com/users/55sample', /your company/u],
  ] as const) {
    assert.match(closedPlace(input) ?? '', way, input);
  }
});

test('what can be heard is not called closed', () => {
  for (const input of [
    'https://www.google.com/alerts/feeds/1/2',
    'https://www.reddit.com/r/acme/',
    'r/acme',
    'hn',
    '#acme@mastodon.example',
    'https://www.facebook.com/acmesample',
    'https://www.instagram.com/acme.sample',
    'https://x.com/acmesample',
    'https://x.com/search?q=acme',
    'https://www.youtube.com/@acme',
    'https://www.youtube.com/feeds/videos.xml?channel_id=UCsample',
    'https://www.trustpilot.com/review/acme.example',
    'https://blog.example/lobste.rs/news.google.com/',
    'https://news.google.com.example/rss',
    'feed:https://lobste.rs/newest.rss',
    'https://discord.com/blog/rss.xml',
    'https://newsroom.tiktok.com/feed.rss',
    '',
    'not an address',
  ]) {
    assert.equal(closedPlace(input), null, input);
  }
});

test('every address that a source takes for its own is open', () => {
  const taken = [
    reddit.recognise('r/acme'),
    reddit.recognise('reddit:"acme broadband"'),
    youTube.recognise('youtube:@acme-sample'),
    x.recognise('x:@acmesample'),
    x.recognise('x:acme'),
    facebook.recognise('facebook.com/acmesample'),
    instagram.recognise('instagram:acme.sample'),
    trustpilot.recognise('trustpilot:acme.example'),
  ];
  for (const found of taken)
    assert.equal(closedPlace(found?.address ?? 'https://x.com/home'), null);
});
