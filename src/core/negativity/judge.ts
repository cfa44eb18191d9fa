import type { Span } from '../post.ts';
import type { Reason, Verdict } from '../verdict.ts';
import { isNegator, endsScope, valence } from './lexicon.ts';
import { findPhrases } from './phrases.ts';
import { tokenise } from './tokens.ts';

/** Words that a negation reaches. */
const SCOPE = 5;

/** The judgement of `text`; `focus` holds the places where the keyword stands in it. */
export function judge(text: string, _focus: readonly Span[] = []): Verdict {
  const tokens = tokenise(text);
  const reasons: Reason[] = [];
  let score = -1;
  let up = 0;
  for (const { from, to, weight } of findPhrases(tokens)) {
    score += weight;
    up -= Math.min(weight, 0);
    const span = { start: tokens[from]!.start, end: tokens[to - 1]!.end };
    reasons.push({ phrase: text.slice(span.start, span.end).slice(0, 60), span, weight });
  }
  let scope = 0;
  for (const token of tokens) {
    if (endsScope(token.word)) scope = 0;
    const value = valence(token.word) * (scope > 0 ? -0.7 : 1);
    scope = isNegator(token.word) ? SCOPE : scope - 1;
    if (value === 0) continue;
    score -= value * 0.5;
    up += value * 0.5;
    const span = { start: token.start, end: token.end };
    reasons.push({
      phrase: text.slice(span.start, span.end).slice(0, 60),
      span,
      weight: -value * 0.4,
    });
  }
  const negativity = 1 / (1 + Math.exp(-score));
  const label = negativity >= 0.5 ? 'negative' : up > 0.8 ? 'positive' : 'neutral';
  const telling = label === 'negative' ? reasons.filter((reason) => reason.weight > 0) : reasons;
  telling.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return {
    label,
    negativity,
    reasons: telling.slice(0, 5),
    severity: null,
    question: tokens.some(({ word }) => word.startsWith('?')),
    language: null,
    judged: true,
  };
}
