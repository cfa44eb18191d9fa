import type { Candidate } from './digits.ts';
import type { Plan, Plans } from './numbering.ts';

/** Where people write numbers with a leading zero; read after the team's own country. */
const ZERO_COUNTRIES =
  'GB DE FR NL IT IE AT BE CH AU NZ ZA SE FI TR IL UA RO JP KR TW IN PK NG KE EG MA AE PH ID TH MY VN BR AR'.split(
    ' ',
  );

/** How much a number looks like one to dial. */
export type Look = 'surely' | 'likely' | 'no';

/** Whether a number is written the way telephone numbers are, with no word that says so. */
export function lookOf(candidate: Candidate, country: string, plans: Plans): Look {
  const { digits, gaps } = candidate;
  const sizes = sizesOf(candidate);
  const own = plans(country);
  if (digits.startsWith('0')) return zeroShape(candidate, sizes, country, plans);
  if (isOwnShape(candidate, own) || isBareMobile(candidate, country, plans)) return 'likely';
  if (/^(?:1-)?3-3-4$/.test(sizes)) return northAmericanShape(candidate, country, plans);
  if (country === 'US' || country === 'CA') {
    if (/^(?:10|11)$/.test(sizes) && plans('US')?.assigned.test(digits.replace(/^1(?=.{10})/, '')))
      return 'likely';
  }
  // The country code without its plus.
  if (own !== null && own.callingCode !== '1' && beginsWithCode(candidate, own.callingCode)) {
    const national = digits.slice(own.callingCode.length);
    if (isFullLength(own, national) && own.possible.test(national)) return 'likely';
  }
  // 8 (495) 123-45-67; 138 1234 5678; (11) 91234-5678
  if (sizes === '1-3-3-2-2' && /^[78]/.test(digits)) return 'surely';
  if (sizes === '3-4-4' && /^1[3-9]/.test(digits)) return 'surely';
  if (/^2-[45]-4$/.test(sizes) && (gaps[0] ?? '').includes(')')) return 'surely';
  return 'no';
}

/** Where most people leave the zero of a mobile number out: `98765 43210`. */
function isBareMobile({ digits, whole }: Candidate, country: string, plans: Plans): boolean {
  return (
    whole && /^(?:IN|BR|TR|BD)$/.test(country) && plans(country)?.assigned.test(digits) === true
  );
}

function beginsWithCode({ digits, groups }: Candidate, code: string): boolean {
  return groups.length === 1 ? digits.startsWith(code) : groups[0]?.digits === code;
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
function zeroShape(candidate: Candidate, sizes: string, country: string, plans: Plans): Look {
  const { digits, groups, gaps } = candidate;
  if (!/^0[1-9]/.test(digits) || digits.length < 8) return 'no';
  const head = groups[0]?.digits.length ?? 0;
  const eachAlone = /^1(?:-1)+$/.test(sizes);
  if (
    groups.length > 1 &&
    !eachAlone &&
    (head > 6 || /-1(?:-|$)/.test(sizes.slice(1).replace(/-1$/, gaps.at(-1) === '-' ? '' : '$&')))
  )
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
  if (
    own?.trunk === '0' &&
    inPlan(country, isFullLength(own, national) ? 'possible' : 'assigned')
  ) {
    return 'surely';
  }
  // Of no plan that the team's readers dial by: not as a part of a longer row.
  const pairs = /^2(?:-2)+$/.test(sizes);
  if (pairs && groups.length !== 5) return 'no';
  if (digits.length < 9 || !(pairs ? candidate.whole : candidate.alone)) return 'no';
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
  { digits, gaps, alone }: Candidate,
  country: string,
  plans: Plans,
): Look {
  const national = digits.length === 11 ? digits.slice(1) : digits;
  if (digits.length === 11 && !digits.startsWith('1')) return 'no';
  if (!/^[2-9]/.test(national) || /^(\d)\1+$/.test(national)) return 'no';
  const last = gaps.slice(-2);
  // Nobody's exchange begins with 0 or 1, but the numbers that people make up do.
  if (
    (last[0] ?? '').includes(')') ||
    last.every((gap, i) => /^ ?[-.] ?$/.test(gap) || (i === 0 && gap === '/'))
  )
    return 'surely';
  if (!alone || !/^...[2-9]/.test(national) || /0000$/.test(national)) return 'no';
  if (plans(country)?.callingCode === '1') return 'surely';
  return plans('US')?.assigned.test(national) || plans('CA')?.assigned.test(national)
    ? 'likely'
    : 'no';
}

function isRound({ groups }: Candidate): boolean {
  return groups.length > 1 && groups.slice(1).every(({ digits }) => /0$/.test(digits));
}
