import { candidatesAt, type Candidate } from './digits.ts';
import type { Finder } from './finder.ts';
import type { Hit } from './found.ts';
import { hasRuns, runsOf, veiledOf, type Reading } from './reading.ts';
import { hintBefore } from './words.ts';

const LEAST = 13;
const MOST = 19;

/**
 * Prefixes and lengths of the card schemes (ISO/IEC 7812 issuer numbers, as the schemes publish
 * them): Visa, Mastercard, American Express, Diners, JCB, Discover, UnionPay, Mir, Maestro, RuPay.
 */
const SCHEMES: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/,
  /^(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^3(?:0[0-5]|09\d|[689]\d)\d{11,16}$/,
  /^35(?:2[89]|[3-8]\d)\d{12,15}$/,
  /^6(?:011|4[4-9]\d|5\d\d)\d{12,15}$/,
  /^62\d{14,17}$/,
  /^220[0-4]\d{12,15}$/,
  /^(?:50|5[6-8]|6[0-9])\d{11,17}$/,
];

/** Payment cards: a scheme's prefix and length, and the check digit of Luhn (ISO/IEC 7812-1). */
export const cards: Finder = { mayFind: hasRuns, find: findCards };

function findCards(reading: Reading): Hit[] {
  const hits: Hit[] = [];
  const text = veiledOf(reading);
  for (const run of runsOf(reading)) {
    for (let from = 0; from < run.groups.length; from++) {
      if (!/^[2-6]/.test(run.groups[from]?.digits ?? '')) continue;
      const card = candidatesAt(text, run, from, LEAST, MOST).find((candidate) =>
        isCard(text, candidate),
      );
      if (card === undefined) continue;
      hits.push({ kind: 'card', start: card.start, end: card.end });
      from += card.groups.length - 1;
    }
  }
  return hits;
}

function isCard(text: string, candidate: Candidate): boolean {
  const { digits } = candidate;
  if (!passesLuhn(digits) || !SCHEMES.some((scheme) => scheme.test(digits))) return false;
  const hint = hintBefore(text, candidate.start);
  if (hint === 'card') return true;
  if (!isPrintedSo(candidate)) return false;
  // One random row of digits in ten passes Luhn; what the words call an order is one.
  return candidate.groups.length > 1 || hint !== 'other';
}

/** Grouped as on cards, or not at all, or digit by digit. */
function isPrintedSo({ digits: number, groups, whole }: Candidate): boolean {
  const sizes = groups.map(({ digits }) => digits.length).join('-');
  if (/^1(?:-1)+$/.test(sizes)) return whole;
  if (sizes === '4-4-4-3') return /^3[47]/.test(number);
  if (sizes === '4-4-4-2') return number.startsWith('3');
  return /^(?:\d\d|4-4-4-[14]|4-4-4-4-[1-4]|4-6-[45]|8-8|4-4-5|6-10|6-13|4-12|12-4|4-8-4)$/.test(
    sizes,
  );
}

/** The sum of Luhn: every second digit from the right doubled. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
  }
  return sum % 10 === 0 && /[1-9]/.test(digits);
}
