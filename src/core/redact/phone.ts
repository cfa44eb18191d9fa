import { candidatesAt, type Candidate, type Run } from './digits.ts';
import type { Hit } from './found.ts';
import { isInternational, type Plan, type Plans } from './numbering.ts';
import type { Reading } from './reading.ts';
import { hintBefore, type Hint } from './words.ts';

/** Shortest and longest a number can be, ITU-T E.164 and a trunk prefix or `00` before it. */
const LEAST = 7;
const MOST = 17;

/** Where people write numbers with a leading zero; read after the team's own country. */
const ZERO_COUNTRIES = [
  ...[
    'GB',
    'DE',
    'FR',
    'NL',
    'IT',
    'IE',
    'AT',
    'BE',
    'CH',
    'AU',
    'NZ',
    'ZA',
    'SE',
    'FI',
    'TR',
    'IL',
  ],
  ...[
    'UA',
    'RO',
    'JP',
    'KR',
    'TW',
    'IN',
    'PK',
    'NG',
    'KE',
    'EG',
    'MA',
    'AE',
    'PH',
    'ID',
    'TH',
    'MY',
    'VN',
    'BR',
    'AR',
  ],
] as const;

/** Telephone numbers in veiled text, for readers in `country`. */
export function findPhones({ veiled: text, runs }: Reading, country: string, plans: Plans): Hit[] {
  const hits: Hit[] = [];
  for (const run of runs) {
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
  // A sum (`7 + 5`) is none.
  const plus = /(?<![\p{L}\p{N}] ?)\+[ (]{0,2}$/u.test(text.slice(Math.max(0, start - 5), start));
  if (plus) return digits.length >= 8 && isInternational(plans, digits);
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
  const { digits } = candidate;
  if (digits.length > 13 || isCounting(candidate)) return false;
  const shaped = hasShape(candidate, country, plans);
  if (shaped === 'no' && !couldBeDialled(candidate)) return false;
  // What the words call an order, a serial number or an account is that, unless it is written as
  // only telephone numbers are.
  const hint = hintOf(candidate);
  if (hint === 'phone') return true;
  if (hint !== null) return shaped === 'surely';
  return shaped !== 'no';
}

type Shape = 'surely' | 'likely' | 'no';

/** Whether a number is written the way telephone numbers are, with no word that says so. */
function hasShape(candidate: Candidate, country: string, plans: Plans): Shape {
  const { digits, groups, gaps } = candidate;
  const sizes = sizesOf(candidate);
  const own = plans(country);
  if (digits.startsWith('0')) return zeroShape(candidate, sizes, country, plans);
  if (/^(?:1-)?3-3-4$/.test(sizes)) return northAmericanShape(candidate, country, plans);
  if (country === 'US' || country === 'CA') {
    if (/^(?:10|11)$/.test(sizes) && plans('US')?.assigned.test(digits.replace(/^1(?=.{10})/, '')))
      return 'likely';
  }
  // 8 (495) 123-45-67; 138 1234 5678; (11) 91234-5678
  if (sizes === '1-3-3-2-2' && /^[78]/.test(digits)) return 'surely';
  if (sizes === '3-4-4' && /^1[3-9]/.test(digits)) return 'surely';
  if (/^2-[45]-4$/.test(sizes) && (gaps[0] ?? '').includes(')')) return 'surely';
  return isOwnShape(candidate, own) ? 'likely' : 'no';
}

/** Where nothing is dialled before a number: `612 345 678`, `91 234 56 78`, `20 12 34 56`. */
function isOwnShape(candidate: Candidate, own: Plan | null): boolean {
  const { digits, groups, gaps, whole } = candidate;
  if (own === null || own.callingCode === '1' || own.trunk === '0') return false;
  if (!whole || isRound(candidate) || gaps.some((gap) => /[.]/.test(gap))) return false;
  if (/^3-2-4$/.test(sizesOf(candidate)) || (groups.length === 1 && digits.length < 9))
    return false;
  return own.assigned.test(digits);
}

function sizesOf({ groups }: Candidate): string {
  return groups.map(({ digits }) => digits.length).join('-');
}

/** Numbers with the zero of a long-distance call: `020 7946 0958`, `089/1234567`, `06 12 34 56 78`. */
function zeroShape(candidate: Candidate, sizes: string, country: string, plans: Plans): Shape {
  const { digits, groups, gaps } = candidate;
  if (!/^0[1-9]/.test(digits) || digits.length < 8) return 'no';
  const head = groups[0]?.digits.length ?? 0;
  const eachAlone = /^1(?:-1)+$/.test(sizes);
  if (groups.length > 1 && !eachAlone && (head > 6 || /-1(?:-|$)/.test(sizes.slice(1))))
    return 'no';
  if (groups.length > 6 && !eachAlone) return 'no';
  if (eachAlone && !candidate.whole) return 'no';
  const own = plans(country);
  const national = digits.slice(1);
  // Italy dials the zero of a fixed line from abroad too.
  const inPlan = (region: string, part: 'possible' | 'assigned') => {
    const plan = plans(region);
    return plan !== null && plan[part].test(plan.trunk === '0' ? national : digits);
  };
  const pairs = /^2-2-2-2-2$|^3-2-2-2$/.test(sizes);
  if (
    own?.trunk === '0' &&
    inPlan(country, isFullLength(own, national) ? 'possible' : 'assigned')
  ) {
    if (pairs && isDraw(candidate)) return 'no';
    return 'surely';
  }
  // Part of a longer row, and of no plan that the team's readers dial by.
  if (!candidate.whole || digits.length < 9 || (pairs && isDraw(candidate))) return 'no';
  if (!ZERO_COUNTRIES.some((region) => inPlan(region, 'assigned'))) return 'no';
  if (groups.length === 1) return digits.length >= 10 ? 'likely' : 'no';
  return head >= 2 && new Set(gaps.slice(1)).size <= 1 ? 'surely' : 'likely';
}

/** Numbers for drama and tests are as long as real ones, and in no range that is given out. */
function isFullLength({ longest }: Plan, national: string): boolean {
  return national.length === longest && longest <= 10;
}

/** `(212) 555-0123`, `212-555-0123`, `1 212 555 0123`. */
function northAmericanShape(
  { digits, gaps, whole }: Candidate,
  country: string,
  plans: Plans,
): Shape {
  const national = digits.length === 11 ? digits.slice(1) : digits;
  if (digits.length === 11 && !digits.startsWith('1')) return 'no';
  if (!/^[2-9]\d\d[2-9]/.test(national) || /(?:00){2}$|^(\d)\1+$/.test(national)) return 'no';
  const last = gaps.slice(-2);
  if ((last[0] ?? '').includes(')') || last.every((gap) => /^ ?[-.] ?$/.test(gap))) return 'surely';
  if (!whole) return 'no';
  if (plans(country)?.callingCode === '1') return 'surely';
  return plans('US')?.assigned.test(national) || plans('CA')?.assigned.test(national)
    ? 'likely'
    : 'no';
}

/** After "call me on": any number that a person could dial. */
function couldBeDialled({ digits, groups, whole }: Candidate): boolean {
  if (!whole || digits.length < 7 || /0000$/.test(digits)) return false;
  const sizes = groups.map((group) => group.digits.length);
  return (
    sizes.every((size) => size === 1) ||
    (sizes.length <= 6 && sizes.every((size) => size >= 2 || sizes[0] === 1))
  );
}

function isRound({ groups }: Candidate): boolean {
  return groups.length > 1 && groups.slice(1).every(({ digits }) => /0$/.test(digits));
}

function values({ groups }: Candidate): number[] {
  return groups.map(({ digits }) => Number(digits));
}

/** 03 14 22 35 41: drawn, not dialled. */
function isDraw(candidate: Candidate): boolean {
  const list = values(candidate);
  return list.every((value, i) => value <= 60 && (i === 0 || value > (list[i - 1] ?? 0)));
}

/** 1 2 3 4 5, 100 200 300: somebody counts. */
function isCounting(candidate: Candidate): boolean {
  const list = values(candidate);
  const step = (list[1] ?? 0) - (list[0] ?? 0);
  return (
    list.length > 3 && list.every((value, i) => i === 0 || value - (list[i - 1] ?? 0) === step)
  );
}

/** The plus, the bracket and the extension belong to the number. */
function withSigns(text: string, { start, end, gaps }: Candidate) {
  const before = /(?:\(\+?|\+\(?) ?$/.exec(text.slice(Math.max(0, start - 3), start))?.[0] ?? '';
  const closes = gaps.some((gap) => gap.includes(')'));
  const sign = before.includes('(') && !closes ? before.replace(/^\(/, '') : before;
  const tail = /^,? {0,2}(?:ext(?:ension)?\.?|x|durchwahl|poste) ?\d{1,6}(?![\p{L}\p{N}])/iu.exec(
    text.slice(end, end + 24),
  );
  return { start: start - sign.length, end: end + (tail?.[0].length ?? 0) };
}
