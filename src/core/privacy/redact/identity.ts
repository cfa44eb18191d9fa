import type { Finder } from './finder.ts';
import type { Hit, Kind } from './found.ts';
import { passesLuhn } from './card.ts';
import { veiledOf, type Reading } from './reading.ts';
import { hintBefore, type Hint } from './words.ts';

/** A number that a state gives to a person. */
interface Rule {
  kind: Kind;
  pattern: RegExp;
  /** Gets letters and digits only, upper case. */
  passes?: (signs: string) => boolean;
  /** Its shape is common: the words before it must say what it is. */
  hints?: readonly Hint[];
}

const ID: readonly Hint[] = ['id', 'social-security'];
/** No rule asks for fewer digits, or lets more stand between two of them. */
const ROW = /\d(?:\D{0,3}\d){5}/;
/** Nothing that belongs to a longer sign. */
const LEFT = '(?<![A-Za-z0-9_@#/-])(?<!\\d[.,])';
const RIGHT = '(?![A-Za-z0-9_@]|[-./,]\\d|[-_][A-Za-z])';

const RULES: readonly Rule[] = [
  {
    // HMRC's rules for prefixes, and QQ, with which it shows what one looks like; last a letter A to D.
    kind: 'national-insurance',
    pattern: rule(
      '(?!BG|GB|NK|KN|TN|NT|ZZ)(?:[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]|QQ)([ .-]?)\\d\\d\\1?\\d\\d\\1?\\d\\d[ .-]?[A-D]',
    ),
  },
  {
    kind: 'national-insurance',
    pattern: rule(
      '(?!BG|GB|NK|KN|TN|NT|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][ .-]?\\d\\d[ .-]?\\d\\d[ .-]?\\d\\d',
    ),
    hints: ['id'],
  },
  // The Social Security Administration never gives out 000, 666, 9xx, group 00 or serial 0000; the
  // one that is excepted is what it shows in print.
  {
    kind: 'social-security',
    pattern: rule('(?!000|666|9(?!87-65-432))\\d{3}-(?!00)\\d\\d-(?!0000)\\d{4}'),
  },
  {
    kind: 'social-security',
    pattern: rule('(?!000|666)\\d{3}[ .-]{0,3}(?!00)\\d\\d[ .-]{0,3}(?!0000)\\d{4}'),
    hints: ['social-security'],
  },
  // Spain: the letter is the remainder of 23.
  { kind: 'national-id', pattern: rule('\\d{8}[ -]?[A-HJ-NP-TV-Z]'), passes: passesDni },
  { kind: 'national-id', pattern: rule('[XYZ][ -]?\\d{7}[ -]?[A-HJ-NP-TV-Z]'), passes: passesDni },
  // France: sex, year, month, department, commune, serial; two digits are the key of 97.
  {
    kind: 'national-id',
    pattern: rule(
      '[12] ?\\d\\d ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d\\d|2[AB]) ?\\d{3} ?\\d{3} ?\\d\\d',
    ),
    passes: passesInsee,
  },
  // The same without its key, and Germany's pension number, where the words say so.
  {
    kind: 'national-id',
    pattern: rule(
      '[12] ?\\d\\d ?[01]\\d ?\\d[\\dAB] ?\\d{3} ?\\d{3}|\\d\\d ?\\d{6} ?[A-Z] ?\\d{3}',
    ),
    hints: ID,
  },
  // Italy: sixteen signs, the month a letter.
  { kind: 'national-id', pattern: rule('[A-Z]{6}\\d\\d[ABCDEHLMPRST][0-7]\\d[A-Z]\\d{3}[A-Z]') },
  // Belgium, Sweden, Finland, Switzerland, Brazil in their written form.
  {
    kind: 'national-id',
    pattern: rule('\\d\\d\\.\\d\\d\\.\\d\\d-\\d{3}\\.\\d\\d'),
    passes: passesBelgian,
  },
  {
    kind: 'national-id',
    pattern: rule('(?:19|20)?\\d\\d[01]\\d[0-3]\\d[-+]\\d{4}'),
    passes: (s) => passesLuhn(s.slice(-10)),
  },
  {
    kind: 'national-id',
    pattern: rule('[0-3]\\d[01]\\d{3}[-+A]\\d{3}[0-9A-FHJ-NPR-Y]'),
    passes: passesFinnish,
  },
  { kind: 'national-id', pattern: rule('756\\.\\d{4}\\.\\d{4}\\.\\d\\d'), passes: passesEan },
  { kind: 'national-id', pattern: rule('\\d{3}\\.\\d{3}\\.\\d{3}-\\d\\d') },
  // Germany, the Netherlands, the health service, Poland, Canada, India and the rest: only where
  // the words say so, since one random row of digits in ten would pass their checks.
  { kind: 'national-id', pattern: rule('\\d(?:[ ./-]{0,2}\\d){7,11}'), hints: ID },
  {
    kind: 'national-id',
    pattern: rule(
      '[A-Z]{1,2}[ -]?\\d(?:[ -]?\\d){5,8}[A-Z]{0,2}|[A-Z0-9]{5}\\d{6}[A-Z0-9]{2}\\d[A-Z]{2}',
    ),
    hints: ['id'],
  },
];

function rule(pattern: string): RegExp {
  return new RegExp(`${LEFT}(?:${pattern})${RIGHT}`, 'gi');
}

/** National insurance, social security and other personal numbers in veiled text. */
export const identities: Finder = { mayFind: ({ text }) => ROW.test(text), find: findIdentities };

function findIdentities(reading: Reading): Hit[] {
  const text = veiledOf(reading);
  const hits: Hit[] = [];
  if (!ROW.test(text)) return hits;
  for (const { kind, pattern, passes, hints } of RULES) {
    for (const match of text.matchAll(pattern)) {
      const [found] = match;
      const start = match.index;
      const end = start + found.length;
      if (passes !== undefined && !passes(found.replace(/[^A-Za-z0-9]/g, '').toUpperCase()))
        continue;
      const hint = hintBefore(text, start);
      // What is called an order or a model is one, unless it is spaced as only people's numbers are.
      if (
        hints === undefined
          ? hint === 'other' && /^\w+$/.test(found)
          : hint === null || !hints.includes(hint)
      )
        continue;
      hits.push({
        kind: kind === 'national-id' && hint === 'social-security' ? 'social-security' : kind,
        start,
        end,
      });
    }
  }
  return hits;
}

function passesDni(signs: string): boolean {
  const number = Number(
    signs.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))),
  );
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === signs.at(-1);
}

function passesInsee(signs: string): boolean {
  // The two departments of Corsica count as 19 and 18.
  const digits = signs.replace('2A', '19').replace('2B', '18');
  return (
    /^\d{15}$/.test(digits) && 97 - (Number(digits.slice(0, 13)) % 97) === Number(digits.slice(13))
  );
}

function passesBelgian(digits: string): boolean {
  const key = Number(digits.slice(9));
  // Born since 2000: the number is read with a 2 before it.
  return [digits.slice(0, 9), `2${digits.slice(0, 9)}`].some(
    (part) => 97 - (Number(part) % 97) === key,
  );
}

function passesFinnish(signs: string): boolean {
  const digits = signs.slice(0, 6) + signs.slice(-4, -1);
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(digits) % 31] === signs.at(-1);
}

/** EAN-13, weights 1 and 3. */
function passesEan(digits: string): boolean {
  return (
    [...digits].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 1 : 3), 0) % 10 === 0
  );
}
