import { passesLuhn } from '../../../src/core/privacy/redact/card.ts';
import type { Kind } from '../../../src/core/privacy/redact/found.ts';
import type { Dice } from './redact-samples.ts';

/** A contact detail as somebody wrote it, and the parts that nobody may find afterwards. */
export interface Planted {
  kind: Kind;
  written: string;
  /** Pieces of the detail, in plain digits and letters. */
  secrets: string[];
}

const NAMES = [
  'jo',
  'sample.user',
  'sample_user',
  'user42',
  'j.o.sample',
  'sample-user',
  'acme+sample',
];
const DOMAINS = [
  'example.com',
  'mail.example.org',
  'example.co.uk',
  'sample-mail.example.net',
  'gmail.com',
  'example.de',
];

const EMAIL_FORMS: readonly ((name: string, domain: string) => string)[] = [
  (name, domain) => `${name}@${domain}`,
  (name, domain) => `${name} (at) ${domain.replaceAll('.', ' (dot) ')}`,
  (name, domain) => `${name} [at] ${domain.replaceAll('.', ' dot ')}`,
  (name, domain) => `${name}[at]${domain.replaceAll('.', '[dot]')}`,
  (name, domain) => `${name}(at)${domain}`,
  (name, domain) => `${name} {at} ${domain.replaceAll('.', ' {dot} ')}`,
  (name, domain) => `${name} AT ${domain.replaceAll('.', ' DOT ')}`,
  (name, domain) => `${name} at ${domain.replaceAll('.', ' dot ')}`,
  (name, domain) => `${name}@${domain.replaceAll('.', ' . ')}`,
  (name, domain) => `${name} @ ${domain}`,
  (name, domain) => `${name}@${domain.replaceAll('.', ' dot ')}`,
  (name, domain) => `${name}<at>${domain.replaceAll('.', '<dot>')}`,
  (name, domain) => `${name}_at_${domain.replaceAll('.', '_dot_')}`,
  (name, domain) => `mailto:${name}%40${domain}`,
  (name, domain) => `https://acme.test/help?mail=${name}@${domain}&page=2`,
];

function email({ pick }: Dice): Planted {
  const name = pick(NAMES);
  const domain = pick(DOMAINS);
  return { kind: 'email', written: pick(EMAIL_FORMS)(name, domain), secrets: [name, domain] };
}

/** N a digit, 2 a digit from 2 to 9, the rest itself. */
const PHONES: readonly string[] = [
  ...[
    '020 7NNN NNNN',
    '(020) 7NNN NNNN',
    '07700 900NNN',
    '07700900NNN',
    '07700-900-NNN',
    '0161 496 0NNN',
    '01632 960NNN',
  ],
  ...[
    '+44 7700 900NNN',
    '+447700900NNN',
    '+44 (0)20 7946 0NNN',
    '0044 7700 900NNN',
    '(+44) 7700 900 NNN',
    '+44-20-7946-0NNN',
  ],
  ...[
    '(212) 555-01NN',
    '212-555-01NN',
    '212.555.01NN',
    '+1 212 555 01NN',
    '+1-212-555-01NN',
    '1-212-555-01NN',
    '+1 (212) 555 01NN',
  ],
  ...[
    '030 2NNNNNNN',
    '030/2NNNNNNN',
    '0171 2NNNNNN',
    '+49 30 2NNNNNNN',
    '+49 (0)171 2NNNNNN',
    '0049 171 2NNNNNN',
    '0221-2NNNNNN',
  ],
  ...[
    '01 42 NN NN NN',
    '06.12.NN.NN.NN',
    '+33 6 12 NN NN NN',
    '0033 6 12 NN NN NN',
    '+33 (0)6 12 NN NN NN',
  ],
  ...[
    '06-12NNNNNN',
    '020-6NNNNNN',
    '+31 6 12NN NNNN',
    '+32 47N NN NN NN',
    '+41 79 2NN NN NN',
    '044 2NN NN NN',
    '+43 660 2NNNNNN',
  ],
  ...[
    '+34 612 NNN NNN',
    '+39 347 NNN NNNN',
    '+351 912 NNN NNN',
    '+353 87 2NN NNNN',
    '087 2NN NNNN',
    '+46 70 2NN NN NN',
    '+45 20 NN NN NN',
  ],
  ...[
    '+47 412 NN NNN',
    '+358 40 2NN NNNN',
    '+48 512 NNN NNN',
    '+420 602 NNN NNN',
    '+61 412 NNN NNN',
    '0412 NNN NNN',
    '+64 21 2NN NNNN',
  ],
  ...[
    '+91 98NNN NNNNN',
    '+81 90-12NN-NNNN',
    '090-12NN-NNNN',
    '03-12NN-NNNN',
    '+86 138 12NN NNNN',
    '138 12NN NNNN',
    '+82 10-2NNN-NNNN',
  ],
  ...[
    '+55 11 9NNNN-NNNN',
    '(11) 9NNNN-NNNN',
    '+52 55 2NNN NNNN',
    '+27 82 NNN NNNN',
    '+7 912 NNN-NN-NN',
    '8 (912) NNN-NN-NN',
    '+90 532 NNN NN NN',
  ],
  ...[
    'tel:+4420794609NN',
    'https://wa.me/447700900NNN',
    '07700 dot 900 dot NNN',
    '07700 dash 900 dash NNN',
    '07700 900 NNN ext. 12',
  ],
];

const CUED = [
  'Call me on ',
  'phone: ',
  'Tel. ',
  'my number is ',
  'text me at ',
  'Mob: ',
  'ring me back on ',
  'WhatsApp ',
];
const CUED_PHONES = [
  '555-01NN',
  '7946 0NNN',
  '2NNNNNNN',
  '612 NNN NNN',
  '98NNN NNNNN',
  '22 NN NN NN',
  '2125550NNN',
  '07700 900NNN',
];

function phone({ pick, digits, whole, string }: Dice): Planted {
  const cued = whole(0, 4) === 0;
  const number = pick(cued ? CUED_PHONES : PHONES)
    .replace(/N+/g, (run) => digits(run.length))
    .replace(/^2(?=N)/, () => string('23456789', 1));
  const tail = number
    .replace(/ ext.*/, '')
    .replace(/\D/g, '')
    .slice(-6);
  return { kind: 'phone', written: (cued ? pick(CUED) : '') + number, secrets: [tail] };
}

/** A row of digits with the check digit of Luhn behind it. */
function withCheckDigit(row: string): string {
  for (let check = 0; check < 10; check++)
    if (passesLuhn(row + String(check))) return row + String(check);
  throw new Error('One of ten digits always passes.');
}

function card({ pick, digits }: Dice): Planted {
  const [prefix, length, form] = pick([
    ['4', 16, /(.{4})(?=.)/g],
    ['4', 16, /(.{4})(?=.)/g],
    ['51', 16, /(.{4})(?=.)/g],
    ['2221', 16, /(.{4})(?=.)/g],
    ['37', 15, /^(.{4})(.{6})/],
    ['6011', 16, /(.{4})(?=.)/g],
    ['36', 14, /^(.{4})(.{6})/],
    ['4', 13, /(.{4})(?=.{4})/g],
    ['62', 19, /(.{4})(?=.)/g],
  ] as const);
  const number = withCheckDigit(prefix + digits(length - prefix.length - 1));
  const gap = pick(['', ' ', '-', '.', '  ']);
  const parted = number.replace(form, (_, first: string, second?: unknown) =>
    typeof second === 'string' ? `${first}${gap}${second}${gap}` : `${first}${gap}`,
  );
  return { kind: 'card', written: gap === '' ? number : parted, secrets: [number.slice(4)] };
}

function iban({ pick, digits }: Dice): Planted {
  const [country, bank] = pick([
    ['GB', `NWBK${digits(14)}`],
    ['DE', digits(18)],
    ['FR', digits(23)],
    ['NL', `ABNA${digits(10)}`],
    ['ES', digits(20)],
    ['IE', `AIBK${digits(14)}`],
  ] as const);
  const row = [...`${bank}${country}00`].map((sign) => String(parseInt(sign, 36))).join('');
  const check = String(98n - (BigInt(row) % 97n)).padStart(2, '0');
  const whole = `${country}${check}${bank}`;
  const written = pick([
    whole,
    whole.toLowerCase(),
    whole.replace(/(.{4})(?=.)/g, '$1 '),
    whole.replace(/(.{4})(?=.)/g, '$1-'),
  ]);
  return { kind: 'account', written, secrets: [bank.slice(-8)] };
}

function account({ pick, digits }: Dice): Planted {
  const number = `7${digits(7)}`;
  const sort = `${digits(2)}-4${digits(1)}-${digits(2)}`;
  const written = pick([
    `sort code ${sort} account number ${number}`,
    `Sort code: ${sort}, account no: ${number}`,
    `my account number is ${number}`,
    `20-44-99 ${number}`,
    `routing 021000021, account number ${number}`,
    `acc no ${number} sort code ${sort.replaceAll('-', '')}`,
  ]);
  return { kind: 'account', written, secrets: [number] };
}

function insurance({ pick, digits, string }: Dice): Planted {
  const letters = pick(['AB', 'CE', 'JK', 'PW', 'SR', 'XY', 'ZA', 'HH']);
  const pairs = [digits(2), digits(2), digits(2)];
  const last = string('ABCD', 1);
  const written = pick([
    `${letters}${pairs.join('')}${last}`,
    `${letters} ${pairs.join(' ')} ${last}`,
    `${letters}-${pairs.join('-')}-${last}`,
    `${letters} ${pairs.join('')} ${last}`.toLowerCase(),
    `NI number ${letters}${pairs.join('')}`,
  ]);
  return { kind: 'national-insurance', written, secrets: [pairs.join('')] };
}

function security({ pick, digits, string }: Dice): Planted {
  const parts = [`${string('12345', 1)}${digits(2)}`, `1${digits(1)}`, `9${digits(3)}`];
  const written = pick([
    parts.join('-'),
    `SSN ${parts.join(' ')}`,
    `SSN: ${parts.join('')}`,
    `social security number is ${parts.join('.')}`,
  ]);
  return { kind: 'social-security', written, secrets: [parts.join('')] };
}

const ADDRESSES: readonly string[] = [
  '{n} High Street, London SW1A {d}AA',
  '{n} High Street, London, SW1A {d}AA',
  'Flat 2, {n} Acacia Avenue, Leeds LS1 {d}AB',
  '{n}a sample road leeds ls{d} 4ap',
  '{n} St Mary’s Close,\nBristol\nBS{d} 6TR',
  'number {n}, M{d} 4AE',
  'SW1A {d}AA, house number {n}',
  '{n} Main St, Springfield, IL 627{d}4',
  '{n} N. Main Street Apt 4, Springfield, OR 974{d}7-1234',
  '{n} Sample Ave, Austin, Texas 787{d}1',
  '{n} King St W, Toronto, ON M5H {d}A1',
  '{n} Smith St, Carlton VIC 30{d}3',
  'Musterstraße {n}, 101{d}5 Berlin',
  'Musterstr. {n}, D-101{d}5 Berlin',
  'Am Beispielplatz {n}\n803{d}1 München',
  '{n} rue de la Paix, 750{d}2 Paris',
  '{n} bis avenue des Exemples 690{d}1 Lyon',
  'Kerkstraat {n}, 101{d} GC Amsterdam',
  'Calle Mayor {n}, 280{d}3 Madrid',
  'Via Roma {n}, 001{d}4 Roma',
];

function address({ pick, digits, whole }: Dice): Planted {
  const house = String(whole(11, 998));
  const written = pick(ADDRESSES).replace('{n}', house).replace('{d}', digits(1));
  return { kind: 'address', written, secrets: [] };
}

const MAKERS = [
  email,
  email,
  phone,
  phone,
  phone,
  card,
  iban,
  account,
  insurance,
  security,
  address,
];

/** A detail of some kind, made up. */
export function plant(dice: Dice): Planted {
  return dice.pick(MAKERS)(dice);
}

/** What people do to a text so that machines do not read it; the meaning stays for a reader. */
export const DISGUISES: readonly ((text: string, dice: Dice) => string)[] = [
  (text) => text,
  (text) => text,
  // Full-width signs.
  (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  // Invisible signs between some of the others.
  (text, { pick, whole }) =>
    [...text]
      .map((sign) =>
        whole(0, 2) === 0 ? sign + pick(['\u200b', '\u200d', '\u2060', '\u00ad', '\ufeff']) : sign,
      )
      .join(''),
  // Other spaces and hyphens.
  (text, { pick }) =>
    text
      .replaceAll(' ', () => pick(['\u00a0', '\u2009', '\u202f', ' ']))
      .replaceAll('-', () => pick(['\u2011', '\u2013', '\u2212', '-'])),
  // Digits of another script.
  (text, { pick }) => {
    const zero = pick([0x0660, 0x06f0, 0x0966, 0x1d7ce, 0x1d7f6]);
    return text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
  },
];

const SENTENCES: readonly string[] = [
  'Third engineer visit cancelled by Acme Broadband. {} Still waiting.',
  '{}',
  'Nobody answers, so please: {}. Thanks',
  'You can reach me here: {}, any time before 18:00.',
  'My details ({}) are already in your system!',
  'hey @acme why is my internet down since 24.11.2026, {} if you care',
  'I was charged £45.99 twice, version 1.2.3 is broken.\n{}\nregards',
  '"{}" is what I told them, 3 times.',
  'Ich warte seit zwei Wochen, {} bitte melden.',
  'Still no answer to my order - {} - hello?',
];

/** A complaint with the detail in the middle. */
export function complaintWith(
  written: string,
  { pick }: Dice,
): { before: string; after: string; text: string } {
  const [before = '', after = ''] = pick(SENTENCES).split('{}');
  return { before, after, text: before + written + after };
}

/** A text without what disguises put into it: plain lower-case letters and digits. */
export function plainOf(text: string): string {
  const digits = text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    let zero = point;
    while (zero > point - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(point - zero);
  });
  return digits.replace(/[\p{Cf}\s.()/-]/gu, '').toLowerCase();
}
