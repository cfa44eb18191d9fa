import metadata from 'libphonenumber-js/max/metadata';

/** A country's numbering plan, as far as telling a telephone number needs it. */
export interface Plan {
  callingCode: string;
  /** What comes before a number dialled within the country; empty where nothing does. */
  trunk: string;
  /** Digits of the longest national numbers. */
  longest: number;
  /** Any number of the plan, those kept for drama and tests among them. */
  possible: RegExp;
  /** Numbers in ranges that are given out. */
  assigned: RegExp;
}

type Row = readonly unknown[];
const COUNTRIES = metadata.countries as unknown as Readonly<Record<string, Row>>;
const CODES = metadata.country_calling_codes as unknown as Readonly<Record<string, string[]>>;
const WORLDWIDE = metadata.nonGeographic as unknown as Readonly<Record<string, Row>>;

/** Columns of a row, as the README of libphonenumber-js's METADATA describes them. */
const COLUMN = { callingCode: 0, possible: 2, lengths: 3, trunk: 5, types: 11 } as const;

export type Plans = (country: string) => Plan | null;

/** Looks plans up and compiles each once; the caller keeps it. */
export function numberingPlans(): Plans {
  const plans = new Map<string, Plan | null>();
  return (country) => {
    let plan = plans.get(country);
    if (plan === undefined) plans.set(country, (plan = compile(country)));
    return plan;
  };
}

function compile(country: string): Plan | null {
  const row = COUNTRIES[country] ?? WORLDWIDE[country];
  if (row === undefined) return null;
  const possible = String(row[COLUMN.possible]);
  const types = row[COLUMN.types];
  const assigned = Array.isArray(types)
    ? types.flatMap((type: unknown) => (Array.isArray(type) ? [String(type[0])] : []))
    : [possible];
  return {
    callingCode: String(row[COLUMN.callingCode]),
    longest: Math.max(...(row[COLUMN.lengths] as number[])),
    trunk: String(row[COLUMN.trunk] || ''),
    possible: new RegExp(`^(?:${possible})$`),
    assigned: new RegExp(`^(?:${assigned.join('|')})$`),
  };
}

/** Whether digits that follow a `+` are a telephone number of some country. */
export function isInternational(plans: Plans, digits: string): boolean {
  for (const length of [1, 2, 3]) {
    const code = digits.slice(0, length);
    // `+44 (0)20`: the trunk zero is written but not dialled.
    const nationals = [digits.slice(length), digits.slice(length).replace(/^0/, '')];
    for (const country of [...(CODES[code] ?? []), ...(code in WORLDWIDE ? [code] : [])]) {
      const plan = plans(country);
      if (plan !== null && nationals.some((national) => plan.possible.test(national))) return true;
    }
  }
  return false;
}
