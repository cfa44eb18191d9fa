/**
 * How many posts a second the matcher takes, beside one RegExp per keyword: `npx tsx bench/match.ts`.
 * Keywords and posts are made of the same random words of an invented language, so that matches
 * happen; sample text, nothing real.
 */
import { pathToFileURL } from 'node:url';
import { compileQueries, parseQuery, type Matcher } from '../src/core/query/index.ts';

export interface MatchBench {
  keywords: number;
  /** How many keywords matched a post, on average. */
  matchesPerPost: number;
  /** Posts a second of processor time: the median of the repetitions, the slowest, the fastest. */
  matcher: Rates;
  /** The same for one RegExp per keyword, which knows neither NEAR nor NOT. */
  regExps: Rates;
  compileMs: number;
}

export interface Rates {
  median: number;
  low: number;
  high: number;
}

const SIZES = [10, 100, 1_000, 10_000];
const POSTS = 10_000;
const POST_LENGTH = 280;
const REPETITIONS = 7;
/** The vocabulary of the posts; a word's frequency falls with its rank, as in real text. */
const VOCABULARY = 20_000;

/** Measures every size; `report` hears each as soon as it is known. */
export function run(report: (result: MatchBench) => void = () => {}): MatchBench[] {
  const random = createRandom(7);
  const words = makeWords(random, VOCABULARY);
  const posts = Array.from({ length: POSTS }, () => makePost(random, words));
  return SIZES.map((keywords) => {
    const result = measure(makeKeywords(random, words, keywords), posts);
    report(result);
    return result;
  });
}

interface Keyword {
  query: string;
  /** What a bot without a query language would use: whole words, any case. */
  regExp: RegExp;
}

function measure(keywords: readonly Keyword[], posts: readonly string[]): MatchBench {
  const entries = keywords.map(({ query }, i) => {
    const parsed = parseQuery(query);
    if (!parsed.ok) throw new Error(`${query}: ${parsed.error.message}`);
    return { id: String(i), query: parsed.query };
  });
  const before = process.cpuUsage();
  const matcher = compileQueries(entries);
  const compileMs = microsSince(before) / 1000;
  const matches = countMatches(matcher, posts);
  // The expressions take time for each keyword, so that fewer posts are enough.
  const sample = posts.slice(0, Math.max(50, Math.floor(400_000 / keywords.length)));
  return {
    keywords: keywords.length,
    matchesPerPost: matches / posts.length,
    matcher: rates(posts.length, () => countMatches(matcher, posts)),
    regExps: rates(sample.length, () => countByRegExp(keywords, sample)),
    compileMs,
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

function rates(posts: number, pass: () => number): Rates {
  pass();
  const measured = Array.from({ length: REPETITIONS }, () => {
    const before = process.cpuUsage();
    pass();
    return Math.round(posts / (microsSince(before) / 1e6));
  }).sort((a, b) => a - b);
  const at = (index: number) => measured[index] ?? 0;
  return { median: at(REPETITIONS >> 1), low: at(0), high: at(REPETITIONS - 1) };
}

function microsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return user + system;
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(
    `posts of ${POST_LENGTH} signs a second, one core; median of ${REPETITIONS} (spread)`,
  );
  run(({ keywords, matcher, regExps, matchesPerPost, compileMs }) => {
    const speed = ({ median, low, high }: Rates) =>
      `${median.toLocaleString('en')} (${low.toLocaleString('en')} to ${high.toLocaleString('en')})`;
    console.log(
      `${keywords.toLocaleString('en')} keywords: ${speed(matcher)}; one RegExp each: ` +
        `${speed(regExps)}; ${matchesPerPost.toFixed(2)} matches a post; ` +
        `compiled in ${compileMs.toFixed(0)} ms`,
    );
  });
}
