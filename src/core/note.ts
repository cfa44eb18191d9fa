import type { Mention } from './mention.ts';
import { redact, type Options } from './privacy/redact.ts';

/** So many words of a post in a row are a quotation, not a coincidence. */
const QUOTED_WORDS = 5;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * A note of the team as it may be kept in the log, which outlives the post: without contact data, and
 * without what the author wrote or is called. `[author]`, `[post]` and `[quotation]` stand for these.
 */
export function noteToKeep(
  note: string,
  { author, url, title, text }: Pick<Mention, 'author' | 'url' | 'title' | 'text'>,
  options: Options = {},
): string {
  const unlinked = url === null ? note : note.replaceAll(url, '[post]');
  const unquoted = withoutQuotations(unlinked, `${title ?? ''}\n\n${text ?? ''}`);
  const unnamed = namesOf(author).reduce(
    (kept, name) => kept.replace(asWhole(name), '[author]'),
    unquoted,
  );
  return redact(unnamed, options).text;
}

/** A handle as people write it: `@name@host`, `name@host` and `@name` mean the same one. */
function namesOf(author: string | null): string[] {
  const whole = author?.trim().replace(/^@/u, '') ?? '';
  const [short = ''] = whole.split('@');
  return [...new Set([whole, short])].filter((name) => name.length > 1);
}

function asWhole(name: string): RegExp {
  const exact = name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:u/|@)?${exact}(?![\\p{L}\\p{N}_])`, 'giu');
}

function withoutQuotations(note: string, post: string): string {
  const runs = new Set(windows(words(post)).map(({ run }) => run));
  const parts: string[] = [];
  let done = 0;
  for (const { run, start, end } of windows(words(note))) {
    if (!runs.has(run)) continue;
    // A longer quotation is many runs that overlap.
    if (start >= done) parts.push(note.slice(done, start), '[quotation]');
    done = Math.max(done, end);
  }
  return parts.join('') + note.slice(done);
}

interface Word {
  word: string;
  start: number;
  end: number;
}

function words(text: string): Word[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    word: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

function windows(all: readonly Word[]): { run: string; start: number; end: number }[] {
  return all.slice(QUOTED_WORDS - 1).map((last, at) => {
    const run = all.slice(at, at + QUOTED_WORDS);
    return { run: run.map(({ word }) => word).join(' '), start: run[0]!.start, end: last.end };
  });
}
