import { candidatesAt, type Candidate } from './digits.ts';
import type { Finder } from './finder.ts';
import type { Hit } from './found.ts';
import { runsOf, veiledOf, type Reading } from './reading.ts';
import { hintBefore } from './words.ts';

/** Length of an IBAN by country, as the registry of ISO 13616 gives it. */
const IBAN_LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 ' +
    'DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 ' +
    'IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 ' +
    'MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 ' +
    'SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

/** Where the account is digits alone, so that letters and a chance remainder are no IBAN. */
const DIGITS_ONLY = new Set(
  'AE AT BA BE BI CR CZ DE DJ DK EE EG ES FI FO GL HR HU IL IS LT LY ME MN NO PL PT RS SD SE SI SK SO ST TL TN XK'.split(
    ' ',
  ),
);

/** Bank accounts: IBANs by their check digits, the rest by what the words call them. */
export const accounts: Finder = {
  mayFind: ({ text }) => /\d/.test(text),
  find: (reading) => [...findIbans(reading.text), ...findLocal(reading)],
};

function findIbans(text: string): Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(/(?<![A-Za-z0-9_-])[A-Z]{2}[ -]?\d[ -]?\d/gi)) {
    const start = match.index;
    if (start < (hits.at(-1)?.end ?? 0)) continue;
    const length = IBAN_LENGTHS.get(match[0].slice(0, 2).toUpperCase());
    if (length === undefined) continue;
    const read = readSigns(text, start, length);
    if (read === null || !passesMod97(read.signs)) continue;
    if (DIGITS_ONLY.has(read.signs.slice(0, 2)) && /[A-Z]/.test(read.signs.slice(2))) continue;
    hits.push({ kind: 'account', start, end: read.end });
  }
  return hits;
}

/** The next `length` letters and digits, a space, hyphen or dot allowed between any two. */
function readSigns(text: string, start: number, length: number) {
  let signs = '';
  let end = start;
  let gap = 0;
  while (signs.length < length && gap <= 2) {
    const sign = text[end];
    if (sign === undefined) return null;
    if (/[A-Za-z0-9]/.test(sign)) {
      signs += sign.toUpperCase();
      gap = 0;
    } else if (/[ .-]/.test(sign)) gap++;
    else return null;
    end++;
  }
  if (signs.length < length || /[A-Za-z0-9]/.test(text[end] ?? '')) return null;
  return { signs, end };
}

/** The remainder check of ISO 7064, MOD 97-10, as ISO 13616 uses it. */
function passesMod97(iban: string): boolean {
  let remainder = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(sign, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** Sort codes, routing numbers and the accounts beside them. */
function findLocal(reading: Reading): Hit[] {
  const hits: Hit[] = [];
  for (const run of runsOf(reading)) {
    const text = veiledOf(reading);
    for (let from = 0; from < run.groups.length; from++) {
      const found = candidatesAt(text, run, from, 6, 17).find((candidate) =>
        isAccount(text, candidate),
      );
      if (found === undefined) continue;
      hits.push({ kind: 'account', start: found.start, end: found.end });
      from += found.groups.length - 1;
    }
  }
  return hits;
}

function isAccount(text: string, candidate: Candidate): boolean {
  const { digits, groups } = candidate;
  // 20-30-40 12345678: a sort code and an account, unless the first half could be a date.
  const isPair =
    groups.length >= 4 &&
    /^2-2-2-(?:[78]|4-4)$/.test(groups.map((group) => group.digits.length).join('-'));
  if (isPair && !couldBeDate(groups.map((group) => Number(group.digits)))) return true;
  const hint = hintBefore(text, candidate.start);
  if (hint === 'routing') return digits.length === 9 && passesAba(digits);
  if (hint !== 'account') return false;
  return isPair || (groups.length <= 4 && digits.length <= 14);
}

function couldBeDate([a = 0, b = 0, c = 0]: readonly number[]): boolean {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  return (low >= 1 && low <= 12 && high <= 31) || (b >= 1 && b <= 12 && c >= 1 && c <= 31);
}

/** Weights 3, 7, 1 over the nine digits of a routing number of the American Bankers Association. */
function passesAba(digits: string): boolean {
  const sum = [...digits].reduce(
    (total, digit, i) => total + Number(digit) * ([3, 7, 1][i % 3] ?? 0),
    0,
  );
  return sum % 10 === 0 && sum > 0;
}
