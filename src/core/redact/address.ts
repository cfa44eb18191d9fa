import type { Hit } from './found.ts';
import type { Reading } from './reading.ts';

/** Postal codes as they end an address; the ones that are bare digits need a state or a town. */
const UK = '(?:[A-PR-UWYZ][A-HK-Y]?\\d[\\dA-HJKMNPR-Y]?|GIR) ?\\d[ABD-HJLNP-UW-Z]{2}';
const STATE =
  '(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|' +
  'Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|' +
  'Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|' +
  'Nevada|New (?:Hampshire|Jersey|Mexico|York)|(?:North|South) (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|' +
  'Rhode Island|Tennessee|Texas|Utah|Vermont|(?:West )?Virginia|Washington|Wisconsin|Wyoming)';
const US = `${STATE}[., ]{1,3}\\d{5}(?:-\\d{4})?`;
const CANADA = '[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z] ?\\d[ABCEGHJ-NPRSTV-Z]\\d';
const AUSTRALIA = '(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT),? ?\\d{4}';
const EIRCODE = '[AC-FHKNPRTV-Y]\\d[\\dW] ?[AC-FHKNPRTV-Y\\d]{4}';
const CODE = new RegExp(
  `(?:${[UK, US, CANADA, AUSTRALIA, EIRCODE].join('|')})(?![\\p{L}\\p{N}])`,
  'iuy',
);
/** A code of bare digits, good only behind a house number and a street. */
const BARE_CODE = /(?:[A-Z]{1,2}-)?\d{5}(?:-\d{4})?(?![\p{L}\p{N}]|[.,-]\d)/uy;

const STREETS = new Set(
  (
    'street st str road rd avenue ave av lane ln close cl drive dr way court ct gardens gdns place pl terrace ter crescent cres ' +
    'square sq hill park grove mews row walk view rise green parade pde circle cir boulevard blvd bd highway hwy parkway pkwy ' +
    'trail trl loop plaza quay wharf yard end vale gate fields meadow meadows bank drove mount broadway house villas estate ' +
    'rue chemin allée impasse quai cours route passage'
  ).split(' '),
);
/** Words that no address has between its number and its code. */
const NEVER = new Set(
  (
    'is was were are am be been has have had will would can could since because but when where while after before until for ' +
    'days day weeks week hours hour minutes minute months month years year times people customers calls call engineers ' +
    'engineer miles km out my your our their i we you they it this that these those still no not any all every from with ' +
    'without again today yesterday tonight pounds percent mbps phone tel customer'
  ).split(' '),
);
const LITTLE = new Set('of the on upon in de la le les du des and under over by le-'.split(' '));
const ROOM = /^(?:flat|apt|apartment|unit|suite|ste|floor|room|rm|box|appt|lot|block|#)$/i;
const FARTHEST = 110;
const MOST_TOKENS = 18;
const TOKEN =
  /[ \t]*(?:(\p{L}[\p{L}\p{M}'’-]*)\.?|(\d{1,5}[A-Za-z]?(?:[-/]\d{1,4})?)(?![\p{L}\p{N}])|([,;\n#]|\(|\)))/uy;

/** Postal addresses: a postal code with the house number that goes with it. */
export function findAddresses({ veiled: text }: Reading): Hit[] {
  return [...numberFirst(text), ...streetFirst(text), ...beside(text)];
}

/** "12 High Street, London SW1A 1AA", "12 Main St, Springfield, IL 62704", "12 rue de la Paix, 75002 Paris". */
function numberFirst(text: string): Hit[] {
  const hits: Hit[] = [];
  for (const { index: start } of text.matchAll(
    /(?<![\p{L}\p{N}.,:£$€#/@-])\d{1,5}[a-z]?(?:[-/]\d{1,4})?(?![\p{L}\p{N}]|[.:%]\d)/giu,
  )) {
    if (start < (hits.at(-1)?.end ?? 0)) continue;
    const end = codeAfter(text, start);
    if (end !== null) hits.push({ kind: 'address', start: withRoom(text, start), end });
  }
  return hits;
}

/** Reads on from a house number until a postal code; null where the words are not a street's. */
function codeAfter(text: string, start: number): number | null {
  const words: string[] = [];
  let street = false;
  let marks = 0;
  let at = start;
  for (let count = 0; count < MOST_TOKENS && at - start < FARTHEST; count++) {
    const place = at + (/^[ \t]*/.exec(text.slice(at, at + 4))?.[0].length ?? 0);
    if (words.length > 0) {
      const code =
        stickyEnd(CODE, text, place) ?? (street ? stickyEnd(BARE_CODE, text, place) : null);
      if (code !== null && (street || (marks > 0 && words.every(isName)))) return code;
    }
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (token === null) return null;
    const [whole, word, number, mark] = token;
    if (word !== undefined) {
      const plain = word.toLowerCase();
      if (NEVER.has(plain) || words.length > 9) return null;
      if (
        STREETS.has(plain) &&
        (words.length > 0 ||
          /^(?:rue|chemin|allée|impasse|quai|cours|route|passage|avenue|av|boulevard|bd|place)$/.test(
            plain,
          ))
      ) {
        // "12 angry posts on this street": a street has a short name.
        if (words.length <= 5) street = true;
      }
      words.push(word);
    } else if (number !== undefined) {
      if (count > 0 && !ROOM.test(words.at(-1) ?? '') && !/#[ \t]*$/.test(text.slice(start, at)))
        return null;
    } else if (mark !== undefined && mark !== '#') marks++;
    at += whole.length;
  }
  return null;
}

function isName(word: string): boolean {
  return /^\p{Lu}/u.test(word) || LITTLE.has(word);
}

/** "Flat 2, " before the house number belongs to the address. */
function withRoom(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - 24), start);
  const room =
    /(?<!\p{L})(?:flat|apt\.?|apartment|unit|suite|room|no\.?|number|house)[ \t]+(?:[\dA-Za-z]{1,4},?[ \t]*)?$/iu.exec(
      before,
    );
  return start - (room?.[0].length ?? 0);
}

const ROAD_WORD =
  '(?:\\p{L}[\\p{L}-]*(?:stra(?:ß|ss)e|str\\.?|weg|platz|allee|gasse|ring|damm|ufer|graben|steig|stieg|markt|straat|laan|plein|' +
  'gracht|kade|dijk|singel|gade|vej|vägen|gatan|gata|veien|katu|tie)|(?:stra(?:ß|ss)e|platz|allee|weg)|' +
  "(?:calle|c\\/|avenida|avda\\.?|plaza|paseo|via|viale|piazza|corso|largo|rua|ul\\.|ulica|praça|carrer|am|an der|auf der|im|in der|zum|zur|unter den)(?: [\\p{L}.'’-]{1,20}){1,4})";
const HOUSE_THEN_CODE = new RegExp(
  '(?<=[ \\t,.])(?:nr?\\.? ?|n[°º] ?)?\\d{1,4} ?[a-zA-Z]?(?:[-/]\\d{1,4})?(?:,? (?:\\d{1,2}[ºª°.]? ?\\p{L}{0,3}))?[ \\t]{0,2}[,\\n]?[ \\t]{0,2}' +
    "(?:[A-Z]{1,2}-)?(?:\\d{4} ?[A-Z]{2}|\\d{4,5}|\\d{2}-\\d{3}|\\d{3} \\d{2}|\\d{4}-\\d{3})[ \\t,]{1,2}\\p{Lu}[\\p{L}.'-]+",
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
const PAIRS: readonly RegExp[] = [
  new RegExp(
    `(?<![\\p{L}\\p{N}.,:£$€#/@-])(?:${HOUSE_WORD} )?\\d{1,4}[a-z]?,? (?:at |in )?${UK}(?![\\p{L}\\p{N}])`,
    'giu',
  ),
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${UK}|\\d{4} ?[A-Z]{2})[ ,;(]{1,3}(?:and )?${HOUSE_WORD}:? (?:is )?${HOUSE}`,
    'giu',
  ),
];

/** "number 12, SW1A 1AA", "SW1A 1AA, house number 12": all that a letter needs to arrive. */
function beside(text: string): Hit[] {
  return PAIRS.flatMap((pair) =>
    [...text.matchAll(pair)].map((match): Hit => ({
      kind: 'address',
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

function stickyEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
