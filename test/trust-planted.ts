import { passesLuhn } from '../src/core/privacy/redact/card.ts';

/** Draws; the same for the same seed. */
export interface Draw {
  pick<T>(choices: readonly T[]): T;
  /** N any digit, Z one from 1 to 9, X one from 2 to 9, H one of base 16. */
  fill(form: string): string;
}

export function drawing(seed: number): Draw {
  let state = seed;
  const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const one = (signs: string) => signs[Math.floor(random() * signs.length)]!;
  return {
    pick: (choices) => choices[Math.floor(random() * choices.length)]!,
    fill: (form) =>
      form
        .replace(/N/gu, () => one('0123456789'))
        .replace(/Z/gu, () => one('123456789'))
        .replace(/X/gu, () => one('23456789'))
        .replace(/H/gu, () => one('0123456789abcdef')),
  };
}

/** A contact detail as it is written, and what nobody may find of it afterwards. */
export interface Detail {
  form: string;
  written: string;
  secrets: string[];
  /** The country whose readers know it for what it is. */
  country: string;
}

const NAMES = ['jo', 'anna.berg', 'm_taylor', 'k.o-neill', 'sam99', 'the.real.dave', 'dee+bills'];
const DOMAINS = [
  ...['example.com', 'example.org', 'mail.example.net', 'gmail.com', 'outlook.com', 'web.de'],
  ...['example.co.uk', 'acme-broadband.example', 'proton.me', 'example.io', 'orange.fr'],
];
const between = (domain: string, dot: string) => domain.replaceAll('.', dot);
const wide = (text: string) =>
  text.replace(/[!-~]/gu, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0));

/** By how they hide: brackets, words of several languages, other signs, invisible ones. */
const MAILS: readonly ((name: string, domain: string) => string)[] = [
  (name, domain) => `${name}@${domain}`,
  (name, domain) => `<${name}@${domain}>`,
  (name, domain) => `mailto:${name}@${domain}`,
  (name, domain) => `${name} (at) ${between(domain, ' (dot) ')}`,
  (name, domain) => `${name} AT ${between(domain, ' DOT ')}`,
  (name, domain) => `${name}@ ${between(domain, ' . ')}`,
  (name, domain) => `${name} at ${between(domain, ' dot ')}`,
  (name, domain) => `${name}[at]${between(domain, '[dot]')}`,
  (name, domain) => `${name}[@]${domain}`,
  (name, domain) => `${name}{at}${between(domain, '{dot}')}`,
  (name, domain) => `${name} @ ${between(domain, ' dot ')}`,
  (name, domain) => `${name}＠${domain}`,
  (name, domain) => `${name}﹫${domain}`,
  (name, domain) => wide(`${name}@${domain}`),
  (name, domain) => [...`${name}@${domain}`].join('\u200b'),
  (name, domain) => `${name}\u200b@\u2060${domain}`,
  (name, domain) => `${name}@${domain}`.replace('o', 'о'),
  (name, domain) => `${name}@${domain}`.replace('e', 'е'),
  (name, domain) => `${name}&#64;${domain}`,
  (name, domain) => `${name}&commat;${domain}`,
  (name, domain) => `${name}%40${domain}`,
  (name, domain) => `${name} [ at ] ${between(domain, ' [ dot ] ')}`,
  (name, domain) => `${name} -at- ${between(domain, ' -dot- ')}`,
  (name, domain) => `${name} *at* ${between(domain, ' *dot* ')}`,
  (name, domain) => `${name} "at" ${between(domain, ' "dot" ')}`,
  (name, domain) => `${name} (ät) ${between(domain, ' (punkt) ')}`,
  (name, domain) => `${name} arobase ${between(domain, ' point ')}`,
  (name, domain) => `${name} apenstaartje ${between(domain, ' punt ')}`,
  (name, domain) => `${name}.at.${between(domain, '.dot.')}`,
  (name, domain) => `${name}@${domain}`.toUpperCase(),
  (name, domain) => `${name}\u00ad@${domain}`,
  (name, domain) => `${name}@${between(domain, '。')}`,
  (name, domain) => `e-mail: ${name} at ${domain}`,
];

const PHONES: Readonly<Record<string, readonly string[]>> = {
  GB: [
    ...['07NNN NNNNNN', '07NNN NNN NNN', '07NNNNNNNNN', '+44 7NNN NNNNNN', '+447NNNNNNNNN'],
    ...['0044 7NNN NNNNNN', '+44 (0) 7NNN NNNNNN', '020 7NNN NNNN', '0207 NNN NNNN'],
    ...['(0161) 4NN NNNN', '01234 5NNNNN', '07NNN-NNN-NNN', '07NNN.NNN.NNN', '44 7NNN NNNNNN'],
  ],
  US: [
    ...['(212) X55-NNNN', '312-X55-NNNN', '415.X55.NNNN', '202 X55 NNNN', '+1 617 X55 NNNN'],
    ...['+1303X55NNNN', '1-206-X55-NNNN', '1 (713) X55-NNNN', '+1 (404) X55-NNNN x12'],
    ...['+1.305.X55.NNNN', '503/X55-NNNN', '602 - X55 - NNNN'],
  ],
  DE: [
    ...['030 ZNNNNNN', '030/ZNNNNNNN', '0171 ZNNNNNN', '0171/ZNNNNNN', '0171-ZNNNNNN'],
    ...['+49 171 ZNNNNNN', '+49 (0)171 ZNNNNNN', '0049 171 ZNNNNNN', '+49171ZNNNNNN'],
    ...['(030) 123 45 67', '0151 23 45 67 89', '+49-30-ZNNNNNN', '089 / 12 34 56 78'],
  ],
  FR: [
    ...['06 NN NN NN NN', '06.NN.NN.NN.NN', '06-NN-NN-NN-NN', '06NNNNNNNN', '+33 6 12 NN NN NN'],
    ...['+33 (0)6 12 NN NN NN', '0033 6 12 NN NN NN', '+33612NNNNNN', '01 42 NN NN NN'],
  ],
  NL: [
    ...['06-1NNNNNNN', '06 1NNNNNNN', '06 12 NN NN NN', '+31 6 1NNNNNNN', '+31 (0)6 1NNNNNNN'],
    ...['0031 6 12 NN NN NN', '020-6NNNNNN', '020 6NN NN NN', '+3161NNNNNNN', '(020) 6NN NNNN'],
  ],
};

const IBANS = [
  ...['DE89370400440532013000', 'GB29NWBK60161331926819', 'FR1420041010050500013M02606'],
  ...['NL91ABNA0417164300', 'BE68539007547034', 'ES9121000418450200051332', 'AT611904300234573201'],
];
const fours = (digits: string, gap: string) => digits.replace(/(.{4})(?=.)/gu, `$1${gap}`);

const ADDRESSES: readonly (readonly [country: string, address: string])[] = [
  ['GB', '14 Acacia Avenue, Leeds LS1 4AP'],
  ['GB', 'Flat 3b, 27 King Street, M2 6LE'],
  ['GB', '12a Mill Lane\nBristol\nBS1 5AH'],
  ['GB', 'number 42, SW1A 1AA'],
  ['GB', 'house 7, postcode EH1 1YZ'],
  ['US', '123 Main St, Springfield, IL 62704'],
  ['US', '4500 Elm Avenue Apt 12, Austin, TX 78701'],
  ['US', '77 Sunset Blvd., Los Angeles CA 90028-1234'],
  ['DE', 'Hauptstraße 5, 10115 Berlin'],
  ['DE', 'Hauptstr. 5a, 50667 Köln'],
  ['DE', 'Am Markt 12\n28195 Bremen'],
  ['NL', 'Dorpsstraat 12, 1017 GC Amsterdam'],
  ['NL', 'Keizersgracht 123 II, 1015CJ Amsterdam'],
  ['NL', '1017 GC 12'],
  ['FR', '12 rue de Rivoli, 75001 Paris'],
  ['FR', '5 bis avenue Victor Hugo 69002 Lyon'],
  ['CA', '350 Sparks Street, Ottawa, ON K1R 7S8'],
  ['CA', '55 Bay St, Toronto M5J 2R8'],
];

function card({ pick, fill }: Draw): string {
  const body = fill(pick(['4NNNNNNNNNNNNNN', '51NNNNNNNNNNNNN', '37NNNNNNNNNNNN']));
  const number = [...'0123456789'].map((check) => body + check).find(passesLuhn)!;
  return number;
}

/** One detail of any kind, as somebody may write it. */
export function plant(draw: Draw): Detail {
  const { pick, fill } = draw;
  switch (pick(['mail', 'mail', 'phone', 'phone', 'iban', 'card', 'insurance', 'address'])) {
    case 'mail': {
      const [write, name, domain] = [pick(MAILS), pick(NAMES), pick(DOMAINS)];
      return detail(String(write).slice(18), write(name, domain), [name], 'GB');
    }
    case 'phone': {
      const country = pick(Object.keys(PHONES));
      const form = pick(PHONES[country]!);
      const written = fill(form);
      const digits = written.replace(/ x\d+$/u, '').replace(/\D/gu, '');
      return detail(`${country} ${form}`, written, [digits.slice(-6)], country);
    }
    case 'iban': {
      const iban = pick(IBANS);
      const write = pick([
        iban,
        fours(iban, ' '),
        fours(iban, '-'),
        iban.toLowerCase(),
        `IBAN: ${iban}`,
      ]);
      return detail('IBAN', write, [iban.slice(-8)], 'GB');
    }
    case 'card': {
      const number = card(draw);
      const write = pick([number, fours(number, ' '), fours(number, '-'), wide(number)]);
      return detail('card', write, [number.slice(-8)], 'GB');
    }
    case 'insurance': {
      const [two, six, last] = [
        pick(['AB', 'CE', 'JG', 'QQ', 'WK']),
        fill('NNNNNN'),
        pick('ABCD'.split('')),
      ];
      const spaced = six.replace(/(..)(?=.)/gu, '$1 ');
      const social = `${pick(['123', '219', '457', '536'])}-${pick(['45', '12', '88'])}-${fill('ZNNN')}`;
      const write = pick([
        `${two}${six}${last}`,
        `${two} ${spaced} ${last}`,
        `${two} ${six} ${last}`,
        social,
      ]);
      return detail('insurance', write, [write.replace(/\D/gu, '')], 'GB');
    }
    default: {
      const [country, address] = pick(ADDRESSES);
      return detail(address, address, [address.slice(-7)], country);
    }
  }
}

function detail(form: string, written: string, secrets: string[], country: string): Detail {
  return { form, written, secrets, country };
}

/** What stands around it; none of it says what it is. */
export const FRAMES: readonly string[] = [
  'Acme Broadband is down again, {} please sort it out',
  'my details: {}',
  '{} is where you reach me',
  'call/write {} today',
  'Still waiting!! {}',
  'Ring me on {}.',
  'kontakt {} danke',
  'Hi ({}) nobody answers',
  '… {}\nthanks',
  '{}',
];
