import { LABELS, type Row } from './rows.ts';
import { generator } from './generator.ts';
import { PATTERNS } from './sample-patterns.ts';
import { SLOTS } from './sample-words.ts';

const ENDINGS: Readonly<Record<string, string>> = {
  negative:
    '|||!|!!|???|:(|#fail|#customerservice|smh|please help|any help?|come on|seriously?|not ok|wtf|this is {bad}|. {bad}.|😡|🙄|so frustrating|what is going on|please fix|ugh',
  neutral: '||||?|.|thanks|http://t.co/x|#travel|:)|cc {co}|please|today',
  positive: '||!|!!|:)|:D|<3|#happy|❤|👍|thank you|#win|so happy',
};
const OPENINGS =
  '||||||so|well|ok|hey|@someone|right,|just to say:|{day}:|honestly|update:|hi {co}';

/**
 * Made-up posts to and about companies. The labelled sources hold hardly any, and a complaint that
 * only states what happened ("rebooked us onto a flight that had left") has no word of feeling that
 * they could teach, nor has a job advert for a complaints clerk any that they would not mistake.
 * How many rows of each label there are.
 */
const AMOUNT = { negative: 7000, neutral: 7000, positive: 4000 } as const;

/** Made-up rows for the source at `source`; the same ones each time. */
export function madeUpRows(source: number): Row[] {
  const random = generator(2024);
  return LABELS.flatMap((label, index) => {
    const lines = PATTERNS[label].trim().split('\n');
    return Array.from({ length: AMOUNT[label] }, (_, i): Row => {
      const line = lines[Math.floor(random() * lines.length)]!;
      const whole = `[${OPENINGS}] ${line} [${ENDINGS[label]}]`;
      const text = roughen(fill(whole, random), random);
      return { id: `made-up:${label}-${i}`, text, label: index, source, dev: false };
    });
  });
}

const SYLLABLES =
  'zor|vex|plin|ta|mer|kul|ba|dron|fi|lax|qui|sto|ven|ryd|ko|nal|tu|gri|mo|pel'.split('|');

/** A name or handle that nobody has, a new one each time: no company must look bad by its name. */
function madeUpName(random: () => number): string {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  const name = pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES);
  const kind = random();
  if (kind < 0.55) return `@${name}${pick(['', '', 'help', 'cares', 'air'])}`;
  return kind < 0.8 ? name : name[0]!.toUpperCase() + name.slice(1);
}

function fill(pattern: string, random: () => number): string {
  const pick = (choices: string) => {
    const all = choices.split('|');
    return all[Math.floor(random() * all.length)]!;
  };
  let text = pattern;
  for (let round = 0; round < 7; round++) {
    text = text
      .replace(/\[([^[\]]*)\]/g, (_, choices: string) => pick(choices))
      .replace(/\{(\w+)\}/g, (_, slot: string) =>
        slot === 'co' ? madeUpName(random) : pick(SLOTS[slot]!),
      );
  }
  return text.replace(/\s+/g, ' ').trim();
}

/** Writes a text as people do: mostly in small letters, often without apostrophes, now and then loud. */
function roughen(text: string, random: () => number): string {
  const roll = random();
  let rough =
    roll < 0.5 ? text : roll < 0.55 ? text.toUpperCase() : text[0]!.toUpperCase() + text.slice(1);
  if (random() < 0.3) rough = rough.replace(/'/g, '');
  if (random() < 0.4) rough = `@someone ${rough}`;
  return rough;
}
