import type { Token } from './tokens.ts';

/** A place of a rule: one of some words, or a gap of up to two words of any kind. */
interface Slot {
  words: ReadonlySet<string>;
  optional: boolean;
  gap: boolean;
}

/** Rules by the words that can start them. */
export type Rules = ReadonlyMap<string, readonly (readonly Slot[])[]>;

/** Where a rule matched: the tokens `from` to `to`, exclusive. */
export interface RuleMatch {
  from: number;
  to: number;
}

/** Words that `_` may skip. */
const GAP = 2;
const ENDS_SENTENCE: ReadonlySet<string> = new Set(['.', '!', '!!', '?', '??', '?!', '...', ';']);

/**
 * Reads rules, one a line: words one after the other; `(a|b)` is a choice; `?` after a word or
 * choice makes it optional; `_` stands for up to two words of any kind within the sentence; `<n>`,
 * `<user>` and the like are the classes of the tokeniser. Words are as the tokeniser writes them:
 * "dont", "im". The first place must be a word or a choice.
 */
export function parseRules(lines: string): Rules {
  const rules = new Map<string, (readonly Slot[])[]>();
  for (const line of lines.split('\n').filter((l) => l.trim() !== '')) {
    const slots = (line.match(/\([^)]*\)\??|\S+/g) ?? []).map(parseSlot);
    for (const word of slots[0]!.words) {
      const known = rules.get(word);
      if (known) known.push(slots);
      else rules.set(word, [slots]);
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

/** Every place where a rule matches, left to right. */
export function matchRules(rules: Rules, tokens: readonly Token[]): RuleMatch[] {
  const found: RuleMatch[] = [];
  for (let from = 0; from < tokens.length; from++) {
    for (const slots of rules.get(tokens[from]!.word) ?? NONE) {
      const to = endOf(tokens, from + 1, slots, 1);
      if (to >= 0) found.push({ from, to });
    }
  }
  return found;
}

const NONE: readonly (readonly Slot[])[] = [];

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
