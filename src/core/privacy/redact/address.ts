import { matchesOf, type Finder, type Guarded } from './finder.ts';
import type { Hit } from './found.ts';
import { findNumberFirst, UK_CODE } from './houses.ts';
import { veiledOf, type Reading } from './reading.ts';

/** What every postal code has, read from its first digit on. */
const CODE =
  /\d(?:\d{3}|\d-\d{3}|\d\d \d\d|(?<=[A-Z]\d)(?:[\dA-Z]? ?\d[A-Z]{2}|[A-Z] ?\d[A-Z]\d|[\dW] ?[A-Z\d]{4}))|GIR ?\d/i;

/** Postal addresses: a postal code with the house number that goes with it. */
export const addresses: Finder = { mayFind: ({ text }) => CODE.test(text), find: findAddresses };

function findAddresses(reading: Reading): Hit[] {
  const text = veiledOf(reading);
  if (!CODE.test(text)) return [];
  return [...findNumberFirst(text), ...streetFirst(text), ...beside(text)];
}

const ROAD_WORD =
  '(?:\\p{L}[\\p{L}-]*(?:stra(?:ß|ss)e|str\\.?|weg|platz|allee|gasse|ring|damm|ufer|graben|steig|stieg|markt|straat|laan|plein|' +
  'gracht|kade|dijk|singel|gade|vej|vägen|gatan|gata|veien|katu|tie)|(?:stra(?:ß|ss)e|platz|allee|weg)|' +
  "(?:calle|c\\/|avenida|avda\\.?|plaza|paseo|via|viale|piazza|corso|largo|rua|ul\\.|ulica|praça|carrer|am|an der|auf der|im|in der|zum|zur|unter den)(?: [\\p{L}.'’-]{1,20}){1,4})";
const HOUSE_THEN_CODE = new RegExp(
  '(?<=[ \\t,.])(?:nr?\\.? ?|n[°º] ?)?\\d{1,4} ?(?:[a-zA-Z]|I{2,3}|IV|hs|huis|bis)?(?:[-/]\\d{1,4})?(?:,? (?:\\d{1,2}[ºª°.]? ?\\p{L}{0,3}))?[ \\t]{0,2}(?:[,\\n]|in )?[ \\t]{0,2}' +
    "(?:[A-Z]{1,2}-)?(?:\\d{4} ?[A-Z]{2}|\\d{4,5}|\\d{2}-\\d{3}|\\d{3} \\d{2}|\\d{4}-\\d{3})[ \\t,]{1,2}\\p{Lu}[\\p{L}.'-]*\\p{L}",
  'gu',
);
const ROAD_AT_END = new RegExp(`(?<![\\p{L}])${ROAD_WORD},?[ \\t]{1,2}$`, 'iu');
const LONGEST_ROAD = 60;

/** "Musterstraße 12, 10115 Berlin", "Kerkstraat 12, 1017 GC Amsterdam", "Calle Mayor 12, 28013 Madrid". */
function streetFirst(text: string): Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(HOUSE_THEN_CODE)) {
    const from = Math.max(0, match.index - LONGEST_ROAD);
    const road = ROAD_AT_END.exec(text.slice(from, match.index));
    if (road === null) continue;
    hits.push({ kind: 'address', start: from + road.index, end: match.index + match[0].length });
  }
  return hits;
}

const HOUSE_WORD =
  '(?:(?:my )?(?:house|flat|door)(?: (?:number|no\\.?))?|number|no\\.|nr\\.?|huisnummer|huisnr\\.?)';
const HOUSE = '\\d{1,4}[A-Za-z]?(?![\\p{L}\\p{N}]|[.:%/]\\d)';
/** Two letters behind a number that are a unit, an age, or a word in capitals. */
const NO_CODE =
  '(?:AD|AH|AM|AT|BC|BE|BY|CE|CM|DB|DO|EU|FT|GB|GO|HD|HP|HZ|IF|IN|IS|IT|KB|KG|KM|KW|LB|MB|ME|MG|MI|ML|MM|MP|MS|MY|NM|NO|OF|OK|ON|OR|OZ|PB|PC|PM|PS|PX|QR|SA|SD|SO|SS|TB|TI|TO|TV|UK|UP|US|VS|WE|WH|XL|XT|XR|SE|LE|CH|DE|FR|RX|GT|TX)';
const UK_SIGN = /(?:\d[\dA-Z]?|GIR) ?\d[A-Z]{2}/i;
/** Each with its code as the sign: digits are found faster than a street or the start of a word. */
export const PAIRS: readonly Guarded[] = [
  // "Damrak 1, 1012 LG Amsterdam", "80331 München, Hauptstraße 5"
  {
    sign: /\d{4} [A-Z]{2}/,
    whole:
      /(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]{2,30} \d{1,4} ?[a-z]?(?:-\d{1,4})?,? \d{4} [A-Z]{2},? \p{Lu}\p{L}+/gu,
  },
  {
    sign: /\d{4} \p{L}/u,
    whole: new RegExp(
      `(?<![\\p{L}\\p{N}])(?:[A-Z]{1,2}-)?\\d{4,5} \\p{L}[\\p{L}-]{2,30}[ ,]{1,2}${ROAD_WORD} ${HOUSE}`,
      'giu',
    ),
  },
  {
    sign: UK_SIGN,
    whole: new RegExp(
      `(?<![\\p{L}\\p{N}.,:£$€#/@-])(?:${HOUSE_WORD} )?\\d{1,4}[a-z]?,? (?:at |in )?(?:post ?code:? )?${UK_CODE}(?![\\p{L}\\p{N}])`,
      'giu',
    ),
  },
  {
    sign: /(?:\d{4}|(?:\d[\dA-Z]?|GIR) ?\d) ?[A-Z]{2}[ ,;(]/i,
    whole: new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${UK_CODE}|\\d{4} ?[A-Z]{2})[ ,;(]{1,3}(?:and )?${HOUSE_WORD}:? (?:is )?${HOUSE}`,
      'giu',
    ),
  },
  // "1017 GC 12", as parcels are asked for: the code and the house.
  {
    sign: /\d{4} ?[A-Z]{2},? \d/,
    whole: new RegExp(
      `(?<![\\p{L}\\p{N}.,:£$€#/@-])[1-9]\\d{3} ?(?!${NO_CODE})[A-Z]{2},? \\d{1,4}(?: ?[a-zA-Z])?(?![\\p{L}\\p{N}]|[.:%/]\\d)`,
      'gu',
    ),
  },
];

/** "number 12, SW1A 1AA", "SW1A 1AA, house number 12": all that a letter needs to arrive. */
function beside(text: string): Hit[] {
  return PAIRS.flatMap((pair) =>
    matchesOf(pair, text).map((match): Hit => ({
      kind: 'address',
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}
