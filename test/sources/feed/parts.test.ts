import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import Parser from 'rss-parser';
import { readDate } from '../../../src/sources/feed/dates.ts';
import { decodeBytes } from '../../../src/sources/feed/decode.ts';
import { discoverFeeds } from '../../../src/sources/feed/discover.ts';
import { textOfMarkup } from '../../../src/sources/feed/markup.ts';
import { repairXml } from '../../../src/sources/feed/repair.ts';
import { waitFor } from '../../../src/sources/feed/rhythm.ts';

test('dates are read as they are written', () => {
  const dates: Record<string, string | null> = {
    // Weekdays that begin like a month.
    'mar. 24 nov. 2026 10:00:00 +0100': '2026-11-24T09:00:00.000Z',
    'martes, 24 de noviembre de 2026 10:00': '2026-11-24T10:00:00.000Z',
    'maandag 23 november 2026 10:00': '2026-11-23T10:00:00.000Z',
    'mar, 03 mar 2026 10:00:00 GMT': '2026-03-03T10:00:00.000Z',
    '2026年11月24日 10:00': '2026-11-24T10:00:00.000Z',
    '2026년 11월 24일 10:00': '2026-11-24T10:00:00.000Z',
    'wto, 24 lis 2026 10:00:00 +0100': '2026-11-24T09:00:00.000Z',
    'Sal, 24 Kas 2026 10:00:00 +0300': '2026-11-24T07:00:00.000Z',
    'tir, 24 des 2026 10:00': '2026-12-24T10:00:00.000Z',
    '24 листопада 2026': '2026-11-24T00:00:00.000Z',
    'Mon, 23 Nov 2026 09:15:00 GMT': '2026-11-23T09:15:00.000Z',
    'Mon, 23 Nov 2026 09:15:00 +0530': '2026-11-23T03:45:00.000Z',
    'Mon, 23 Nov 2026 09:15 EST': '2026-11-23T14:15:00.000Z',
    'Mon, 23 Nov 2026 09:15:00 CEST': '2026-11-23T07:15:00.000Z',
    'Mon, 23 Nov 2026 09:15:00 JST': '2026-11-23T00:15:00.000Z',
    'Mon, 23 Nov 2026 09:15:00 Z': '2026-11-23T09:15:00.000Z',
    'Mon, 23 Nov 2026 09:15:00': '2026-11-23T09:15:00.000Z',
    '23 Nov 26 09:15:00 UT': '2026-11-23T09:15:00.000Z',
    'Tue, 23 Nov 99 09:15:00 GMT': '1999-11-23T09:15:00.000Z',
    'Monday, 23 November 2026 9:15 PM': '2026-11-23T21:15:00.000Z',
    'Nov 23, 2026 12:05 am': '2026-11-23T00:05:00.000Z',
    'Mon Nov 23 09:15:00 UTC 2026': '2026-11-23T09:15:00.000Z',
    'Mon Nov 23 09:15:00 +0100 2026': '2026-11-23T08:15:00.000Z',
    'Mo, 23 Dez 2026 09:15:00 +0100': '2026-12-23T08:15:00.000Z',
    'mer., 23 déc. 2026 09:15:00 +0100': '2026-12-23T08:15:00.000Z',
    '2026-11-23T09:15:00Z': '2026-11-23T09:15:00.000Z',
    '2026-11-23T09:15:00.123456+01:00': '2026-11-23T08:15:00.123Z',
    '2026-11-23T09:15-0500': '2026-11-23T14:15:00.000Z',
    '2026-11-23 09:15:00': '2026-11-23T09:15:00.000Z',
    '2026-11-23 09:15:00 +02': '2026-11-23T07:15:00.000Z',
    '2026-11-23': '2026-11-23T00:00:00.000Z',
    '2026-11': '2026-11-01T00:00:00.000Z',
    '2026/11/23 09:15': '2026-11-23T09:15:00.000Z',
    '20261123T091500Z': '2026-11-23T09:15:00.000Z',
    '20261123': '2026-11-23T00:00:00.000Z',
    '23.11.2026 09:15': '2026-11-23T09:15:00.000Z',
    '11/23/2026 9:15:00 AM': '2026-11-23T09:15:00.000Z',
    'Mon, 11/23/2026 - 09:15': '2026-11-23T09:15:00.000Z',
    'Monday, 23-Nov-26 09:15:00 GMT': '2026-11-23T09:15:00.000Z',
    '23/11/2026': '2026-11-23T00:00:00.000Z',
    '1795425300': '2026-11-23T09:15:00.000Z',
    '1795425300000': '2026-11-23T09:15:00.000Z',
    '  \n 2026-11-23T09:15:00Z \n': '2026-11-23T09:15:00.000Z',
    yesterday: null,
    '2026-13-40': null,
    '': null,
    'Mon, 99 Nov 2026 09:15:00 GMT': null,
    'Mon, 23 Nov 2026 99:15:00 GMT': null,
    'Mon, 23 Nov 2026 09:15:60 GMT': '2026-11-23T09:16:00.000Z',
    'Mon, 31 Feb 2026 09:15:00 GMT': '2026-03-03T09:15:00.000Z',
    '12': null,
  };
  for (const [text, expected] of Object.entries(dates)) {
    assert.equal(readDate(text)?.toISOString() ?? null, expected, text);
  }
});

test('bytes become the text that was meant', () => {
  const utf8 = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>größer – ü</a>');
  assert.match(decodeBytes(utf8, 'text/xml; charset=iso-8859-1'), /größer – ü/u);
  const latin = Buffer.from('<?xml version="1.0"?><a>gr\xf6\xdfer \x96 \xfc</a>', 'latin1');
  assert.match(decodeBytes(latin, null), /größer – ü/u);
  assert.match(decodeBytes(latin, 'text/xml; charset="utf-8"'), /größer – ü/u);
  const cyrillic = Buffer.from([
    ...Buffer.from('<?xml version="1.0" encoding="koi8-r"?>'),
    0xf4,
    0xc5,
    0xd3,
    0xd4,
  ]);
  assert.match(decodeBytes(cyrillic, null), /Тест/u);
  assert.match(decodeBytes(cyrillic, 'text/xml; charset=windows-1251'), /фЕУФ/u);
  const japanese = Buffer.from([0x83, 0x65, 0x83, 0x58, 0x83, 0x67]);
  assert.equal(decodeBytes(japanese, 'text/xml; charset=Shift_JIS'), 'テスト');
  const plain = Buffer.from('plain');
  assert.equal(decodeBytes(plain, 'text/xml; charset=nonsense'), 'plain');
  assert.equal(decodeBytes(Buffer.from('\ufeff<a>ü</a>'), 'text/xml; charset=latin1'), '<a>ü</a>');
  const unmarked = Buffer.from('\n <a>ü</a>', 'utf16le');
  assert.equal(decodeBytes(unmarked, 'text/xml'), '\n <a>ü</a>');
  assert.equal(decodeBytes(unmarked.swap16(), 'text/xml; charset=utf-16'), '\n <a>ü</a>');
  const wide = Buffer.from('\ufeff<a>ü</a>', 'utf16le');
  assert.equal(decodeBytes(wide, null), '<a>ü</a>');
  assert.equal(decodeBytes(wide.subarray(2), null), '<a>ü</a>');
  assert.equal(decodeBytes(Buffer.from(wide).swap16(), null), '<a>ü</a>');
  const mixed = Buffer.concat([
    Buffer.from('größer üben, öfter'),
    Buffer.from(' f\xfcr', 'latin1'),
  ]);
  assert.equal(decodeBytes(mixed, null), 'größer üben, öfter für');
});

test('repairs change what is broken, and nothing else', () => {
  const fine =
    '<rss><channel><item><guid>A &amp; B &#233;</guid><x a="1 &gt; 0"/></item></channel></rss>';
  assert.equal(repairXml(fine).xml, fine);
  const repairs: [string, string][] = [
    ['<x>A & B</x>', '<x>A &amp; B</x>'],
    ['<x>&nbsp;&copy=1</x>', '<x>&amp;nbsp;&amp;copy=1</x>'],
    ['<x>&#0;&#128;&#x110000;</x>', '<x>&amp;#0;&amp;#128;&amp;#x110000;</x>'],
    ['<title>A & B</title>', '<title><![CDATA[A & B]]></title>'],
    [
      '<title>&nbsp;&#128;&#0;&copy=1</title>',
      '<title><![CDATA[&nbsp;&#128;&#0;&copy=1]]></title>',
    ],
    ['<title x="a>b">&lt;</title>', '<title x="a>b">&lt;</title>'],
    ['<x>1 < 2 <3</x>', '<x>1 &lt; 2 &lt;3</x>'],
    ['<x><![CDATA[1 < 2 & 3]]></x>', '<x><![CDATA[1 < 2 & 3]]></x>'],
    ['<x>a<!-- -- > -->b<?php echo ?></x>', '<x>ab</x>'],
    ['<title>a\u0000\u0008b</title>', '<title>ab</title>'],
    ['<title>a <b>c</title>', '<title><![CDATA[a <b>c]]></title>'],
    [
      '<title type="x"><p>a &amp; b</p></title>',
      '<title type="x"><![CDATA[<p>a &amp; b</p>]]></title>',
    ],
    ['<title><![CDATA[a]]> <i>b</i></title>', '<title><![CDATA[a <i>b</i>]]></title>'],
    ['<title/><x><b>c</b></x>', '<title/><x><b>c</b></x>'],
  ];
  for (const [broken, whole] of repairs) {
    assert.equal(repairXml(`<rss>${broken}</rss>`).xml, `<rss>${whole}</rss>`);
  }
  assert.equal(
    repairXml('\n junk <?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]>\n<rss></rss> x').xml,
    '<rss></rss>',
  );
});

test('the parser reads the same texts after the repair as before', async () => {
  const signs = ['a', ' ', ']]', ']]&gt;', '&amp;', '&lt;p&gt;', '&quot;', '&apos;', '&amp;lt;'];
  const text = fc.array(fc.constantFrom(...signs, '&#65;', '&#x1F600;', '&#10;', '&#233;'));
  const property = fc.asyncProperty(text, async (parts) => {
    const xml = `<rss version="2.0"><channel><title>x${parts.join('')}y</title></channel></rss>`;
    const [before, after] = [xml, repairXml(xml).xml].map((one) => new Parser().parseString(one));
    assert.equal((await after)?.title, (await before)?.title);
  });
  await fc.assert(property);
});

test('markup becomes the text that a person sees', () => {
  const texts: [string, string][] = [
    ['<p>one</p><p>two<br>three</p>', 'one\n\ntwo\nthree'],
    ['a<script>x<y</script><style>z</style>b', 'ab'],
    ['1 < 2 &lt; 3 &amp;amp; &eacute;&#233;&#146;', '1 < 2 < 3 &amp; éé’'],
    ['<img src="x" alt="&#128545;"> <img alt="a picture of a cat">', '😡'],
    ['<!-- hidden --><a href="x>y">link</a>', 'link'],
    ['  many \t blanks \r\n\r\n\r\n\r\n here ', 'many blanks\n\nhere'],
    ['half \ud83d of one', 'half \ufffd of one'],
    ['soft\u00adhyphen zero\u200bwidth', 'softhyphen zerowidth'],
    ['👩\u200d🔧', '👩\u200d🔧'],
  ];
  for (const [markup, text] of texts) assert.equal(textOfMarkup(markup), text);
  assert.equal(textOfMarkup('x'.repeat(50_000)).length, 20_000);
});

test('a web page names its feeds, or they are looked for where they usually are', () => {
  const page = `<html><head><base href="https://www.blog.example/"><title>x</title>
    <link rel="stylesheet" href="a.css"><LINK REL='alternate' TYPE='application/rss+xml' HREF='feed/?a=1&amp;b=2'>
    <link href="//other.example/atom" type="application/atom+xml" rel="alternate home">
    <link rel="alternate" hreflang="de" href="/de/"><link rel=alternate type=application/feed+json href=/feed.json>
    <link rel="alternate" type="application/rss+xml" title="Acme > News" href="/news.rss">
    <link rel="alternate" type="text/xml" href="feed:https://blog.example/old">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head></html>`;
  assert.deepEqual(discoverFeeds(page, 'https://blog.example/'), [
    'https://www.blog.example/feed/?a=1&b=2',
    'https://other.example/atom',
    'https://www.blog.example/feed.json',
    'https://www.blog.example/news.rss',
    'https://blog.example/old',
  ]);
  const guesses = discoverFeeds('<html></html>', 'https://blog.example/news');
  assert.ok(guesses.includes('https://blog.example/feed'));
  assert.ok(guesses.includes('https://blog.example/news/feed'));
  assert.ok(guesses.includes('https://blog.example/rss'));
});

test('the wait is the longest that anybody asks for, at most a day', () => {
  const now = new Date('2026-11-23T22:30:00Z');
  const rhythm = { seconds: 1800, skipHours: [], skipDays: [] };
  assert.equal(waitFor(rhythm, null, now), 1800);
  assert.equal(waitFor(rhythm, 7200, now), 7200);
  assert.equal(waitFor({ ...rhythm, seconds: 1e9 }, null, now), 24 * 3600);
  assert.equal(waitFor({ ...rhythm, seconds: null }, null, now), null);
  // In half an hour it is 23:00, and nothing is new before 2:00.
  assert.equal(waitFor({ ...rhythm, skipHours: [23, 0, 1] }, null, now), 3.5 * 3600);
  // The 23rd is a Monday.
  assert.equal(waitFor({ ...rhythm, skipDays: [1] }, null, now), 1.5 * 3600);
  const never = { seconds: null, skipHours: [], skipDays: [0, 1, 2, 3, 4, 5, 6] };
  assert.equal(waitFor(never, null, now), 24 * 3600);
});
