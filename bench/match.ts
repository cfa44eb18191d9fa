/**
 * How many posts a second the matcher takes, beside one RegExp per keyword.
 * Keywords and posts are made of the same random words of an invented language, so that matches
 * happen; sample text, nothing real.
 */
import { compileQueries, parseQuery, type Matcher } from '../src/core/query/index.ts';
import { processorSeconds, shown, type Figure, type Section } from './figures.ts';

const SIZES = [10, 100, 1_000, 10_000];
const POSTS = 10_000;
const POST_LENGTH = 280;
const RUNS = 7;
/** The vocabulary of the posts; a word's frequency falls with its rank, as in real text. */
const VOCABULARY = 20_000;

export async function run(): Promise<Section> {
  const random = createRandom(7);
  const words = makeWords(random, VOCABULARY);
  const posts = Array.from({ length: POSTS }, () => makePost(random, words));
  const measured: Measured[] = [];
  for (const size of SIZES) measured.push(await measure(makeKeywords(random, words, size), posts));
  return {
    title: 'Matching',
    about: `Posts of ${POST_LENGTH} signs, for each second of processor time. The peer is one RegExp for each keyword, which knows neither \`NEAR\` nor \`NOT\`.`,
    figures: measured.flatMap(({ figures }) => figures),
    notes: measured.map(({ note }) => note),
  };
}

interface Measured {
  figures: Figure[];
  note: string;
}

interface Keyword {
  query: string;
  /** What a bot without a query language would use: whole words, any case. */
  regExp: RegExp;
}

async function measure(keywords: readonly Keyword[], posts: readonly string[]): Promise<Measured> {
  const entries = keywords.map(({ query }, i) => {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new Error(`${query}: ${parsed.error.message}`);
    return { id: String(i), query: parsed.query };
  });
  const started = performance.now();
  const matcher = compileQueries(entries);
  const milliseconds = performance.now() - started;
  const matches = countMatches(matcher, posts) / posts.length;
  // The expressions take time for each keyword, so that fewer posts are enough.
  const sample = posts.slice(0, Math.max(50, Math.floor(400_000 / keywords.length)));
  const what = `${keywords.length.toLocaleString('en')} keywords`;
  const common = { what, unit: 'posts/s', better: 'more' as const };
  const own = await rates(posts.length, () => countMatches(matcher, posts));
  const theirs = await rates(sample.length, () => countByRegExp(keywords, sample));
  return {
    figures: [
      { ...common, who: 'Earshot', runs: own },
      { ...common, who: 'one RegExp each', runs: theirs },
    ],
    note: `${what}: ${shown(matches)} match a post; compiled in ${shown(milliseconds)} ms`,
  };
}

function countMatches(matcher: Matcher, posts: readonly string[]): number {
  let matches = 0;
  for (const text of posts) matches += matcher.match({ text }).length;
  return matches;
}

function countByRegExp(keywords: readonly Keyword[], posts: readonly string[]): number {
  let matches = 0;
  for (const text of posts) for (const { regExp } of keywords) if (regExp.test(text)) matches++;
  return matches;
}

async function rates(posts: number, pass: () => number): Promise<number[]> {
  pass();
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(posts / (await processorSeconds(pass)));
  return runs;
}

/** Six in ten are a word or handle, three a phrase, one has a condition of the language's own. */
function makeKeywords(random: () => number, words: readonly string[], count: number): Keyword[] {
  // Names that people watch are rare words; the hundred most common ones are left out.
  const name = () => words[100 + Math.floor(random() ** 2 * (words.length - 100))] ?? '';
  return Array.from({ length: count }, () => {
    const [a, b, c] = [name(), name(), name()];
    const kind = random();
    if (kind < 0.5) return { query: a, regExp: wholeWords(a) };
    if (kind < 0.6) return { query: `@${a}`, regExp: new RegExp(`(?<!\\w)@${a}\\b`, 'iu') };
    if (kind < 0.9) return { query: `"${a} ${b}"`, regExp: wholeWords(`${a}[\\s-]+${b}`) };
    if (kind < 0.95) return { query: `${a} NEAR/8 (${b} OR ${c})`, regExp: wholeWords(a) };
    return { query: `(${a} OR ${b}*) -${c}`, regExp: wholeWords(`(?:${a}|${b}\\w*)`) };
  });
}

function wholeWords(source: string): RegExp {
  return new RegExp(`\\b${source}\\b`, 'iu');
}

function makeWords(random: () => number, count: number): string[] {
  const syllables = 'ba co du ke li mo ni po ra se ti vu an er is on'.split(' ');
  const words = new Set<string>();
  while (words.size < count) {
    const length = 1 + Math.floor(random() * 4);
    const parts = Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)]);
    words.add(parts.join(''));
  }
  return [...words];
}

function makePost(random: () => number, words: readonly string[]): string {
  let text = '';
  while (text.length < POST_LENGTH) {
    const word = words[Math.floor(words.length ** random()) - 1] ?? '';
    const chance = random();
    text += chance < 0.1 ? word.charAt(0).toUpperCase() + word.slice(1) : word;
    if (chance > 0.99) text += "'s";
    text += chance > 0.9 ? '. ' : chance > 0.85 ? ', ' : chance > 0.83 ? '-' : ' ';
    if (chance > 0.97) text += random() < 0.5 ? '@' : '#';
  }
  return text.slice(0, POST_LENGTH);
}

/** Numbers from 0 to 1, the same at every run (a 32-bit xorshift). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
