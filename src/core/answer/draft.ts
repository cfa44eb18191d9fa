import { redact } from '../privacy/redact.ts';

/** What a draft of a public answer had better not do, each a sentence for the one who writes it. */
export interface Remark {
  kind: 'private' | 'contact' | 'selling' | 'long';
  message: string;
}

/** Words by which an answer leaves the place where the complaint was made. */
const PRIVATE = new RegExp(
  [
    String.raw`\bd\.?m(?:s|'s)?\b|(?<!\d\s?)\bpm\s+(?:us|me)\b|\bby\s+pm\b`,
    String.raw`\b(?:direct|private|personal)\s+(?:message|chat|channel)`,
    String.raw`\bin\s+private\b|\boffline\b(?=.{0,20}\b(?:discuss|talk|take))|\btake\s+(?:this|it)\s+offline\b`,
    String.raw`\b(?:e-?mail|call|ring|text|phone|whatsapp|message)\s+(?:us|me|our)\b`,
    String.raw`\bcontact\s+(?:us|our|customer|support)\b|\binbox\s+(?:us|me)\b`,
    String.raw`\bsend\s+(?:us|me)\s+(?:your|a)\b`,
  ].join('|'),
  'iu',
);

/** Words of somebody who sells; a complaint is not the moment. */
const SELLING =
  /\b(?:upgrade\s+to|special\s+offer|limited[\s-]time|discount\s+code|promo(?:tion)?(?:\s+code)?|sign\s+up|subscribe\s+(?:to|now)|buy\s+now|our\s+new\s+(?:plan|offer|product|package)|\d+\s*%\s+off|switch\s+to\s+our|check\s+out\s+our)\b/iu;

/**
 * A gentle look at a draft; nothing is forbidden. `replyLimit`: the longest reply that the place
 * takes, in characters as people count them, null where it names none. It reads English.
 */
export function checkDraft(text: string, { replyLimit }: { replyLimit: number | null }): Remark[] {
  const remarks: Remark[] = [];
  const words = text.normalize('NFKC').replace(/[’‘]/gu, "'");
  if (PRIVATE.test(words)) {
    const message =
      'It asks them to move to a private channel. They spoke in public: answer as much as you can here.';
    remarks.push({ kind: 'private', message });
  }
  if (redact(text).found.length > 0) {
    const message = 'It holds contact data or another personal number, and everyone can read it.';
    remarks.push({ kind: 'contact', message });
  }
  if (SELLING.test(words)) {
    remarks.push({ kind: 'selling', message: 'It sounds as if it sells something.' });
  }
  if (replyLimit !== null && text.length > replyLimit) {
    const length = countCharacters(text.trim());
    const message = `It has ${length} characters, and the place takes ${replyLimit}.`;
    if (length > replyLimit) remarks.push({ kind: 'long', message });
  }
  return remarks;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** As people see them. Line by line, since each segment holds on to the whole text it is of. */
function countCharacters(text: string): number {
  const lines = text.split('\n');
  const counts = lines.map((line) => [...graphemes.segment(line)].length);
  return counts.reduce((sum, count) => sum + count, lines.length - 1);
}

/** A saved reply with its places filled in; `{name}` and `{topic}`, and nothing else, are places. */
export function fillReply(text: string, { name, topic }: { name: string; topic: string }): string {
  return text.replace(/\{(name|topic)\}/giu, (_, place: string) =>
    place.toLowerCase() === 'name' ? name : topic,
  );
}
