import { readFileSync } from 'node:fs';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const LOOKALIKES: readonly string[] = readFileSync(
  new URL('redact-lookalikes.txt', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '));

const HEX = '0123456789abcdef';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';

export interface Dice {
  whole: (least: number, most: number) => number;
  pick: <T>(list: readonly T[]) => T;
  digits: (count: number) => string;
  string: (signs: string, count: number) => string;
}

export function diceFrom(random: () => number): Dice {
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const string = (signs: string, count: number) =>
    Array.from({ length: count }, () => signs[whole(0, signs.length - 1)]).join('');
  return {
    whole,
    string,
    digits: (count) => string('0123456789', count),
    pick: (list) => {
      const item = list[whole(0, list.length - 1)];
      if (item === undefined) throw new Error('An empty list has nothing to pick.');
      return item;
    },
  };
}

/** A template with each `{…}` filled in. */
export function filled(template: string, dice: Dice): string {
  return template.replace(/\{([^{}":]+)\}/g, (_, hole: string) => fill(hole, dice));
}

function fill(hole: string, { whole, digits, string }: Dice): string {
  const range = /^(\d+)-(\d+)$/.exec(hole);
  if (range !== null) {
    const [, low = '', high = ''] = range;
    const padded = low.length > 1 && low.startsWith('0');
    return String(whole(Number(low), Number(high))).padStart(padded ? low.length : 1, '0');
  }
  const kind = /^([dzxAa])(\d+)$/.exec(hole);
  const count = Number(kind?.[2]);
  switch (kind?.[1]) {
    case 'd':
      return String(whole(1, 9)) + digits(count - 1);
    case 'z':
      return digits(count);
    case 'x':
      return string(HEX, count);
    case 'A':
      return string(LOWER.toUpperCase(), count);
    case 'a':
      return string(LOWER, count);
  }
  switch (hole) {
    case 'notcard':
      return notCard(digits).replace(/(.{4})(?=.)/g, '$1 ');
    case 'notcard16':
      return notCard(digits);
    case 'notiban': {
      // Every remainder but the right one: 98 minus the rest of the division is the right one.
      const bank = `NWBK${digits(14)}`;
      const right =
        98n - (BigInt([...`${bank}GB00`].map((sign) => parseInt(sign, 36)).join('')) % 97n);
      const wrong = (Number(right) + whole(1, 40)) % 97;
      return `GB${String(wrong).padStart(2, '0')}${bank}`.replace(/(.{4})(?=.)/g, '$1 ');
    }
    case 'notnino':
      return `${string('DFIQUV', 1)}${string(LOWER.toUpperCase(), 1)}${digits(6)}${string('ABCD', 1)}`;
    case 'notnino2':
      return `${string('ABCEGHJ', 2)}${digits(6)}${string('EFGHXYZ', 1)}`;
    case 'notssn':
      return `${string('123', 3)}-00-${digits(4)}`;
  }
  throw new Error(`{${hole}} is not a hole that can be filled.`);
}

/** Sixteen digits with a Visa prefix, whose check digit is wrong. */
function notCard(digits: (count: number) => string): string {
  const number = `4${digits(14)}`;
  const sum = [...number].reduce((total, sign, i) => {
    const doubled = Number(sign) * (i % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  const right = (10 - (sum % 10)) % 10;
  return number + String((right + 1 + (Number(digits(1)) % 9)) % 10);
}

const BEFORE = [
  ...[
    '',
    '',
    '',
    'Seriously: ',
    'Still waiting. ',
    'Nobody answers the phone. ',
    'I called twice. ',
    'No reply to my e-mail. ',
  ],
  ...[
    'Hello @acme, ',
    'My account is fine. ',
    'Sample post: ',
    '"',
    '> ',
    '- ',
    'ok so ',
    'Update\n',
  ],
];
const AFTER = [
  '',
  '',
  '',
  '.',
  '!',
  ' ...',
  ' Please call back.',
  ' #acme',
  '\nThanks',
  ' (again)',
  '"',
  ' 😡',
  ', really?',
];

/** Look-alikes in the middle of plain speech; each template in turn. */
export function lookalikeTexts(count: number, seed: number): string[] {
  const dice = diceFrom(randomFrom(seed));
  return Array.from({ length: count }, (_, i) => {
    const template = LOOKALIKES[i % LOOKALIKES.length] ?? '';
    return dice.pick(BEFORE) + filled(template, dice) + dice.pick(AFTER);
  });
}
