import type { FieldName, Node } from './ast.ts';
import { fold } from './chars.ts';
import { fail, type Lexeme } from './lex.ts';

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

const READERS: Readonly<Record<FieldName, (lexeme: Lexeme) => string>> = {
  source: readSource,
  lang: readLanguage,
  author: readAuthor,
  site: readSite,
  has: readHas,
};

/** The field that `name:value` stands for; fails with its place. */
export function readField(lexeme: Lexeme): Node {
  const { text } = lexeme;
  const name = lexeme.name as FieldName;
  if (!Object.hasOwn(READERS, name)) return refuseName(lexeme);
  if (text.trim() === '') fail(`Nothing follows ${name}: directly.`, lexeme);
  return { type: 'field', name, value: READERS[name](lexeme) };
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

function readSource(lexeme: Lexeme): string {
  const value = lexeme.text.trim().toLowerCase();
  if (/^[a-z][a-z0-9-]*$/u.test(value)) return value;
  const message = 'source: takes the short name of a source, such as source:feed.';
  return fail(message, lexeme, looksLikeHost(value) ? `site:${value}` : null);
}

function readLanguage(lexeme: Lexeme): string {
  const value = lexeme.text.trim().toLowerCase().replaceAll('_', '-');
  if (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/u.test(value)) return value;
  const code = Object.hasOwn(LANGUAGES, value) ? LANGUAGES[value] : undefined;
  const message = 'lang: takes the code of a language, such as lang:en.';
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

function readSite(lexeme: Lexeme): string {
  const value = lexeme.text.trim().toLowerCase();
  const host = value
    .replace(/^[a-z][a-z0-9+.-]*:\/\//u, '')
    .replace(/[/?#].*$/su, '')
    .replace(/^www\./u, '')
    .replace(/\.$/u, '');
  if (looksLikeHost(value)) return value.replace(/^www\./u, '');
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
