import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { redact } from '../../../src/core/privacy/redact.ts';
import { complaintWith, DISGUISES, plainOf, plant } from './redact-planted.ts';
import { diceFrom, filled, LOOKALIKES, lookalikeTexts, randomFrom } from './redact-samples.ts';

describe('redact', () => {
  it('says what it took out, and leaves everything else as it was', () => {
    const { text, found } = redact('Mail jo@example.com or ring 07700 900123, v1.2.3!');
    assert.equal(text, 'Mail [e-mail address] or ring [telephone number], v1.2.3!');
    assert.deepEqual(found, [
      { kind: 'email', span: { start: 5, end: 19 } },
      { kind: 'phone', span: { start: 28, end: 40 } },
    ]);
  });

  const examples: Readonly<Record<string, readonly string[]>> = {
    '[e-mail address]': [
      'jo.smith+acme@mail.example.co.uk',
      'jo (at) example (dot) com',
      'jo [at] example dot com',
      'jo@example . com',
      'ｊｏ＠ｅｘａｍｐｌｅ．ｃｏｍ',
      'j\u200bo@exam\u00adple.com',
      'j o @ e x a m p l e . c o m',
      'jo_at_example_dot_com',
      'jo dot smith at example dot com',
      'jo%40example.com',
      'jo@exämple.de',
    ],
    '[telephone number]': [
      '020 7946 0958',
      '+44 (0)20 7946 0958',
      '0044 7700 900123',
      '(212) 555-0123',
      '555-123-4567',
      '+49 30 901820',
      '089/1234567',
      '06 12 34 56 78',
      '01.42.68.53.00',
      '+91 98765 43210',
      '07700 dot 900 dot 123',
      '0 7 7 0 0 9 0 0 1 2 3',
      'O77OO 9OO123',
      '٠٧٧٠٠ ٩٠٠١٢٣',
      'oh seven seven double oh nine double oh one two three',
    ],
    '[card number]': [
      '4111 1111 1111 1111',
      '4111111111111111',
      '3782-822463-10005',
      '6011 1111 1111 1117',
    ],
    '[account number]': [
      'GB29 NWBK 6016 1331 9268 19',
      'de89370400440532013000',
      '20-44-99 12345678',
    ],
    '[national insurance number]': ['AB123456C', 'ab 12 34 56 c'],
    '[social security number]': ['123-45-6789'],
    '[national id number]': ['12345678Z', 'X1234567L', '756.9217.0769.85', 'RSSMRA85T10A562S'],
    '[postal address]': [
      '12 High Street, London SW1A 1AA',
      'Flat 2, 12 High Street, SW1A 1AA',
      '12 Main St, Springfield, IL 62704-1234',
      'Musterstraße 12, 10115 Berlin',
      '12 rue de la Paix, 75002 Paris',
      'Kerkstraat 12, 1017 GC Amsterdam',
      'SW1A 1AA, house number 12',
    ],
  };
  for (const [placeholder, texts] of Object.entries(examples)) {
    it(`takes ${texts.length} ways to write it for ${placeholder}`, () => {
      for (const text of texts) assert.equal(redact(text).text, placeholder, text);
      for (const text of texts) assert.equal(redact(`(${text})`).text, `(${placeholder})`);
    });
  }

  it('takes a number for what the words before it call it', () => {
    assert.equal(redact('phone: 555-0132').text, 'phone: [telephone number]');
    assert.equal(redact('order 5550132').text, 'order 5550132');
    assert.equal(
      redact('my account number is 12345678').text,
      'my account number is [account number]',
    );
    assert.equal(redact('It is my order. 07700 900123').text, 'It is my order. [telephone number]');
    assert.equal(redact('07700 900123 2 weeks').text, '[telephone number] 2 weeks');
    assert.equal(redact('SSN 123 45 6789').text, 'SSN [social security number]');
    assert.equal(redact('Steuer-ID 86 095 742 719').text, 'Steuer-ID [national id number]');
  });

  it('reads a number without a country code as the team’s country does', () => {
    assert.equal(redact('2125550123', { country: 'US' }).text, '[telephone number]');
    assert.equal(redact('2125550123', { country: 'GB' }).text, '2125550123');
    assert.equal(redact('612 34 56 78', { country: 'ES' }).text, '[telephone number]');
    assert.equal(redact('020 7946 0958', { country: 'XX' }).text, '[telephone number]');
  });

  it('keeps public handles, links and what a link counts, and takes what a link writes to', () => {
    for (const text of [
      '@sample_user@mastodon.example and @acme.example, #12345678',
      'https://example.com/status/1712345678901234567',
      'git@github.com:acme/hub.git, logo@2x.png',
      'No fibre in SW1A 1AA since 24.11.2026 14:30',
    ]) {
      assert.equal(redact(text).text, text);
    }
    assert.equal(
      redact('https://acme.test/?email=jo@example.com&id=12345678901').text,
      'https://acme.test/?email=[e-mail address]&id=12345678901',
    );
    assert.equal(redact('card 4111 1111 1111 1112').text, 'card 4111 1111 1111 1112');
    assert.equal(redact('https://wa.me/447700900123').text, 'https://wa.me/[telephone number]');
  });

  it('takes numbers of the team’s own shapes by the name that the team gave them', () => {
    const shapes = [
      { name: 'order number', pattern: 'AB-######' },
      { name: 'customer code', pattern: '@@##.(##)+' },
      { name: 'too short', pattern: '##' },
    ];
    const text = 'ab-123456, AB 123456, XAB-123456, xy12.(34)+ and 12';
    const once = redact(text, { shapes });
    assert.equal(once.text, '[order number], [order number], XAB-123456, [customer code] and 12');
    assert.equal(once.found[0]?.kind, 'number');
    assert.equal(redact(once.text, { shapes }).text, once.text);
  });
});

describe('redact, of texts made by chance', () => {
  const seeds = fc.integer();

  it('leaves no planted contact detail in 10,000 complaints, under any disguise', () => {
    const dice = diceFrom(randomFrom(6));
    for (let i = 0; i < 10_000; i++) {
      const detail = plant(dice);
      const written = dice.pick(DISGUISES)(detail.written, dice);
      const { before, after, text } = complaintWith(written, dice);
      const result = redact(text);
      const shown = `${text} -> ${result.text}`;
      for (const secret of detail.secrets) {
        assert.ok(!plainOf(result.text).includes(plainOf(secret)), shown);
      }
      assert.ok(
        result.found.some(({ kind }) => kind === detail.kind),
        shown,
      );
      assert.ok(result.text.startsWith(before) && result.text.endsWith(after), shown);
    }
  });

  it('touches at most 1 in 1,000 of 10,000 look-alikes', (t) => {
    assert.ok(LOOKALIKES.length >= 300);
    for (const country of ['GB', 'US', 'DE']) {
      const touched = lookalikeTexts(10_000, 24)
        .map((text) => ({ text, result: redact(text, { country }) }))
        .filter(({ result }) => result.found.length > 0)
        .map(({ text, result }) => `${text} -> ${result.text}`);
      t.diagnostic(`${country}: ${touched.length} touched`);
      assert.ok(touched.length <= 10, touched.join('\n'));
    }
  });

  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(seeds, fc.string({ unit: 'grapheme', maxLength: 40 }), (seed, noise) => {
        const dice = diceFrom(randomFrom(seed));
        const pieces = Array.from({ length: dice.whole(1, 6) }, () =>
          dice.pick([
            () => dice.pick(DISGUISES)(plant(dice).written, dice),
            () => filled(dice.pick(LOOKALIKES), dice),
            () => noise,
            () =>
              dice.pick([
                'call ',
                ' at ',
                '@',
                '.',
                '+',
                '(',
                '[card number]',
                'account number ',
                '[',
                ']',
              ]),
          ])(),
        );
        const once = redact(pieces.join(dice.pick([' ', '', ', ', '\n', '-']))).text;
        assert.equal(redact(once).text, once);
      }),
      { numRuns: 3000 },
    );
  });

  it('puts each placeholder where its span says and changes nothing outside of the spans', () => {
    fc.assert(
      fc.property(seeds, fc.string({ unit: 'binary', maxLength: 60 }), (seed, noise) => {
        const dice = diceFrom(randomFrom(seed));
        const original = `${noise}${plant(dice).written} ${filled(dice.pick(LOOKALIKES), dice)}${noise}`;
        const { text, found } = redact(original);
        let rest = text;
        let done = 0;
        for (const { span } of found) {
          assert.ok(span.start >= done && span.end > span.start && span.end <= original.length);
          const kept = original.slice(done, span.start);
          assert.ok(rest.startsWith(kept));
          rest = rest.slice(kept.length).replace(/^\[[^\]]+\]/, '');
          done = span.end;
        }
        assert.equal(rest, original.slice(done));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('redact, of a megabyte that wants to be slow', () => {
  const LENGTH = 1_000_000;
  const pieces = [
    ...[
      '1',
      '1 ',
      '1.',
      '1-',
      '0 ',
      '+1',
      '07',
      '@',
      '.',
      'a@',
      'a@b.',
      'a at b dot ',
      'a (at) ',
      '(',
      '\u200b',
      '１',
      'é',
    ],
    ...[
      '020 7946 0958 ',
      '4111 1111 1111 1111 ',
      'jo@example.com ',
      '12 High Street ',
      '12 a b c d e f ',
      'SW1A 1AA ',
    ],
    ...[
      'Main St 12, 10115 ',
      'GB29 ',
      'AB 12 34 ',
      '123-45-',
      'call me on 1234567 ',
      'order ',
      'https://',
      '#',
      'one two ',
    ],
    ...['[card number]', '[', '1\n', '12,', 'a-', ' - '],
    ...[' double o', '=1', '1012 LG ', ' at', 'a1 '],
  ];
  for (const piece of pieces) {
    it(`takes less than a second for ${JSON.stringify(piece)} without end`, () => {
      const text = piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);
      // Processor time, so that a busy machine fails no test.
      const before = process.cpuUsage();
      redact(text, { shapes: [{ name: 'order number', pattern: '##########@' }] });
      const { user, system } = process.cpuUsage(before);
      assert.ok((user + system) / 1000 < 1000, `${Math.round((user + system) / 1000)} ms`);
    });
  }
});
