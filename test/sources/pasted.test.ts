import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pasted, placeAt } from '../../src/flows/set-up/look.ts';
import { closedPlace } from '../../src/sources/closed.ts';
import { sources } from '../../src/sources/index.ts';

/** Every key is set: what is refused is refused for what it is. */
const sourceSettings = new Proxy({}, { get: () => 'set' });

function place(input: string) {
  return placeAt({ sources, closedPlace, sourceSettings }, input);
}

test('what people paste is understood, in all its dresses', () => {
  for (const [input, kind, address] of [
    ['https://forum.example/', 'feed', 'https://forum.example/'],
    ['forum.example', 'feed', 'https://forum.example/'],
    ['forum.example.', 'feed', 'https://forum.example/'],
    ['//forum.example/feed', 'feed', 'https://forum.example/feed'],
    ['https://forum.example.:8080/feed', 'feed', 'https://forum.example:8080/feed'],
    [
      'https://forum.example/feed?utm_source=mail&f=1&fbclid=abc#new',
      'feed',
      'https://forum.example/feed?f=1',
    ],
    ['forum.example/latest?utm_source=mail', 'discourse', 'https://forum.example/latest'],
    ['talk.example/t/slow/123/4', 'discourse', 'https://talk.example/t/slow/123'],
    ['mastodon.social/tags/Acme', 'mastodon', 'https://mastodon.social/tags/acme'],
    ['https://mastodon.social./tags/acme', 'mastodon', 'https://mastodon.social/tags/acme'],
    ['lemmy.world/c/broadband', 'lemmy', 'https://lemmy.world/c/broadband'],
    ['https://github.com./acme/router', 'github', 'https://github.com/acme/router'],
    ['feed://blog.example/rss', 'feed', 'https://blog.example/rss'],
    ['<https://forum.example/|forum.example>', 'feed', 'https://forum.example/'],
    ['“https://forum.example/”', 'feed', 'https://forum.example/'],
    ['(https://forum.example/)', 'feed', 'https://forum.example/'],
    ['https://www.google.com/alerts/feeds/1/2', 'feed', 'https://www.google.com/alerts/feeds/1/2'],
    ['https://talk.example/c/help/5', 'discourse', 'https://talk.example/c/help/5'],
    ['https://talk.example/t/slow/123/4', 'discourse', 'https://talk.example/t/slow/123'],
    ['github.com/Acme/Router/issues?q=is%3Aissue', 'github', 'https://github.com/acme/router'],
    ['https://github.com/acme/router/tree/main/src', 'github', 'https://github.com/acme/router'],
    ['git@github.com:acme/router.git', 'github', 'https://github.com/acme/router'],
    [
      'https://github.com/acme/router/releases.atom',
      'feed',
      'https://github.com/acme/router/releases.atom',
    ],
    ['#acme@mastodon.social', 'mastodon', 'https://mastodon.social/tags/acme'],
    ['https://mastodon.social/tags/acme/', 'mastodon', 'https://mastodon.social/tags/acme'],
    ['https://mastodon.social/public/local', 'mastodon', 'https://mastodon.social/public/local'],
    ['https://bsky.app/search?q=acme', 'bluesky', 'bluesky'],
    ['bluesky', 'bluesky', 'bluesky'],
    ['youtube.com/@acme?si=abc', 'youtube', 'https://www.youtube.com/@acme'],
    ['https://m.youtube.com/@acme/videos', 'youtube', 'https://www.youtube.com/@acme'],
    ['https://youtu.be/abcdefghijk?si=x', 'youtube', 'https://www.youtube.com/watch?v=abcdefghijk'],
    [
      'play.google.com/store/apps/details?id=com.acme.app&hl=en',
      'googleplay',
      'https://play.google.com/store/apps/details?id=com.acme.app',
    ],
    [
      'https://apps.apple.com/us/app/acme/id123456789?l=en',
      'appstore',
      'https://apps.apple.com/app/id123456789',
    ],
    [
      'itunes.apple.com/gb/app/acme/id123456789?mt=8',
      'appstore',
      'https://apps.apple.com/app/id123456789',
    ],
    [
      'https://uk.trustpilot.com/review/acme.example?languages=all',
      'trustpilot',
      'https://www.trustpilot.com/review/acme.example',
    ],
    ['r/broadband', 'reddit', 'https://www.reddit.com/r/broadband'],
    ['/r/broadband', 'reddit', 'https://www.reddit.com/r/broadband'],
    ['old.reddit.com/r/broadband/new/', 'reddit', 'https://www.reddit.com/r/broadband'],
    [
      'https://m.reddit.com/r/broadband/comments/abc123/slow/',
      'reddit',
      'https://www.reddit.com/r/broadband',
    ],
    ['https://twitter.com/acme?lang=en', 'x', 'https://x.com/acme'],
    ['https://mobile.twitter.com/acme/', 'x', 'https://x.com/acme'],
    ['https://x.com/search?q=acme&src=typed_query', 'x', 'https://x.com/search?q=acme'],
    ['https://m.facebook.com/acme/?ref=page_internal', 'facebook', 'https://www.facebook.com/acme'],
    ['https://www.instagram.com/acme/?hl=en', 'instagram', 'https://www.instagram.com/acme'],
    [
      'https://stackoverflow.com/questions/tagged/acme',
      'stackexchange',
      'https://stackoverflow.com/questions/tagged/acme',
    ],
    ['!broadband@lemmy.world', 'lemmy', 'https://lemmy.world/c/broadband'],
    ['https://lemmy.world/c/broadband?sort=New', 'lemmy', 'https://lemmy.world/c/broadband'],
    ['#acme@köln.social', 'mastodon', 'https://xn--kln-sna.social/tags/acme'],
    ['#acme@social.xn--p1ai', 'mastodon', 'https://social.xn--p1ai/tags/acme'],
    ['#Cafe\u0301@mastodon.social', 'mastodon', 'https://mastodon.social/tags/caf%C3%A9'],
    ['!broadband@köln.social', 'lemmy', 'https://xn--kln-sna.social/c/broadband'],
    ['https://x.com/acme/with_replies', 'x', 'https://x.com/acme'],
    ['https://m.twitter.com/@acme', 'x', 'https://x.com/acme'],
    ['https://www.facebook.com/pg/acme/posts/', 'facebook', 'https://www.facebook.com/acme'],
    [
      'https://www.facebook.com/p/Acme-Net-10006401/',
      'facebook',
      'https://www.facebook.com/10006401',
    ],
    [
      'facebook.com/pages/category/Telecom/Acme-12345/',
      'facebook',
      'https://www.facebook.com/12345',
    ],
    ['mbasic.facebook.com/acme', 'facebook', 'https://www.facebook.com/acme'],
    ['https://fb.me/acme', 'facebook', 'https://www.facebook.com/acme'],
    ['https://www.instagram.com/acme/reels/', 'instagram', 'https://www.instagram.com/acme'],
    [
      'https://www.trustpilot.com/evaluate/acme.example',
      'trustpilot',
      'https://www.trustpilot.com/review/acme.example',
    ],
    ['https://de.reddit.com/r/broadband', 'reddit', 'https://www.reddit.com/r/broadband'],
    [
      'https://www.reddit.com/r/acme/search/?q=slow&restrict_sr=0',
      'reddit',
      'https://www.reddit.com/search?q=slow',
    ],
    ['youtube.com/embed/abcdefghijk', 'youtube', 'https://www.youtube.com/watch?v=abcdefghijk'],
    ['news.ycombinator.com/newest', 'hackernews', 'hn'],
    ['https://hn.algolia.com/?q=acme', 'hackernews', 'hn'],
    ['https://medium.com/@acme', 'feed', 'https://medium.com/feed/@acme'],
    ['https://medium.com/acme-blog/', 'feed', 'https://medium.com/feed/acme-blog'],
    ['https://acme.medium.com/', 'feed', 'https://acme.medium.com/feed'],
    ['https://medium.com/feed/@acme', 'feed', 'https://medium.com/feed/@acme'],
    ['https://www.tumblr.com/acme', 'feed', 'https://acme.tumblr.com/rss'],
    ['https://aws.amazon.com/blogs/aws/feed/', 'feed', 'https://aws.amazon.com/blogs/aws/feed/'],
    [
      'https://www.google.com/appsstatus/rss/en',
      'feed',
      'https://www.google.com/appsstatus/rss/en',
    ],
    ['feed:https://social.example/@acme.rss', 'feed', 'https://social.example/@acme.rss'],
  ] as const) {
    const found = place(input);
    assert.ok(found.ok, `${input}: ${found.ok ? '' : found.message}`);
    assert.equal(`${found.source.kind} ${found.address.address}`, `${kind} ${address}`, input);
  }
});

test('what cannot be listened to is refused with the way that there is', () => {
  for (const [input, way] of [
    ['#acme', /#acme@mastodon\.social/u],
    ['@acme', /youtube\.com\/@acme/u],
    ['@acme@mastodon.social', /add a hashtag/u],
    ['https://mastodon.social/@acme', /add a hashtag/u],
    ['https://mastodon.social/@acme/113000000000000000', /public\/local/u],
    ['@acme.bsky.social', /`bluesky`/u],
    ['acme.bsky.social', /`bluesky`/u],
    ['https://bsky.app/profile/acme.bsky.social', /watch for your handle/u],
    ['u/sample_user', /r\/name/u],
    ['https://redd.it/abc123', /r\/name/u],
    ['https://www.reddit.com/r/broadband/.rss', /r\/name/u],
    ['https://www.reddit.com/r/broadband.json', /r\/name/u],
    ['https://github.com/acme', /owner\/repo/u],
    ['https://x.com/acme/status/123456', /x\.com\/yourname/u],
    ['https://www.youtube.com/playlist?list=PLsample', /youtube\.com\/@yourname/u],
    ['https://play.google.com/store/apps/dev?id=1', /details\?id=/u],
    ['https://www.google.com/search?q=acme', /Google Alert/u],
    ['https://www.google.com/alerts', /Google Alert/u],
    ['https://news.google.com/topstories', /Google Alert/u],
    ['https://www.google.com/maps/place/acme', /Business Profile/u],
    ['https://maps.app.goo.gl/abc', /Business Profile/u],
    ['https://lobste.rs/t/networking', /Ask its operators/u],
    ['https://www.facebook.com/groups/acme', /your own Page/u],
    ['https://www.instagram.com/p/Cabc/', /professional account/u],
    ['https://www.linkedin.com/company/acme/', /notifications/u],
    ['https://vm.tiktok.com/abc/', /comment centre/u],
    ['https://discord.com/invite/acme', /anyone can read/u],
    ['t.me/acme', /add that/u],
    ['https://whatsapp.com/channel/abc', /anyone can read/u],
    ['https://www.quora.com/topic/Acme', /notifications/u],
    ['https://nextdoor.co.uk/', /business page/u],
    ['https://www.yelp.com/biz/acme', /notifications/u],
    ['https://www.amazon.co.uk/dp/B000', /notifications/u],
    ['mailto:ops@acme.example', /Paste the address/u],
    ['ftp://forum.example/', /https:\/\/ in front/u],
    ['https://www.reddit.com/', /r\/name/u],
    ['https://www.reddit.com/r/all/', /r\/name/u],
    ['https://www.youtube.com/acme', /\/channel\/UC/u],
    ['https://www.trustpilot.com/', /your company/u],
    ['https://apps.apple.com/us/developer/acme/id1', /app\/id/u],
    ['https://podcasts.apple.com/us/podcast/acme/id123', /RSS feed/u],
    ['acme broadband', /Words to listen for go behind `watch`/u],
  ] as const) {
    const found = place(input);
    assert.ok(!found.ok, input);
    assert.match(found.message, way, input);
  }
});

test('signs around an address are not part of it, and those in it are', () => {
  for (const [input, address] of [
    [' https://a.example/ ', 'https://a.example/'],
    ['<https://a.example/>', 'https://a.example/'],
    ['"https://a.example/".', 'https://a.example/'],
    ['https://a.example/wiki/Acme_(company)', 'https://a.example/wiki/Acme_(company)'],
    ['reddit:"acme broadband"', 'reddit:"acme broadband"'],
    ['', ''],
  ]) {
    assert.equal(pasted(input ?? ''), address);
  }
});
