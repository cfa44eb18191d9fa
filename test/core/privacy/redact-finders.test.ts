import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FINDERS, redact, redactWith } from '../../../src/core/privacy/redact.ts';
import { PAIRS } from '../../../src/core/privacy/redact/address.ts';
import { SPACED_OUT } from '../../../src/core/privacy/redact/email.ts';
import { LINKS } from '../../../src/core/privacy/redact/link.ts';
import { DISGUISES, plant } from './redact-planted.ts';
import { diceFrom, filled, LOOKALIKES, randomFrom, type Dice } from './redact-samples.ts';

/** Where finds begin and end, and what is written for a digit, a sign or a word. */
const PIECES = [
  ...['call ', ' at ', '(a)', '_at_', ' ät ', '@', ' @ ', '%40', '&#64;', ' dot ', '.com', '.'],
  ...[
    'O',
    '0 ',
    '1',
    ' 12 ',
    'one two three ',
    'double oh ',
    '-',
    'GIR 0AA',
    'A1 1AA',
    ' 1012 LG ',
  ],
  ...[
    'GB29 ',
    'tel:',
    '?phone=',
    '[card number]',
    '[',
    'ß',
    '😀',
    '\u200b',
    '１',
    'No. ',
    '\n',
    '',
  ],
];
/** Details that a single sign of theirs gives away. */
const RARE = [
  ...['number 12, GIR 0AA', '12 Main Street, Dublin D02 X285', '12 King St W, Toronto M5H 2A1'],
  ...['ulica Sample 5, 00-950 Warszawa', 'Calle Mayor 5, 110 00 Praha', 'number 12, M1 4AE'],
  ...['1010 Wien, Hauptstraße 5', 'rua Sample 5, 1000-123 Lisboa', '12 High Street, Leeds LS1 4AP'],
  ...['phone:nine o eight o seven o six', 'oh seven seven double oh nine double oh one two three'],
  ...[
    'jo_x(a)example.com',
    'jo.ät.example.punkt.de',
    'jo_at_example_dot_com',
    'jo arrobas example dot com',
  ],
  ...['account number O71 O72', 'call O77OO 9OO', 'SSN 123 - 45 - 6789', 'RSSMRA85T10A562S'],
  ...['de89370400440532013000', 'MT 8 4MALT011000012345MTLCAST001S', 'wa.me/447700900123'],
];
const EVERY = FINDERS.map((finder) => ({ ...finder, mayFind: () => true }));
const OPTIONS = [
  {},
  { country: 'US' },
  { country: 'DE', shapes: [{ name: 'order number', pattern: 'AB-######' }] },
  { country: 'ES', shapes: [{ name: 'code', pattern: '@@@@' }] },
];

test('a detail is found though one sign alone gives it away', () => {
  for (const text of RARE) assert.ok(redact(text).found.length > 0, text);
});

test('finders that are asked only where they may find take out what all of them would', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const dice = diceFrom(randomFrom(seed));
      const text = hostile(dice);
      const options = dice.pick(OPTIONS);
      const asked = redact(text, options);
      assert.deepEqual(asked, redactWith(EVERY, text, options), JSON.stringify(text));
      found += asked.found.length;
    }),
    { numRuns: 5000 },
  );
  assert.ok(found > 1000);
});

const GUARDED = [
  { guarded: SPACED_OUT, examples: ['j o @ e x a m p l e . c o m', 'a\tb @ c d . o r g'] },
  {
    guarded: LINKS,
    examples: [
      'tel:+44 20 7946 0958',
      'sms://07700900123',
      'wa.me/447700900123',
      '&tel=0161 4960000',
    ],
  },
  ...[
    ['Damrak 1, 1012 LG Amsterdam', 'Damrak 12 a 1012 LG, Amsterdam'],
    ['1010 Wien, Hauptstraße 5', 'D-80331 sample calle Mayor 12b'],
    ['number 12, SW1A 1AA', '12a at postcode: m1 1ae', '7, GIR 0AA', '12 LS14AP'],
    ['SW1A 1AA, house number 12', 'm11ae (number 7', '1017gc nr. 12', 'gir0aa;  no. 1'],
    ['1017 GC 12', '1017GC, 12 b'],
  ].map((examples, at) => ({ guarded: PAIRS[at]!, examples })),
];

test('the sign of an expression is in all that the expression finds', () => {
  for (const { guarded, examples } of GUARDED) {
    for (const example of examples) assert.ok(finds(guarded.whole, example), example);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const dice = diceFrom(randomFrom(seed));
        const text = spoilt(dice.pick(examples), dice) + hostile(dice);
        if (finds(guarded.whole, text)) assert.ok(guarded.sign.test(text), JSON.stringify(text));
      }),
      { numRuns: 500 },
    );
  }
});

function finds(expression: RegExp, text: string): boolean {
  return text.search(expression) >= 0;
}

function hostile(dice: Dice): string {
  const pieces = Array.from({ length: dice.whole(1, 5) }, () =>
    dice.pick([
      () => dice.pick(DISGUISES)(plant(dice).written, dice),
      () => spoilt(plant(dice).written, dice),
      () => filled(dice.pick(LOOKALIKES), dice),
      () => dice.pick(PIECES),
      () => spoilt(dice.pick(RARE), dice),
    ])(),
  );
  return pieces.join(dice.pick([' ', '', ', ', '\n', '-']));
}

/** With something else at one place, or another at each digit. */
function spoilt(text: string, dice: Dice): string {
  if (dice.whole(0, 2) === 0) return text.replace(/\d/g, () => dice.digits(1));
  const at = dice.whole(0, text.length);
  return text.slice(0, at) + dice.pick(PIECES) + text.slice(at + dice.whole(0, 2));
}
