/** Takes the place of what is certainly no contact detail; as long as what it hides. */
const VEIL = '\uE001';

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:(?:19|20)\\d\\d)';
const UNIT =
  '(?:[kmgt](?:bit|b|ib)(?:ps|\\/s)?|[kmg]bps|[kmg]?hz|ms|[ckm]m|kwh?|m?ah|dbm?|px|fps|kg|mph|°[cf]?|%|' +
  'pounds?|quid|euros?|dollars?|usd|gbp|eur|chf|kr|zł|£|€|\\$|points?|followers|users|views|people|' +
  'subscribers|customers|downloads|bytes?|packets|steps|times|rows|seconds|minutes|hours|days|miles)';

/**
 * Dates, moments, versions, IP addresses, prices, measures, links, hashtags, ISBNs: digits that
 * mean something else. Places of the text stay the same, so detectors can read the veiled text.
 */
const LOOKALIKES: readonly RegExp[] = [
  // Links whole; a telephone number or an e-mail address in one is found before.
  /\b(?:https?:\/\/|www\.)[^\s<>"\uE000]+/giu,
  /(?<![\p{L}\p{N}])#[\p{L}\p{N}_]+/gu,
  // 2026-11-24, 24.11.2026, 11/24/26, 24 11 2026; and the compact 20261124, 20261124143000.
  new RegExp(
    `(?<![\\d./-])(?:${YEAR}([-/. ])${MONTH}\\1${DAY}|${DAY}([-/. ])${MONTH}\\2${YEAR}|` +
      `${MONTH}([-/. ])${DAY}\\3${YEAR}|${DAY}([./])${MONTH}\\4\\d\\d|${MONTH}([./])${DAY}\\5\\d\\d)` +
      '(?![\\d]|[./-]\\d)',
    'g',
  ),
  /(?<![\d+]|\d[-./ )]{1,3}|(?:tel|phone|mob(?:ile)?|cell|fax|text|call|ring|me (?:back )?(?:on|at)|number is)[.: ]{1,3})(?:19[5-9]|20[0-4])\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[-T_ ]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)/gi,
  /(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,6})?(?![\d:])/g,
  // Squares of the British grid: SO 07753 34952.
  /(?<![\p{L}\p{N}])[HJNOST][A-HJ-Z] \d{5} \d{5}(?!\d)/gu,
  // Hours: 08.00 - 18.00.
  /(?<![\d.])(?:[01]?\d|2[0-4])\.[0-5]\d ?[-–] ?(?:[01]?\d|2[0-4])\.[0-5]\d(?![\d]|\.\d)/g,
  // Months: 01/2020 - 12/2021. Versions with a build: 07.57-103001. Books: 0-306-40615-2.
  new RegExp(
    `(?<![\\d./-])${MONTH}[/.]${YEAR}(?: ?[-–] ?${MONTH}[/.]${YEAR})?(?![\\d]|[./-]\\d)`,
    'g',
  ),
  /(?<![\d.-])\d{1,2}\.\d{2}-\d{4,6}(?![\d-]|\.\d)/g,
  /(?<![\d-])\d-\d{2,7}-\d{2,7}-[\dX](?![\d-])/gi,
  // Numbers of a draw: `03 14 22 35 41 were drawn`. The digit is asked first, as looking back is dear.
  /(?=\d)(?<=\b(?:lottery|lotto|loto|euromillions|bingo|draw)\b[^\n.\d]{0,20})\d{1,2}(?:[ ,]{1,2}\d{1,2}){3,7}(?!\d)/gi,
  /(?<!\d ?)\d{1,2}(?:[ ,]{1,2}\d{1,2}){3,7}(?=[^\n.\d]{0,12}\b(?:drawn|draw|lottery|lotto)\b)/gi,
  // IP addresses, and dotted rows with a group of one digit: no country writes a number so.
  /(?<![\d.+])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?:[:/]\d{1,5})?(?!\d|\.\d)/g,
  /(?<![\d.+])v?\d{1,10}(?:\.\d{1,10}){0,6}\.\d(?:\.\d{1,10}){0,6}(?![\d]|\.\d)/gi,
  /(?<![\d.+])v?\d(?:\.\d{1,10}){1,8}(?![\d]|\.\d)/gi,
  /\bv\d{1,10}(?:\.\d{1,10}){1,8}/gi,
  /[-+]?(?<![\d.])\d{1,3}\.\d{3,10}°?[NSEW]?, ?[-+]?\d{1,3}\.\d{3,10}/g,
  /(?:[£$€¥₹₽]|\b(?:USD|GBP|EUR|CHF|Rs\.?)) ?\d{1,12}(?:[.,]\d{1,6}){0,5}/g,
  new RegExp(
    `(?<![\\d.,)]|\\d[ -])\\d{1,15}(?:[.,]\\d{1,6}){0,5} ?${UNIT}(?![\\p{L}\\p{N}])`,
    'giu',
  ),
  // What is written as an IBAN is one or none; its digits are nothing else.
  /(?<![A-Za-z0-9])[A-Z]{2}\d{2} ?(?:[A-Z]{4}|\d{4}) ?\d{4}(?: ?\d{4}){1,5}(?: ?\d{1,4})?(?![A-Za-z0-9])/g,
  /\bISBN(?:-1[03])?:? ?[\d -]{9,17}[\dX]/gi,
  /(?<![\d-])97[89][- ]?\d{1,5}[- ]\d{1,7}[- ]\d{1,6}[- ]\d(?!\d)/g,
];

/** The text with look-alikes hidden. */
export function veil(text: string): string {
  let result = text;
  for (const pattern of LOOKALIKES) {
    result = result.replace(pattern, (hidden) => VEIL.repeat(hidden.length));
  }
  return result;
}
