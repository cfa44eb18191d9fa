import { candidatesAt, type Candidate, type Run } from './digits.ts';
import type { Finder, Place } from './finder.ts';
import type { Hit } from './found.ts';
import { isInternational, type Plans } from './numbering.ts';
import { hasRuns, runsOf, veiledOf, type Reading } from './reading.ts';
import { lookOf } from './dialling.ts';
import { hintBefore, type Hint } from './words.ts';

/** Shortest and longest a number can be, ITU-T E.164 and a trunk prefix or `00` before it. */
const LEAST = 7;
const MOST = 17;

/** Telephone numbers in veiled text, for readers in a country. */
export const phones: Finder = { mayFind: hasRuns, find: findPhones };

function findPhones(reading: Reading, { country, plans }: Place): Hit[] {
  const hits: Hit[] = [];
  const text = veiledOf(reading);
  for (const run of runsOf(reading)) {
    if (run.groups.reduce((sum, { digits }) => sum + digits.length, 0) < LEAST) continue;
    if (isRowOfFours(run)) continue;
    for (let from = 0; from < run.groups.length; from++) {
      const found = phoneAt(text, run, from, country, plans);
      if (found === null) continue;
      hits.push({ kind: 'phone', ...withSigns(text, found) });
      from += found.groups.length - 1;
    }
  }
  return hits;
}

function phoneAt(text: string, run: Run, from: number, country: string, plans: Plans) {
  if (!canBegin(run, from)) return null;
  const candidates = candidatesAt(text, run, from, LEAST, MOST);
  if (candidates.length === 0) return null;
  let hint: Hint | null | undefined;
  const hintOf = (candidate: Candidate) => {
    if (hint === undefined) hint = hintBefore(text, candidate.start);
    return hint;
  };
  return (
    candidates.find(
      (candidate) =>
        looksInternational(text, candidate, plans) || isPhone(candidate, country, plans, hintOf),
    ) ?? null
  );
}

/** Rows of four digits each are the numbers of cards, parcels and accounts. */
function isRowOfFours({ groups }: Run): boolean {
  const rest = groups.slice(0, 5);
  if (rest.length < 4 || rest[0]?.digits.startsWith('00')) return false;
  return rest.every(({ digits }, i) => digits.length === 4 || i === groups.length - 1);
}

/** Inside a run a number begins with a zero, a long-distance 1, 7 or 8, or two digits and more. */
function canBegin({ groups }: Run, from: number): boolean {
  const first = groups[from]?.digits ?? '';
  return (
    from === 0 ||
    first.length > 1 ||
    first === '0' ||
    (/[178]/.test(first) && groups[from + 1]?.digits.length === 3)
  );
}

/** `+44 7700 900123`, `(+44) ...`, `0044 ...`. */
function looksInternational(
  text: string,
  { start, digits, groups }: Candidate,
  plans: Plans,
): boolean {
  if (/000000$/.test(digits)) return false;
  const plus = /(?<before>[\p{L}\p{N}]?(?<gap> ?))\+[ (]{0,2}$/u.exec(
    text.slice(Math.max(0, start - 5), start),
  )?.groups;
  if (plus !== undefined) {
    // A sum (`7 + 5`) is none, nor is what is glued to a word (`C++11`).
    const isSum = /^\p{N}/u.test(plus['before'] ?? '') && digits.length < 10;
    const isGlued = plus['before'] !== plus['gap'] && plus['gap'] === '';
    return !isSum && !isGlued && digits.length >= 8 && isInternational(plans, digits);
  }
  // `(44) ...` is no sign of a number by itself; `00` is, where a code follows it.
  if (!/^00[1-9]/.test(digits) || digits.length < 11) return false;
  return groups[0]?.digits.length !== 1 && isInternational(plans, digits.slice(2));
}

function isPhone(
  candidate: Candidate,
  country: string,
  plans: Plans,
  hintOf: (candidate: Candidate) => Hint | null,
): boolean {
  const { digits, groups } = candidate;
  if (digits.length > 13 || isCounting(candidate)) return false;
  const shaped = lookOf(candidate, country, plans);
  if (shaped === 'no' && !couldBeDialled(candidate)) return false;
  // What the words call an order, a serial number or an account is that, unless it is written as
  // only telephone numbers are.
  const hint = hintOf(candidate);
  if (hint === 'phone') return true;
  if (hint !== null) return shaped === 'surely' && (groups.length > 1 || isMobile(digits));
  return shaped !== 'no';
}

/** As mobile numbers begin in the United Kingdom, France, the Netherlands and Germany. */
function isMobile(digits: string): boolean {
  return /^0(?:7\d{9}|[67]\d{8}|1[567]\d{8,9})$/.test(digits);
}

/** After "call me on": any number that a person could dial. */
function couldBeDialled({ digits, groups, gaps, whole }: Candidate): boolean {
  if (gaps.includes(',')) return false;
  if (!whole || digits.length < 7 || /0{5}$/.test(digits)) return false;
  const sizes = groups.map((group) => group.digits.length);
  return (
    sizes.every((size) => size === 1) ||
    (sizes.length <= 6 && sizes.every((size) => size >= 2 || sizes[0] === 1))
  );
}

function values({ groups }: Candidate): number[] {
  return groups.map(({ digits }) => Number(digits));
}

/** 1 2 3 4 5, 100 200 300 400: somebody counts. (01 23 45 67 89 is a made-up number.) */
function isCounting(candidate: Candidate): boolean {
  const list = values(candidate);
  const step = (list[1] ?? 0) - (list[0] ?? 0);
  if (list.length < 4 || (step > 10 && step % 50 !== 0)) return false;
  return list.every((value, i) => i === 0 || value - (list[i - 1] ?? 0) === step);
}

/** The plus, the bracket and the extension belong to the number. */
function withSigns(text: string, { start, end, gaps }: Candidate) {
  const before = /(?:\(\+?|\+\(?) ?$/.exec(text.slice(Math.max(0, start - 3), start))?.[0] ?? '';
  const inside = gaps.join('');
  const closes = inside.split(')').length > inside.split('(').length;
  const sign = before.includes('(') && !closes ? before.replace(/^\(/, '') : before;
  const tail = /^,? {0,2}(?:ext(?:ension)?\.?|x|durchwahl|poste) ?\d{1,6}(?![\p{L}\p{N}])/iu.exec(
    text.slice(end, end + 24),
  );
  return { start: start - sign.length, end: end + (tail?.[0].length ?? 0) };
}
