import { matchesOf, type Finder, type Guarded } from './finder.ts';
import type { Hit } from './found.ts';
import type { Reading } from './reading.ts';

/** Links that dial or write to a number, and fields of links that hold one. */
const NUMBER = '\\+?\\d(?:[-. ()]{0,2}\\d){6,14}';
export const LINKS: Guarded = {
  sign: new RegExp(`[:/=]${NUMBER}`),
  whole: new RegExp(
    `(?<=\\b(?:tel|sms|smsto|mms|callto|facetime|whatsapp|fax):(?:\\/\\/)?)${NUMBER}(?![\\p{L}\\p{N}])|` +
      `(?<=\\b(?:wa\\.me|t\\.me|signal\\.me\\/#p)\\/)\\+?\\d{8,15}(?![\\p{L}\\p{N}])|` +
      `(?<=[?&](?:phone|tel|telephone|mobile|msisdn|cell|whatsapp|sms|telefon|handy|contact_?(?:number|phone)|phone_?(?:number|no))=)${NUMBER}(?![\\p{L}\\p{N}])`,
    'giu',
  ),
};

/** Telephone numbers inside of links; all other digits there are the link's own. */
export const links: Finder = { mayFind: ({ text }) => LINKS.sign.test(text), find: findLinks };

function findLinks({ text }: Reading): Hit[] {
  return matchesOf(LINKS, text).map((match): Hit => ({
    kind: 'phone',
    start: match.index,
    end: match.index + match[0].length,
  }));
}
