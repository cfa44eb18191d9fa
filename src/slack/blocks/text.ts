import type { MrkdwnElement, PlainTextElement } from '@slack/web-api';
import { SOMEBODY } from '../../core/mention.ts';

/** Slack's limits on texts, in characters; UTF-16 units are the strictest way to count them. */
export const LIMITS = {
  message: 3000,
  section: 3000,
  context: 2000,
  button: 75,
  option: 75,
  input: 3000,
  title: 24,
  label: 2000,
  url: 3000,
} as const;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cuts to at most `limit` UTF-16 units, never through a character as people see it. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  // One unit is kept for the ellipsis; segmenting the head is enough, and cheap for a huge text.
  for (const { index, segment } of graphemes.segment(text.slice(0, limit + 64))) {
    if (index + segment.length > limit - 1) break;
    end = index + segment.length;
  }
  return `${withoutDots(text.slice(0, end))}…`;
}

/** What was cut at its source already does not end in two ellipses. */
function withoutDots(text: string): string {
  return text.replace(/[\s.…]+$/u, '');
}

/**
 * Takes out what would break the frame around a text: control characters, marks that turn the
 * direction of what follows, and halves of characters, which cannot be sent at all.
 */
export function clean(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/[\p{Cc}]/gu, (character) =>
      character === '\n' || character === '\t' ? character : '',
    )
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/\p{Surrogate}/gu, '\u{FFFD}');
}

/** A text on one line. */
export function oneLine(text: string): string {
  return clean(text).replace(/\s+/gu, ' ').trim();
}

/** What Slack's API escaped, as it was typed. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Text that Slack does not parse: the place for what strangers wrote. Never empty. */
export function plain(text: string, limit: number = LIMITS.section): PlainTextElement {
  const shown = clip(clean(text), limit);
  return { type: 'plain_text', text: shown.trim() === '' ? '–' : shown, emoji: false };
}

/** A text on one line and cut, as a name, a label or a query is shown beside other things. */
export function brief(text: string, limit = 80): string {
  return clip(oneLine(text), limit);
}

/** Text in Slack's markup, made only by `markup` and the functions below. */
export interface Markup {
  readonly markup: string;
}

/**
 * Our own words in Slack's markup. Whatever is put in is escaped, unless it is markup itself, so
 * that nothing put in can ping, link or format more than text does.
 */
export function markup(
  words: TemplateStringsArray,
  ...values: (string | number | Markup)[]
): Markup {
  const shown = values.map((value) =>
    typeof value === 'object' ? value.markup : escape(String(value)),
  );
  return { markup: words.map((word, at) => word + (shown[at] ?? '')).join('') };
}

export function joined(parts: readonly Markup[], between: string): Markup {
  return { markup: parts.map((part) => part.markup).join(escape(between)) };
}

function escape(text: string): string {
  return clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function mrkdwn(text: Markup): MrkdwnElement {
  return { type: 'mrkdwn', text: text.markup, verbatim: true };
}

/** Whether a Slack id is a user group's. */
export function isGroup(id: string): boolean {
  return id.startsWith('S');
}

/** Pings a person (U...) or a user group (S...). Only for those who are asked to do something. */
export function ping(id: string): Markup {
  if (id === SOMEBODY) return markup`${id}`;
  return { markup: isGroup(id) ? `<!subteam^${bare(id)}>` : `<@${bare(id)}>` };
}

/** Names a person in a message that only one person sees, where it pings nobody. */
export function mentioned(userId: string): Markup {
  return { markup: `<@${bare(userId)}>` };
}

export function channel(channelId: string): Markup {
  return { markup: `<#${bare(channelId)}>` };
}

function bare(id: string): string {
  return id.replace(/[^A-Za-z0-9]/gu, '');
}

/** A link whose text is its address, so that it cannot claim to lead elsewhere. */
export function link(url: string): Markup {
  const shown = safeUrl(url);
  return shown === null ? markup`${url}` : { markup: `<${forMarkup(shown)}>` };
}

/** A link to a place of our own, under a name. */
export function namedLink(url: string, name: string): Markup {
  const shown = safeUrl(url);
  return shown === null ? markup`${name}` : { markup: `<${forMarkup(shown)}|${escape(name)}>` };
}

function forMarkup(url: string): string {
  return url
    .replaceAll('&', '&amp;')
    .replaceAll('|', '%7C')
    .replaceAll('<', '%3C')
    .replaceAll('>', '%3E');
}

/** The address in its canonical form if a browser may open it and Slack takes it, else null. */
export function safeUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && href.length <= LIMITS.url ? href : null;
}

/**
 * An instant in the reader's own time zone and language. `format` holds Slack's tokens, as in
 * `at {time}`; the fallback is for old clients, in UTC.
 */
export function date(at: Date, format: string): Markup {
  const seconds = Math.floor(at.getTime() / 1000);
  const fallback = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return { markup: `<!date^${seconds}^${escape(format)}|${fallback}>` };
}

/** "4 min", "3 h", "2 days": how long ago or how far apart, for people. */
export function duration(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
