import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  matchOne,
  parseQuery,
  type MatchInput,
  type Query,
} from '../../../src/core/query/index.ts';

function read(written: string): Query {
  const outcome = parseQuery(written);
  assert.ok(outcome.ok, `${written}: ${JSON.stringify(outcome)}`);
  return outcome.query;
}

/** What of the text matched, piece by piece; null when the query does not match. */
function found(written: string, post: string | MatchInput): string[] | null {
  const input = typeof post === 'string' ? { text: post } : post;
  const spans = matchOne(read(written), input);
  return spans && spans.map(({ start, end }) => input.text.slice(start, end));
}

/** A query, a text, and what of it matches: null for nothing. */
type Row = [query: string, text: string, expected: string[] | null];

const TABLES: Readonly<Record<string, readonly Row[]>> = {
  'a word is a whole word, in any case': [
    ['acme', 'ACME is down', ['ACME']],
    ['ACME', 'acme, Acme', ['acme', 'Acme']],
    ['acme', 'acmeology and macme', null],
    ['acme', '_acme_ and **acme**', ['acme', 'acme']],
    ['acme', 'acme_help', null],
    ['3g', 'no 3G here', ['3G']],
  ],
  'accents, width and letters that fall in two do not matter': [
    ['cafe', 'Café', ['Café']],
    ['café', 'cafe\u0301 and CAFE', ['cafe\u0301', 'CAFE']],
    ['acme', 'ＡＣＭＥ', ['ＡＣＭＥ']],
    ['acme', '𝐀𝐜𝐦𝐞 and 𝓪𝓬𝓶𝓮', ['𝐀𝐜𝐦𝐞', '𝓪𝓬𝓶𝓮']],
    ['strasse', 'Straße', ['Straße']],
    ['STRASSE', 'straße', ['straße']],
    ['soren', 'Søren', ['Søren']],
    ['istanbul', 'İstanbul', ['İstanbul']],
    ['елка', 'ёлка', ['ёлка']],
    ['σίσυφος', 'ΣΊΣΥΦΟΣ', ['ΣΊΣΥΦΟΣ']],
    ['مدرسة', 'مَدْرَسَة', ['مَدْرَسَة']],
    ['हिन्दी', 'हिन्दी में', ['हिन्दी']],
    ['हन्द', 'हिन्दी', null],
  ],
  'signs that cannot be seen do not matter': [
    ['acme', 'ac\u200bme', ['ac\u200bme']],
    ['acme', 'ac\u00adme and \u2066acme\u2069', ['ac\u00adme', 'acme']],
    ['ac\u200dme', 'acme', ['acme']],
    ['"acme broadband"', 'acme \u200bbroadband', ['acme \u200bbroadband']],
    ['#acme', '#\u2060acme', ['acme']],
  ],
  'an apostrophe inside a word is dropped, and a possessive is the word itself': [
    ['dont', "I don't know", ["don't"]],
    ["don't", 'dont, don’t', ['dont', 'don’t']],
    ['don', "don't", null],
    ['acme', "Acme's router", ["Acme's"]],
    ['acmes', 'Acme’s router', ['Acme’s']],
    ['acme’s', 'acme, acmes', ['acme', 'acmes']],
    ['acme', 'acmes', null],
    ['acme', "'acme'", ['acme']],
    ['new', "the 'news' today", null],
    ['customers', "the customers' money", ['customers']],
    ['acme', "l'Acme, qu’acme", ["l'Acme", 'qu’acme']],
    ["o'brien", "O'Brien, OBrien", ["O'Brien", 'OBrien']],
    ['brien', "O'Brien", null],
  ],
  'a hyphen separates words, and a hyphenated word is also the word written together': [
    ['acme', 'acme-broadband', ['acme']],
    ['email', 'my e-mail, my e‑mail', ['e-mail', 'e‑mail']],
    ['e-mail', 'email, e mail, E–Mail', ['email', 'e mail', 'E–Mail']],
    ['e-mail', 'e, mail', null],
    ['email', 'my e-mail-support', ['e-mail']],
    ['payasyougo', 'pay-as-you-go', ['pay-as-you-go']],
    ['"my email"', 'my e-mail', null],
    ['mail', 'e-mail', ['mail']],
    ['acme-broadband', 'Acme Broadband', ['Acme Broadband']],
    ['acme-broadband', 'acme. Broadband', null],
  ],
  'a hashtag or handle is also a word, but not the other way round': [
    ['acme', '#acme @acme', ['acme', 'acme']],
    ['#acme', '#Acme', ['Acme']],
    ['#acme', '@acme acme', null],
    ['@acme', '@acme @acme.example', ['acme', 'acme']],
    ['@acme', 'acme, jo@acme.example', null],
    ['@acme_help', 'thanks @Acme_Help!', ['Acme_Help']],
    ['@acme@social.example', 'hi @acme@social.example', ['acme@social.example']],
    ['＠acme', '@acme', ['acme']],
    ['#acme*', '#acmefail', ['acmefail']],
    ['#acme*', 'acmefail', null],
    ['"thanks @acme"', 'Thanks, @acme', ['Thanks, @acme']],
    ['"thanks @acme"', 'Thanks acme', null],
  ],
  'a domain or an address is its words with those very signs between': [
    ['acme', 'see acme.example', ['acme']],
    ['acme.example', 'https://www.acme.example/help?x=1', ['acme.example']],
    ['acme.example', 'acme example', null],
    ['acme.example', 'that is acme. Example', null],
    ['https://www.acme.example/', 'at acme.example now', ['acme.example']],
    ['acme.example/help', 'http://acme.example/help/1', ['acme.example/help']],
    ['acme.example/help', 'acme.example/shop', null],
    ['jo@acme.example', 'write to jo@acme.example', ['jo@acme.example']],
    ['at&t', 'AT&T', ['AT&T']],
    ['at&t', 'at t', null],
    ['acme.example', 'ＡＣＭＥ．ＥＸＡＭＰＬＥ', ['ＡＣＭＥ．ＥＸＡＭＰＬＥ']],
  ],
  'a phrase is its words in a row, whatever stands between but the end of a sentence': [
    ['"acme broadband"', 'Acme Broadband', ['Acme Broadband']],
    ['"acme broadband"', 'acme-broadband', ['acme-broadband']],
    ['"acme broadband"', 'acme\nbroadband', ['acme\nbroadband']],
    ['"acme broadband"', 'acme (broadband)', ['acme (broadband']],
    ['"acme broadband"', 'I left acme. Broadband is bad', null],
    ['"acme broadband"', 'acme?! Broadband', null],
    ['"acme broadband"', 'acme.broadband', ['acme.broadband']],
    ['"acme broadband"', "acme's broadband", ["acme's broadband"]],
    ['"acme broadband"', 'acme fast broadband', null],
    ['“acme broadband”', 'acme broadband', ['acme broadband']],
    ['„acme broadband“', 'acme broadband', ['acme broadband']],
    ['«acme broadband»', 'acme broadband', ['acme broadband']],
  ],
  'an equals sign asks for exactly these capitals': [
    ['=BT', 'bt, but BT', ['BT']],
    ['=BT', "BT's", ["BT's"]],
    ['=BT', 'bt’s', null],
    ['=Café', 'Cafe, café', ['Cafe']],
    ['="BT Sport"', 'BT Sport, bt sport', ['BT Sport']],
    ['=“BT Sport”', 'Bt Sport', null],
    ['=#BT', '#BT', ['BT']],
    ['=#BT', 'BT #bt', null],
  ],
  'a star stands for the rest of a word': [
    ['broadband*', 'Broadbands, broadband', ['Broadbands', 'broadband']],
    ['broadband*', 'broad', null],
    ['cafe*', 'cafétéria', ['cafétéria']],
    ['아크메*', '아크메는', ['아크메는']],
    ['아크메', '아크메는', null],
  ],
  'words of scripts without spaces are found by how a text is cut into words': [
    ['東京', '私は東京にいる', ['東京']],
    ['京都', '東京都に', null],
    ['京都', '京都に行く', ['京都']],
    ['アクメ', 'アクメブロードバンド', ['アクメ']],
    ['アクメ', '昨日ｱｸﾒが', ['ｱｸﾒ']],
    ['がくせい', 'か\u3099くせい', ['か\u3099くせい']],
    ['สวัสดี', 'สวัสดีครับ', ['สวัสดี']],
    ['ครับ', 'สวัสดีครับ', ['ครับ']],
    ['"acme 東京"', 'acme、東京で', ['acme、東京']],
    ['acme', '我恨acme', ['acme']],
    ['#acme', '我恨#acme', ['acme']],
    ['"東京 大阪"', '東京。大阪', null],
  ],
  'words side by side must all be there, OR asks for one, NOT and - for none': [
    ['acme broadband', 'broadband by acme', ['broadband', 'acme']],
    ['acme AND broadband', 'acme', null],
    ['acme OR zeta', 'zeta', ['zeta']],
    ['acme | zeta', 'acme zeta', ['acme', 'zeta']],
    ['acme -jobs', 'acme', ['acme']],
    ['acme –jobs', 'acme jobs', null],
    ['acme NOT jobs', 'acme jobs', null],
    ['acme -"now hiring"', 'acme hiring now', ['acme']],
    ['acme -(jobs OR hiring)', 'acme is hiring', null],
    ['acme -(jobs hiring)', 'acme is hiring', ['acme']],
    ['acme -(-jobs)', 'acme', null],
    ['acme broadband OR zeta', 'zeta', ['zeta']],
    ['acme (broadband OR zeta)', 'zeta', null],
    ['(acme OR zeta) -jobs', 'zeta jobs', null],
  ],
  'NEAR counts words from one to the other, in either order': [
    ['acme NEAR/1 broadband', 'acme broadband', ['acme', 'broadband']],
    ['acme NEAR/1 broadband', 'broadband, acme', ['broadband', 'acme']],
    ['acme NEAR/2 broadband', 'acme fast broadband', ['acme', 'broadband']],
    ['acme NEAR/1 broadband', 'acme fast broadband', null],
    ['acme NEAR/3 (router OR hub)', 'acme a b c d hub, the acme hub', ['hub', 'acme', 'hub']],
    ['acme NEAR/2 "no signal"', 'no signal at acme', ['no signal', 'acme']],
    ['acme NEAR/2 acme', 'acme', null],
    ['acme NEAR/2 acme', 'acme acme', ['acme', 'acme']],
    ['bt NEAR/2 rout* NEAR/2 dead', 'bt router is dead', ['bt', 'router', 'dead']],
    ['-acme NEAR/1 jobs zeta', 'zeta acme b jobs', ['zeta']],
    ['acme NEAR/2 broadband', 'acme is down. Broadband too', null],
    ['acme NEAR/3 broadband', 'acme is down. Broadband too', ['acme', 'Broadband']],
  ],
};

for (const [sentence, rows] of Object.entries(TABLES)) {
  test(sentence, () => {
    for (const [query, text, expected] of rows) {
      assert.deepEqual(found(query, text), expected, `${query} in ${JSON.stringify(text)}`);
    }
  });
}

test('fields look at where a post comes from, and never match alone', () => {
  const post = {
    text: 'acme? see https://acme.example/a?b=c',
    author: 'Sample_User@social.example',
    url: 'https://www.forum.example:8080/t/1',
    language: 'en-GB',
    source: 'mastodon',
  };
  const isHeard = (fields: string, change: Partial<MatchInput> = {}) =>
    found(`acme ${fields}`, { ...post, ...change }) !== null;
  const rows: [string, boolean][] = [
    ['source:mastodon', true],
    ['SOURCE:Mastodon', true],
    ['source:feed', false],
    ['-source:feed', true],
    ['lang:en', true],
    ['lang:en-gb', true],
    ['lang:en-US', false],
    ['lang:de', false],
    ['author:@sample_user', true],
    ['author:sample_user@social.example', true],
    ['author:sample', false],
    ['site:forum.example', true],
    ['site:www.forum.example', true],
    ['site:orum.example', false],
    ['has:link', true],
    ['has:question', true],
    ['(lang:de OR source:mastodon)', true],
  ];
  for (const [fields, expected] of rows) assert.equal(isHeard(fields), expected, fields);
  assert.equal(isHeard('has:question', { text: 'acme https://acme.example/a?b=c' }), false);
  assert.equal(isHeard('has:question', { text: 'acme？' }), true);
  assert.equal(isHeard('has:link', { text: 'acme.example' }), false);
  assert.equal(isHeard('author:"jo sample"', { author: 'Jo  Sample' }), true);
  const unknown = { author: null, url: null, language: null };
  for (const field of ['lang:en', 'author:jo', 'site:forum.example']) {
    assert.equal(isHeard(field, unknown), false);
    assert.equal(isHeard(`-${field}`, unknown), true);
  }
});
