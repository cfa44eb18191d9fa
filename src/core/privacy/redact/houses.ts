import type { Hit } from './found.ts';

/** Postal codes as they end an address; the ones that are bare digits need a state or a town. */
export const UK_CODE = '(?:[A-PR-UWYZ][A-HK-Y]?\\d[\\dA-HJKMNPR-Y]?|GIR) ?\\d[ABD-HJLNP-UW-Z]{2}';
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
  `(?:${[UK_CODE, US, CANADA, AUSTRALIA, EIRCODE].join('|')})(?![\\p{L}\\p{N}])`,
  'iuy',
);
/** A code of bare digits, good only behind a house number and a street. */
const BARE_CODE = /(?:[A-Z]{1,2}-)?\d{5}(?:-\d{4})?(?![\p{L}\p{N}]|[.,-]\d)/uy;

const STREETS = new Set(
  (
    'street st str road rd avenue ave av lane ln close cl drive dr way court ct gardens gdns place pl terrace ter crescent cres ' +
    'square sq hill park grove mews row walk view rise green parade pde circle cir boulevard blvd bd highway hwy parkway pkwy ' +
    'trail trl loop plaza quay wharf yard end vale gate fields meadow meadows bank drove mount broadway house villas estate'
  ).split(' '),
);
/** Street types that stand between the number and the name. */
const FRENCH_STREETS = new Set(
  'rue chemin allée impasse quai cours route passage avenue av boulevard bd place square'.split(
    ' ',
  ),
);
/** The town behind a French code. */
const TOWN = /,? \p{Lu}[\p{L}'’-]*\p{L}/uy;
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

/** "12 High Street, London SW1A 1AA", "12 Main St, Springfield, IL 62704", "12 rue de la Paix, 75002 Paris". */
export function findNumberFirst(text: string): Hit[] {
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
  let french = false;
  let marks = 0;
  let at = start;
  for (let count = 0; count < MOST_TOKENS && at - start < FARTHEST; count++) {
    const place = at + (/^[ \t]*/.exec(text.slice(at, at + 4))?.[0].length ?? 0);
    if (words.length > 0) {
      const code =
        stickyEnd(CODE, text, place) ?? (street ? stickyEnd(BARE_CODE, text, place) : null);
      if (code !== null && (street || (marks > 0 && words.every(isName)))) {
        return (french ? stickyEnd(TOWN, text, code) : null) ?? code;
      }
    }
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (token === null) return null;
    const [whole, word, number, mark] = token;
    if (word !== undefined) {
      const plain = word.toLowerCase();
      if (NEVER.has(plain) || words.length > 9) return null;
      if (words.length === 0 && FRENCH_STREETS.has(plain)) street = french = true;
      // "12 angry posts on this street": a street has a short name.
      if (words.length > 0 && words.length <= 5 && STREETS.has(plain)) street = true;
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
  const before = text.slice(Math.max(0, start - 50), start);
  const room =
    /(?<!\p{L})(?:flat|apt\.?|apartment|unit|suite|room|no\.?|number|house)[ \t]+(?:[\dA-Za-z]{1,4},?[ \t]*(?:\p{L}[\p{L}'’-]{1,20}[ \t]*){0,3},?[ \t]*)?$/iu.exec(
      before,
    );
  return start - (room?.[0].length ?? 0);
}

function stickyEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
