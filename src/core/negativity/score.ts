import { linearSums } from './linear.ts';
import { markTokens } from './marks.ts';
import { valenceIn, type Model } from './model.ts';
import { runNet, type Run } from './net.ts';
import { findPhrases, type PhraseMatch } from './phrases.ts';
import type { Token } from './tokens.ts';

/** Logits against neutral, which is 0 throughout. */
export interface Logits {
  negative: number;
  positive: number;
}

/** What the two halves of the model say of a text, before they are blended. */
export interface Halves {
  net: Logits;
  linear: Logits;
  run: Run;
  phrases: PhraseMatch[];
}

/** Runs both halves; `tokens` must not be empty. */
export function runHalves(model: Model, tokens: readonly Token[]): Halves {
  const phrases = findPhrases(tokens);
  const marks = markTokens(tokens, phrases, (word) => valenceIn(model, word));
  const run = runNet(model, tokens, marks);
  const [bad, plain, good] = run.logits as unknown as [number, number, number];
  const sums = linearSums(model.linear, tokens, marks, phrases);
  return {
    net: { negative: bad - plain, positive: good - plain },
    linear: {
      negative: sums.negative + model.linearBias[0]!,
      positive: sums.positive + model.linearBias[1]!,
    },
    run,
    phrases,
  };
}

/** The calibrated logits out of the halves' ones. */
export function blend(model: Model, { net, linear }: Pick<Halves, 'net' | 'linear'>): Logits {
  const [a, b, negative, positive] = model.blend as unknown as [number, number, number, number];
  return {
    negative: a * net.negative + b * linear.negative + negative,
    positive: a * net.positive + b * linear.positive + positive,
  };
}

/** Chances of negative, neutral and positive. */
export function chances({ negative, positive }: Logits): [number, number, number] {
  const top = Math.max(0, negative, positive);
  const powers = [Math.exp(negative - top), Math.exp(-top), Math.exp(positive - top)] as const;
  const sum = powers[0] + powers[1] + powers[2];
  return [powers[0] / sum, powers[1] / sum, powers[2] / sum];
}
