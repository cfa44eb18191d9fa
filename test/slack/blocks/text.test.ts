import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  clean,
  clip,
  date,
  duration,
  link,
  markup,
  namedLink,
  ping,
  plain,
  safeUrl,
} from '../../../src/slack/blocks/text.ts';

test('a text within the limit stays as it is', () => {
  assert.equal(clip('Still waiting', 13), 'Still waiting');
});

test('a text over the limit ends with an ellipsis within the limit', () => {
  assert.equal(clip('Still waiting for the engineer', 14), 'Still waiting…');
});

test('a family of four is shown whole or not at all', () => {
  const family = '👨‍👩‍👧‍👦';
  assert.equal(clip(`ab${family}cd`, 6), 'ab…');
  assert.equal(clip(`ab${family}cdef`, 2 + family.length + 1), `ab${family}…`);
});

test('whatever is cut stays within its limit and is whole characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(200), (text, limit) => {
      const cut = clip(text, limit + 1);
      assert.ok(cut.length <= limit + 1);
      assert.ok(!/\p{Surrogate}/u.test(cut));
    }),
  );
});

test('halves of characters, control characters and marks that turn text around are taken out', () => {
  assert.equal(clean('a\uD83Db\u0000c\u202Ed\r\ne'), 'a\u{FFFD}bcd\ne');
});

test('an empty text becomes a dash, since Slack refuses empty ones', () => {
  assert.equal(plain(' \u0000 ').text, '–');
});

test('what is put into markup cannot ping, link or break out', () => {
  const hostile = '<!channel> <@U1> <https://evil.example|https://bank.example> & more';
  assert.equal(
    markup`dismissed: ${hostile}`.markup,
    'dismissed: &lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|https://bank.example&gt; &amp; more',
  );
});

test('no text of any kind brings an angle bracket into markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.ok(!/[<>]/u.test(markup`${text}`.markup));
    }),
  );
});

test('a link shows the address that it leads to', () => {
  assert.equal(
    link('https://forum.example/a?b=1&c=2').markup,
    '<https://forum.example/a?b=1&amp;c=2>',
  );
});

test('an address with a bar cannot disguise itself with a name', () => {
  assert.equal(
    link('https://evil.example/|https://bank.example').markup,
    '<https://evil.example/%7Chttps://bank.example>',
  );
});

test('an address that no browser may open stays plain text', () => {
  assert.equal(link('javascript:alert(1)').markup, 'javascript:alert(1)');
  assert.equal(namedLink('file:///etc/passwd', 'card').markup, 'card');
});

test('only web addresses within the limit are safe', () => {
  assert.equal(safeUrl('https://forum.example/1'), 'https://forum.example/1');
  assert.equal(safeUrl('javascript:alert(1)'), null);
  assert.equal(safeUrl('no address'), null);
  assert.equal(safeUrl(null), null);
  assert.equal(safeUrl(`https://forum.example/${'a'.repeat(3000)}`), null);
});

test('people and groups are pinged by their id alone', () => {
  assert.equal(ping('U1SAM').markup, '<@U1SAM>');
  assert.equal(ping('S1LEADS').markup, '<!subteam^S1LEADS>');
  assert.equal(ping('U1> <!channel').markup, '<@U1channel>');
});

test('a date is shown in the time zone of the reader, with UTC to fall back on', () => {
  assert.equal(
    date(new Date('2026-03-02T12:00:30Z'), '{time}').markup,
    '<!date^1772452830^{time}|2026-03-02 12:00 UTC>',
  );
});

test('a stretch of time is said in its largest fitting unit', () => {
  assert.equal(duration(4 * 60_000), '4 min');
  assert.equal(duration(3 * 3_600_000), '3 h');
  assert.equal(duration(72 * 3_600_000), '3 days');
});

test('what is cut right behind an ellipsis has one, not two', () => {
  assert.equal(clip('Third visit… and then more of it', 14), 'Third visit…');
  assert.equal(clip('Third visit... and then more of it', 16), 'Third visit…');
  assert.equal(clip('Third visit. And then more of it', 13), 'Third visit…');
});
