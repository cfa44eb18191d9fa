import { nearest } from '../nearest.ts';
import type { FieldName, Node } from './ast.ts';
import { fold } from './chars.ts';
import { languageName } from './language-name.ts';
import { fail, type Lexeme } from './lex.ts';

/** What there is in the house that a new query may name. */
export interface Known {
  /** Short names of all kinds of sources. */
  sources: readonly string[];
}

const OTHER_NAMES: Readonly<Record<string, FieldName>> = {
  from: 'author',
  by: 'author',
  user: 'author',
  language: 'lang',
  domain: 'site',
  url: 'site',
  host: 'site',
  type: 'source',
  kind: 'source',
  place: 'source',
  filter: 'has',
  is: 'has',
};

const LANGUAGES: Readonly<Record<string, string>> = {
  english: 'en',
  german: 'de',
  deutsch: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  dutch: 'nl',
  polish: 'pl',
  japanese: 'ja',
  chinese: 'zh',
  thai: 'th',
};

/** Other names that people use for a place. */
const OTHER_SOURCES: Readonly<Record<string, string>> = {
  rss: 'feed',
  atom: 'feed',
  blog: 'feed',
  hn: 'hackernews',
  twitter: 'x',
  bsky: 'bluesky',
  stackoverflow: 'stackexchange',
  subreddit: 'reddit',
  ios: 'appstore',
  android: 'googleplay',
};

const READERS: Readonly<Record<FieldName, (lexeme: Lexeme, known: Known | null) => string>> = {
  source: readSource,
  lang: readLanguage,
  author: readAuthor,
  site: readSite,
  has: readHas,
};

/** The field that `name:value` stands for; fails with its place. */
export function readField(lexeme: Lexeme, known: Known | null): Node {
  const { text } = lexeme;
  const name = lexeme.name as FieldName;
  if (!Object.hasOwn(READERS, name)) return refuseName(lexeme);
  if (text.trim() === '') fail(`Nothing follows ${name}: directly.`, lexeme);
  return { type: 'field', name, value: READERS[name](lexeme, known) };
}

function refuseName(lexeme: Lexeme): never {
  const { name, text } = lexeme;
  const meant = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
  const fields = 'The fields are source:, lang:, author:, site: and has:.';
  if (meant !== undefined && text !== '') {
    fail(`There is no field ${name}:. ${fields}`, lexeme, `${meant}:${quote(text)}`);
  }
  const plain = `${name} ${text.replace(/["“”„‟«»＂「」『』*＊]/gu, ' ')}`.trim();
  return fail(`There is no field ${name}:. ${fields}`, lexeme, `"${plain}"`);
}

function readSource(lexeme: Lexeme, known: Known | null): string {
  const value = lexeme.text.trim().toLowerCase();
  if (!/^[a-z][a-z0-9-]*$/u.test(value)) {
    const message = 'source: takes the short name of a source, such as source:feed.';
    return fail(message, lexeme, looksLikeHost(value) ? `site:${value}` : null);
  }
  if (known === null || known.sources.includes(value)) return value;
  const { sources } = known;
  const meant = sourceMeant(value, sources);
  const message = `There is no kind of source ${value}. There are ${[...sources].sort().join(', ')}.`;
  return fail(message, lexeme, meant === null ? null : `source:${meant}`);
}

function sourceMeant(value: string, sources: readonly string[]): string | null {
  const other = Object.hasOwn(OTHER_SOURCES, value) ? (OTHER_SOURCES[value] ?? '') : '';
  return sources.includes(other) ? other : nearest(value, sources);
}

function readLanguage(lexeme: Lexeme, known: Known | null): string {
  const value = lexeme.text.trim().toLowerCase().replaceAll('_', '-');
  const isCode = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/u.test(value);
  if (isCode && (known === null || languageName(value.split('-')[0] ?? '') !== null)) return value;
  const code = Object.hasOwn(LANGUAGES, value) ? LANGUAGES[value] : undefined;
  const message = isCode
    ? `There is no language with the code ${value}. Codes are en, de, fr, es, it, pt, nl, pl, ja, zh and the other codes of ISO 639.`
    : 'lang: takes the code of a language, such as lang:en.';
  return fail(message, lexeme, code === undefined ? null : `lang:${code}`);
}

function readAuthor(lexeme: Lexeme): string {
  const value = foldAuthor(lexeme.text);
  if (/[\p{L}\p{N}]/u.test(value)) return value;
  return fail('author: takes a handle or a name, such as author:sample_user.', lexeme);
}

/** A handle or name as it is compared. */
export function foldAuthor(author: string): string {
  return fold(
    author
      .trim()
      .replace(/\s+/gu, ' ')
      .replace(/^[@＠]/u, ''),
  ).normalize('NFC');
}

function readSite(lexeme: Lexeme, known: Known | null): string {
  const value = lexeme.text.trim().toLowerCase();
  const host = value
    .replace(/^[a-z][a-z0-9+.-]*:\/\//u, '')
    .replace(/[/?#].*$/su, '')
    .replace(/^www\./u, '')
    .replace(/\.$/u, '');
  if (looksLikeHost(value)) return value.replace(/^www\./u, '');
  const kind = looksLikeHost(host) ? null : sourceMeant(value, known?.sources ?? []);
  if (kind !== null) {
    const message =
      'site: takes the name of a site, such as site:forum.example, not a kind of source.';
    fail(message, lexeme, `source:${kind}`);
  }
  const message = 'site: takes the name of a site alone, such as site:forum.example.';
  return fail(message, lexeme, looksLikeHost(host) ? `site:${host}` : null);
}

function looksLikeHost(value: string): boolean {
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(value);
}

function readHas(lexeme: Lexeme): string {
  const value = lexeme.text.trim().toLowerCase();
  if (value === 'link' || value === 'question') return value;
  const meant = /^(url|links|web)$/u.test(value) ? 'link' : 'question';
  const isKnown = meant === 'link' || /^(questions|\?|ask)$/u.test(value);
  return fail('has: takes link or question.', lexeme, isKnown ? `has:${meant}` : null);
}

/** The field as it is written in a canonical query. */
export function spellField({ name, value }: { name: FieldName; value: string }): string {
  return `${name}:${quote(value)}`;
}

function quote(value: string): string {
  return /^[^\s()（）|｜]+$/u.test(value) ? value : `"${value}"`;
}
