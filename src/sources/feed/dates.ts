/**
 * Reads the dates that feeds write: RFC 822 and 2822, ISO 8601 and W3C, the output of `date`, and
 * spellings by hand. Named zones count; no zone means UTC. Null for what is no date.
 */
export function readDate(text: string | null | undefined): Date | null {
  const given = (text ?? '').trim().slice(0, 100);
  if (given === '') return null;
  return readUsual(given) ?? readNumber(given) ?? readNumeric(plain(given)) ?? readWorded(given);
}

/** East Asian dates have the words for year, month and day in the place of separators. */
function plain(given: string): string {
  return given.replace(
    /^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]\s*/u,
    '$1-$2-$3 ',
  );
}

/**
 * Nearly all dates are written like this, and these the language reads by itself, many times as fast.
 * Only what is within bounds: beyond them it makes of dates what nobody meant.
 */
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`;
const OFFSET = String.raw`[+-](?:0\d|1[0-4])`;
const MAIL_DATE = String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?:0?[1-9]|[12]\d|3[01]) [A-Z][a-z]{2} [12]\d{3} ${CLOCK} (?:GMT|${OFFSET}[0-5]\d)`;
const ISO_DATE = String.raw`[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T${CLOCK}(?:\.\d{1,3})?(?:Z|${OFFSET}:[0-5]\d)`;
const USUAL = new RegExp(`^(?:${MAIL_DATE}|${ISO_DATE})$`, 'u');

function readUsual(given: string): Date | null {
  return USUAL.test(given) ? valid(Date.parse(given)) : null;
}

/** Seconds or milliseconds since 1970. */
function readNumber(given: string): Date | null {
  if (!/^\d{9,13}$/u.test(given)) return null;
  return valid(Number(given) * (given.length > 11 ? 1 : 1000));
}

const TIME = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?\s*([ap]\.?m\b\.?)?`;

/** Year first, or day.month.year, or month/day/year. */
function readNumeric(given: string): Date | null {
  const compact = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2}):?(\d{2}):?(\d{2})?)?(?=\D|$)/iu.exec(given);
  if (compact !== null) {
    const [whole, year, month, day, hour, minute, second] = compact;
    return build({ year, month, day, hour, minute, second, zone: given.slice(whole.length) });
  }
  const match = /^(?:[^\W\d]+,?\s+)?(\d{1,4})([-/.])(\d{1,2})(?:\2(\d{1,4}))?(?:[T,\s]+|$)/iu.exec(
    given,
  );
  if (match === null) return null;
  const [whole, first = '', separator, second, third] = match;
  const rest = given.slice(whole.length);
  if (first.length === 4) return build({ year: first, month: second, day: third ?? '1', rest });
  if (third === undefined) return null;
  const isAmerican = separator === '/' && Number(first) <= 12;
  return build({
    year: third,
    month: isAmerican ? first : second,
    day: isAmerican ? second : first,
    rest,
  });
}

/** With the month as a word, in whatever order: "Mon, 23 Nov 2026 09:15:00 GMT", "Nov 23, 2026". */
function readWorded(given: string): Date | null {
  const clock = new RegExp(TIME, 'iu').exec(given);
  const before = clock === null ? given : given.slice(0, clock.index);
  const behind = clock === null ? '' : given.slice(clock.index + clock[0].length);
  const words = before.match(/\p{L}+/gu) ?? [];
  // The last one: days of the week come first, and some begin like a month ("mar. 24 nov.").
  const month = words.map(monthOf).findLast((one) => one !== null);
  if (month === undefined) return null;
  const numbers = before.match(/\d+/gu) ?? [];
  const isYearFirst = numbers[0]?.length === 4;
  // The output of `date` has its year behind the time.
  const [day, year] = isYearFirst
    ? [numbers[1], numbers[0]]
    : [numbers[0], numbers[1] ?? YEAR.exec(behind)?.[0]];
  const zone = numbers.length > 1 ? behind : behind.replace(YEAR, '');
  return build({ year, month: String(month), day, rest: `${clock?.[0] ?? ''} ${zone}` });
}

/** Four digits that are no offset. */
const YEAR = /(?<![+-])\b\d{4}\b/u;

interface Parts {
  year?: string | undefined;
  month?: string | undefined;
  day?: string | undefined;
  hour?: string | undefined;
  minute?: string | undefined;
  second?: string | undefined;
  zone?: string;
  /** Time and zone, still to be read. */
  rest?: string;
}

function build(parts: Parts): Date | null {
  const year = fullYear(parts.year);
  const month = Number(parts.month);
  const day = Number(parts.day);
  if (year === null || !(month >= 1 && month <= 12) || !(day >= 1 && day <= 31)) return null;
  const clock =
    parts.rest === undefined ? null : new RegExp(`^\\s*(?:-\\s+)?${TIME}`, 'iu').exec(parts.rest);
  const [whole = '', hour = parts.hour, minute = parts.minute, second = parts.second] = clock ?? [];
  const zone = parts.zone ?? parts.rest?.slice(whole.length) ?? '';
  const offset = offsetOf(zone.trim());
  const milliseconds = Number(`0.${clock?.[4] ?? '0'}`) * 1000;
  const hours = afternoon(Number(hour ?? 0), clock?.[5]);
  if (hours > 24 || Number(minute ?? 0) > 59) return null;
  const utc = Date.UTC(year, month - 1, day, hours, Number(minute ?? 0), Number(second ?? 0));
  return valid(utc + Math.floor(milliseconds) - offset * 60_000);
}

/** Two digits as RFC 2822 (4.3) has it. */
function fullYear(text: string | undefined): number | null {
  if (text === undefined || text.length > 4) return null;
  const year = Number(text);
  if (text.length === 4) return year;
  if (text.length === 3) return year + 1900;
  return year < 50 ? year + 2000 : year + 1900;
}

function afternoon(hours: number, half: string | undefined): number {
  if (half === undefined) return hours;
  return (hours % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
}

/** Minutes east of UTC. Unknown names and none at all are UTC. */
function offsetOf(zone: string): number {
  const numeric = /^(?:[a-z]{1,4})?\s*([+-])(\d{1,2}):?(\d{2})?(?!\d)/iu.exec(zone);
  if (numeric !== null) {
    const [, sign, hours, minutes] = numeric;
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
  }
  const name = /[a-z]+/iu.exec(zone)?.[0].toUpperCase() ?? '';
  return (ZONES[name] ?? 0) * 60;
}

const ZONES: Readonly<Record<string, number>> = {
  // North America (RFC 822), and the rest of it.
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  AKST: -9,
  AKDT: -8,
  HST: -10,
  AST: -4,
  ADT: -3,
  NST: -3.5,
  NDT: -2.5,
  // South America
  ART: -3,
  BRT: -3,
  BRST: -2,
  CLT: -4,
  COT: -5,
  PET: -5,
  // Europe and Africa
  WET: 0,
  WEST: 1,
  BST: 1,
  CET: 1,
  MET: 1,
  MEZ: 1,
  CEST: 2,
  MEST: 2,
  MESZ: 2,
  EET: 2,
  EEST: 3,
  SAST: 2,
  EAT: 3,
  MSK: 3,
  MSD: 4,
  TRT: 3,
  // Asia and Oceania
  IST: 5.5,
  PKT: 5,
  ICT: 7,
  WIB: 7,
  HKT: 8,
  SGT: 8,
  PHT: 8,
  AWST: 8,
  JST: 9,
  KST: 9,
  ACST: 9.5,
  ACDT: 10.5,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
};

/** Beginnings of the months' names in the languages whose feeds are met most. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|ene|gen|sty|oca|янв|січ)/u,
  /^(?:feb|fév|fev|lut|şub|фев|лют)/u,
  /^(?:mar|mär|mrz|maa|мар|бер)/u,
  /^(?:apr|avr|abr|kwi|nis|апр|кві)/u,
  /^(?:may|mai|maj|mei|mag|мая|май|тра)/u,
  /^(?:jun|juin|giu|cze|haz|июн|чер)/u,
  /^(?:jul|juil|lug|lip|tem|июл|лип)/u,
  /^(?:aug|aoû|aou|ago|sie|ağu|авг|сер)/u,
  /^(?:sep|set|wrz|eyl|сен|вер)/u,
  /^(?:oct|okt|out|ott|paź|eki|окт|жов)/u,
  /^(?:nov|lis|kas|ноя|лис)/u,
  /^(?:dec|dez|déc|dic|des|gru|ara|дек|гру)/u,
];

function monthOf(word: string): number | null {
  const found = MONTHS.findIndex((pattern) => pattern.test(word.toLowerCase()));
  return found === -1 ? null : found + 1;
}

function valid(time: number): Date | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date;
}
