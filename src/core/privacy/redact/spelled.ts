import type { Finder, Place } from './finder.ts';
import type { Hit } from './found.ts';
import type { Reading } from './reading.ts';
import { hintBefore } from './words.ts';

const DIGITS: Readonly<Record<string, string>> = {
  ...{
    zero: '0',
    oh: '0',
    o: '0',
    nought: '0',
    nil: '0',
    one: '1',
    two: '2',
    three: '3',
    four: '4',
  },
  ...{ five: '5', six: '6', seven: '7', eight: '8', nine: '9', hundred: '00' },
};
const WORDS = Object.keys(DIGITS)
  .filter((word) => word.length > 1)
  .join('|');
const WORD = `(?:(?:double|triple)[ -])?(?:${WORDS}|o|\\d{1,6})`;
const ROW = new RegExp(
  `(?<![\\p{L}\\p{N}])${WORD}(?:[ ,.-]{1,3}${WORD}){3,15}(?![\\p{L}\\p{N}])`,
  'giu',
);

/** Of three words in a row one is neither the first in it nor the last. */
const MIDDLE = new RegExp(
  `[ ,.-](?:double|triple|${WORDS})[ ,.-]{1,3}(?:double|triple|o|\\d|${WORDS})`,
  'i',
);

/** Telephone numbers in words: "oh seven seven double oh, nine hundred, one two three". */
export const spelled: Finder = { mayFind: ({ text }) => MIDDLE.test(text), find: findSpelled };

function findSpelled({ text }: Reading, { country, plans }: Place): Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(ROW)) {
    const [row] = match;
    // Three words at least: figures alone are for the other detectors.
    if ((row.match(/\p{L}{2,}/gu) ?? []).length < 3) continue;
    const digits = digitsOf(row);
    const start = match.index;
    const own = plans(country);
    const dialled =
      own?.trunk === '0' && digits.startsWith('0') && own.possible.test(digits.slice(1));
    const national = own?.callingCode === '1' && own.possible.test(digits) && digits.length === 10;
    const hinted = digits.length >= 7 && digits.length <= 13 && hintBefore(text, start) === 'phone';
    if (dialled || national || hinted) hits.push({ kind: 'phone', start, end: start + row.length });
  }
  return hits;
}

function digitsOf(row: string): string {
  let digits = '';
  let times = 1;
  for (const word of row.toLowerCase().match(/\p{L}+|\d+/gu) ?? []) {
    if (word === 'double' || word === 'triple') times = word === 'double' ? 2 : 3;
    else {
      digits += (DIGITS[word] ?? word).repeat(times);
      times = 1;
    }
  }
  return digits;
}
