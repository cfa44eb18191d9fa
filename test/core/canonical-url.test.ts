import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalUrl, postKey, withoutTracking } from '../../src/core/canonical-url.ts';

const ONE_PAGE: [string, string[]][] = [
  [
    'https://forum.example/t/9',
    [
      'https://forum.example/t/9',
      'http://forum.example/t/9',
      'HTTPS://Forum.Example/t/9/',
      'https://forum.example:443/t/9',
      'http://forum.example:80/t/9',
      'https://forum.example./t/9',
      'https://user:secret@forum.example/t/9',
      'https://forum.example/t/9?',
      'https://forum.example/t/9?utm_source=feed&UTM_Medium=rss',
      'https://forum.example/t/9?fbclid=x&gclid=y&mc_cid=z&ref_src=w',
      'https://forum.example/t/9#comments',
      'https://forum.example/t/9#:~:text=down%20again9',
      'https://forum.example/t/9#utm_source=feed1',
      'https://forum.example/a/../t/9',
      '  https://forum.example/t/9\n',
    ],
  ],
  ['https://forum.example/t?a=1&a=2&b=2', ['http://forum.example/t/?b=2&a=2&utm_id=5&a=1']],
  ['https://forum.example/t?q=a+b', ['https://forum.example/t?q=a%20b']],
  [
    'https://forum.example/%C3%A9~a',
    ['https://forum.example/é%7e%61', 'https://forum.example/%c3%a9~a'],
  ],
  ['https://forum.example:8080/t', ['http://forum.example:8080/t']],
  ['https://xn--bcher-kva.example/t', ['https://bücher.example/t']],
  ['https://forum.example', ['https://forum.example/', 'http://forum.example//']],
  ['https://blog.example/post#comment-9', ['http://blog.example/post/#comment-9']],
  [
    'https://code.example/a/issues/1#issuecomment-12',
    ['https://code.example/a/issues/1/#issuecomment-12'],
  ],
  ['https://group.example/forum#!topic/list/abc', ['https://group.example/forum/#!topic/list/abc']],
];

test('all spellings of a page have one canonical address', () => {
  for (const [canonical, spellings] of ONE_PAGE) {
    assert.equal(canonicalUrl(canonical), canonical);
    for (const spelling of spellings) assert.equal(canonicalUrl(spelling), canonical, spelling);
  }
});

test('different pages keep different addresses', () => {
  const pages = [
    'https://forum.example/t/9',
    'https://www.forum.example/t/9',
    'https://forum.example/T/9',
    'https://forum.example/t/9?page=2',
    'https://forum.example/t/9?ref=main',
    'https://forum.example/t/9#post-1',
    'https://forum.example/t/9#post-2',
    'https://forum.example/t/9#12',
    'https://forum.example/t%2F9',
    'https://forum.example:8080/t/9',
  ];
  assert.equal(new Set(pages.map(canonicalUrl)).size, pages.length);
});

test('only what tracks is taken out of an address that is to be opened', () => {
  for (const [given, left] of [
    ['https://a.example/feed?utm_source=x', 'https://a.example/feed'],
    ['https://a.example/?b=1&fbclid=x&c=%2f+#d', 'https://a.example/?b=1&c=%2f+#d'],
    ['https://a.example/?c=%2f&&b#utm_source=x', 'https://a.example/?c=%2f&&b#utm_source=x'],
    ['a.example/feed', 'a.example/feed'],
  ] as const) {
    assert.equal(withoutTracking(given), left);
  }
});

test('what is not a web address has none', () => {
  for (const url of [
    '',
    'forum.example/t',
    'javascript:alert(1)',
    'mailto:a@forum.example',
    'http://',
  ]) {
    assert.equal(canonicalUrl(url), null, url);
  }
});

test('a canonical address is its own, whatever was written', () => {
  const address = fc.webUrl({ withFragments: true, withQueryParameters: true });
  fc.assert(
    fc.property(address, (url) => {
      const canonical = canonicalUrl(url);
      assert.equal(canonicalUrl(canonical!), canonical);
    }),
  );
});

test('tracking parameters never matter', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true }),
      fc.stringMatching(/^[a-z]*$/u),
      (url, value) => {
        const tracked = `${url}${url.includes('?') ? '&' : '?'}utm_source=${value}&fbclid=${value}`;
        assert.equal(canonicalUrl(tracked), canonicalUrl(url));
      },
    ),
  );
});

const POST = {
  url: 'https://forum.example/t/9',
  title: 'Down again since Monday morning, and nobody answers the phone',
  text: 'Acme Broadband is down again.',
};

test('one post in two feeds has one key, though one feed cuts the text or sets it otherwise', () => {
  const key = postKey(POST);
  assert.equal(postKey({ ...POST, url: 'http://forum.example/t/9/?utm_source=x', text: '' }), key);
  assert.equal(postKey({ ...POST, title: POST.title.toUpperCase(), text: 'Excerpt …' }), key);
  const untitled = { url: POST.url, title: null, text: `${POST.title}! ${POST.text}` };
  assert.equal(postKey(untitled), key);
});

test('posts that share an address and open differently have keys of their own', () => {
  assert.notEqual(postKey(POST), postKey({ ...POST, title: 'Works for me' }));
  const short = { ...POST, title: 'Re: down' };
  assert.notEqual(postKey(short), postKey({ ...short, text: 'Same here.' }));
});

test('a post without an address of its own has no key', () => {
  for (const url of [
    null,
    'https://acme.example',
    'http://acme.example/?utm_source=feed',
    'tag:x',
  ]) {
    assert.equal(postKey({ ...POST, url }), null, String(url));
  }
  assert.notEqual(postKey({ ...POST, url: 'https://blog.example/?p=9' }), null);
});

test('an address that is plain already is what a reading of all its parts makes of it', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9._~%-]{1,8}$/);
  const host = fc.oneof(
    fc.stringMatching(/^[a-zA-Z0-9.-]{1,12}\.[a-z0-9-]{1,6}$/),
    fc.constantFrom('xn--a.example', 'sample.xn--a', 'xn--bcher-kva.example', '0x7f.1', '127.1'),
  );
  fc.assert(
    fc.property(host, fc.array(part, { maxLength: 4 }), (name, parts) => {
      const rest = `//${[name, ...parts].join('/')}`;
      assert.equal(canonicalUrl(`https:${rest}`), canonicalUrl(`http:${rest}`), rest);
    }),
    { numRuns: 2000 },
  );
});

test('a post is told by its first 40 letters and digits, however long it is', () => {
  const sign = fc.constantFrom(...'ab 1 .Σς\u0301é１ﬁ\n😀'.split(' '), ' ', 'word ', 'ΟΔΟΣ');
  fc.assert(
    fc.property(fc.array(sign, { minLength: 30, maxLength: 120 }), (signs) => {
      const text = signs.join('');
      const letters = text.trim().normalize('NFKC').toLowerCase();
      const opening = letters.replace(/[^\p{L}\p{N}]+/gu, '').slice(0, 40);
      const key = postKey({ url: 'https://forum.example/t/9', title: null, text });
      assert.equal(key, `https://forum.example/t/9\n${opening}`);
    }),
    { numRuns: 500 },
  );
});
