import type { Term, TermWord } from './ast.ts';
import { hashOf } from './tokens.ts';

/** Everything that all queries look for, arranged so that a text is read once. */
export interface Dictionary {
  terms: Term[];
  /** The words (by number) that a key of a text stands for. */
  wordsOfKey: Map<string, number[]>;
  /** The terms of a single word, by number of the word. */
  singles: number[][];
  /** The terms written with hyphens that a word stands for when it is written together. */
  joined: number[][];
  /** The node that a first word leads to, 0 for none, and the terms that end in a node. */
  firstNode: number[];
  nextNode: Map<number, number>;
  endings: number[][];
  prefixes: Map<string, number[]>;
  prefixLengths: number[];
  /** Cheap answers to "surely not": hashes of all keys, and of the first three units of prefixes. */
  keyFilter: Uint8Array;
  prefixFilter: Uint8Array;
}

/** Where a hash stands in a filter, whose size is a power of two. */
export function slotOf(hash: number, filter: Uint8Array): number {
  return (Math.imul(hash, 0x9e3779b1) >>> 7) & (filter.length - 1);
}

export function buildDictionary(terms: Term[]): Dictionary {
  const words = new Map<string, number>();
  const dictionary: Dictionary = {
    terms,
    wordsOfKey: new Map(),
    singles: [],
    joined: [],
    firstNode: [],
    nextNode: new Map(),
    endings: [[]],
    prefixes: new Map(),
    prefixLengths: [],
    keyFilter: new Uint8Array(0),
    prefixFilter: new Uint8Array(0),
  };

  function wordNumber(keys: readonly string[]): number {
    const name = keys.join(' ');
    const known = words.get(name);
    if (known !== undefined) return known;
    const number = words.size;
    words.set(name, number);
    dictionary.singles.push([]);
    dictionary.joined.push([]);
    dictionary.firstNode.push(0);
    for (const key of new Set(keys)) listOf(dictionary.wordsOfKey, key).push(number);
    return number;
  }

  // Words first, because a step in the tree is numbered by node and word.
  for (const term of terms) {
    if (term.form !== 'prefix') for (const { keys } of term.words) wordNumber(keys);
    const together = joinedKeys(term);
    if (together) wordNumber(together);
  }
  terms.forEach((term, number) => {
    const [first] = term.words;
    if (!first) return;
    const together = joinedKeys(term);
    if (together) dictionary.joined[wordNumber(together)]?.push(number);
    if (term.form === 'prefix') listOf(dictionary.prefixes, first.keys[0] ?? '').push(number);
    else if (term.words.length === 1) dictionary.singles[wordNumber(first.keys)]?.push(number);
    else
      addPath(
        dictionary,
        term.words.map(({ keys }) => wordNumber(keys)),
        number,
      );
  });
  const stems = [...dictionary.prefixes.keys()];
  dictionary.prefixLengths = [...new Set(stems.map(({ length }) => length))].sort((a, b) => a - b);
  dictionary.keyFilter = buildFilter([...dictionary.wordsOfKey.keys()]);
  dictionary.prefixFilter = buildFilter(stems.map((stem) => stem.slice(0, 3)));
  return dictionary;
}

function addPath(dictionary: Dictionary, path: readonly number[], term: number): void {
  const [first = 0, ...rest] = path;
  let node = dictionary.firstNode[first] || (dictionary.firstNode[first] = addNode(dictionary));
  for (const word of rest) {
    const step = stepOf(dictionary, node, word);
    const next = dictionary.nextNode.get(step) ?? addNode(dictionary);
    dictionary.nextNode.set(step, next);
    node = next;
  }
  dictionary.endings[node]?.push(term);
}

function addNode({ endings }: Dictionary): number {
  return endings.push([]) - 1;
}

/** The number of a step from a node of the tree by a word. */
export function stepOf({ singles }: Dictionary, node: number, word: number): number {
  return node * singles.length + word;
}

/** The keys of `e-mail` written together; null for terms to which that does not apply. */
function joinedKeys({ form, isExact, words }: Term): string[] | null {
  if (form !== 'word' || isExact || words.length < 2) return null;
  const isHyphenated = words.every(
    (word, i) => word.mark === '' && !word.isSpaceless && isJoin(word, i),
  );
  const last = words.at(-1);
  if (!isHyphenated || !last) return null;
  const stem = words
    .slice(0, -1)
    .map(({ keys }) => keys[0])
    .join('');
  return last.keys.map((key) => stem + key);
}

function isJoin({ gap }: TermWord, index: number): boolean {
  return index === 0 || gap === 45;
}

/** Whether a word of a text that is written with hyphens may stand for the term. */
export function isJoinable({ form, isExact, words }: Term): boolean {
  return (
    form === 'word' &&
    !isExact &&
    words.length === 1 &&
    words[0]?.mark === '' &&
    !words[0].isSpaceless
  );
}

function buildFilter(keys: readonly string[]): Uint8Array {
  let size = 1024;
  while (size < keys.length * 16 && size < 1 << 20) size *= 2;
  const filter = new Uint8Array(size);
  for (const key of keys) filter[slotOf(hashOf(key), filter)] = 1;
  return filter;
}

function listOf<K, V>(map: Map<K, V[]>, key: K): V[] {
  const known = map.get(key);
  if (known) return known;
  const made: V[] = [];
  map.set(key, made);
  return made;
}
