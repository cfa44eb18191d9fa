import type { Token } from './tokens.ts';

/** A place of a rule: one of some words, or a gap of up to two words of any kind. */
interface Slot {
  words: ReadonlySet<string>;
  optional: boolean;
  gap: boolean;
}

interface Rule<K> {
  slots: readonly Slot[];
  kind: K;
}

/** Rules of some kinds by the words that can start them. */
export type Rules<K> = ReadonlyMap<string, readonly Rule<K>[]>;

/** Where a rule matched: the tokens `from` to `to`, exclusive. */
export interface RuleMatch<K> {
  from: number;
  to: number;
  kind: K;
}

/** Words that `_` may skip. */
const GAP = 2;
const ENDS_SENTENCE: ReadonlySet<string> = new Set(['.', '!', '!!', '?', '??', '?!', '...', ';']);

/**
 * Reads rules, one a line: words one after the other; `(a|b)` is a choice; `?` after a word or
 * choice makes it optional; `_` stands for up to two words of any kind within the sentence; `<n>`,
 * `<user>` and the like are the classes of the tokeniser. Words are as the tokeniser writes them:
 * "dont", "im". The first place must be a word or a choice. Rules of several kinds are kept
 * together, since what costs most is to ask of each word of a text whether a rule starts with it.
 */
export function parseRules<K>(...kinds: readonly (readonly [kind: K, lines: string])[]): Rules<K> {
  const rules = new Map<string, Rule<K>[]>();
  for (const [kind, lines] of kinds) {
    for (const line of lines.split('\n').filter((l) => l.trim() !== '')) {
      const slots = (line.match(/\([^)]*\)\??|\S+/g) ?? []).map(parseSlot);
      for (const word of slots[0]!.words) {
        const known = rules.get(word);
        if (known) known.push({ slots, kind });
        else rules.set(word, [{ slots, kind }]);
      }
    }
  }
  return rules;
}

function parseSlot(source: string): Slot {
  if (source === '_') return { words: new Set(), optional: true, gap: true };
  const optional = source.length > 1 && source.endsWith('?') && source !== '??';
  const body = (optional ? source.slice(0, -1) : source).replace(/^\(|\)$/g, '');
  return { words: new Set(body.split('|')), optional, gap: false };
}

/** Every place where a rule matches, left to right; at one place in the order of the rules. */
export function matchRules<K>(rules: Rules<K>, tokens: readonly Token[]): RuleMatch<K>[] {
  const found: RuleMatch<K>[] = [];
  for (let from = 0; from < tokens.length; from++) {
    const starting = rules.get(tokens[from]!.word);
    if (starting === undefined) continue;
    for (const { slots, kind } of starting) {
      const to = endOf(tokens, from + 1, slots, 1);
      if (to >= 0) found.push({ from, to, kind });
    }
  }
  return found;
}

function endOf(
  tokens: readonly Token[],
  at: number,
  slots: readonly Slot[],
  slotAt: number,
): number {
  const slot = slots[slotAt];
  if (slot === undefined) return at;
  if (slot.gap) {
    for (let skipped = 0; skipped <= GAP; skipped++) {
      const end = endOf(tokens, at + skipped, slots, slotAt + 1);
      if (end >= 0) return end;
      if (ENDS_SENTENCE.has(tokens[at + skipped]?.word ?? '.')) break;
    }
    return -1;
  }
  const word = tokens[at]?.word;
  if (word !== undefined && slot.words.has(word)) {
    const end = endOf(tokens, at + 1, slots, slotAt + 1);
    if (end >= 0) return end;
  }
  return slot.optional ? endOf(tokens, at, slots, slotAt + 1) : -1;
}
