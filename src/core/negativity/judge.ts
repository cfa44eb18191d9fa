import type { Span } from '../post.ts';
import type { Label, Reason, Verdict } from '../verdict.ts';
import { focused } from './focus.ts';
import { languageOf, type Language } from './language.ts';
import { valence } from './lexicon.ts';
import { model, type Model } from './model.ts';
import { MARK_UNIT, MARKS } from './marks.ts';
import { blame, runNet, type Run } from './net.ts';
import { isQuestion } from './question.ts';
import { outsideQuotations } from './quotations.ts';
import { reasonsOf } from './reasons.ts';
import { blend, chances, runHalves, type Halves, type Logits } from './score.ts';
import { severityOf } from './severity.ts';
import { tokenise, type Token } from './tokens.ts';

/** From here on a verdict is given reasons why it is negative. */
const REASONS_FROM = 0.25;

/**
 * Share of what only a quotation makes negative that is taken back. On held-back texts it costs
 * nothing (0.1 points of average precision at most), and quotations are half as often false alarms.
 */
const QUOTED = 0.5;

/**
 * The judgement of `text`; `focus` holds the places where the keyword stands in it, so that what is
 * said of others does not count. The model is unpacked at the first call (about 0.1 s).
 */
export function judge(text: string, focus: readonly Span[] = []): Verdict {
  const shipped = model();
  const tokens = tokenise(text);
  const language = languageOf(text, tokens, (word) => shipped.rows.has(word));
  const windows = tokens.length === 0 ? [] : focused(text, tokens, focus);
  const { logits, reasons } = weigh(shipped, text, windows);
  const [negativity] = chances(logits);
  const verdict: Verdict = {
    label: labelOf(shipped, logits),
    negativity,
    reasons,
    severity: severityOf(windows.length === 1 ? windows[0]! : windows.flat()),
    question: isQuestion(tokens),
    language: language.code,
    judged: true,
  };
  return language.english ? verdict : judgeForeign(verdict, language, tokens);
}

interface Weighed {
  tokens: readonly Token[];
  halves: Halves;
  logits: Logits;
}

/** Runs the model on each window; a long text is as negative as its worst and its mean together. */
function weigh(
  shipped: Model,
  text: string,
  windows: readonly Token[][],
): { logits: Logits; reasons: Reason[] } {
  const weighed = windows.map((tokens): Weighed => {
    const outside = outsideQuotations(tokens);
    const told = outside === null ? null : blend(shipped, runHalves(shipped, outside)).negative;
    // After the above: the net is asked about the window that it saw last.
    const halves = runHalves(shipped, tokens);
    const logits = blend(shipped, halves);
    const quoted = told === null ? 0 : Math.max(0, logits.negative - told);
    return { tokens, halves, logits: { ...logits, negative: logits.negative - QUOTED * quoted } };
  });
  const [first] = weighed;
  if (first === undefined) return { logits: { negative: -3, positive: -3 }, reasons: [] };
  if (weighed.length === 1) {
    return { logits: first.logits, reasons: reasonsFor(shipped, text, first) };
  }
  const worst = weighed.reduce((a, b) => (b.logits.negative > a.logits.negative ? b : a));
  const mean = (key: keyof Logits) =>
    weighed.reduce((sum, { logits }) => sum + logits[key], 0) / weighed.length;
  // The net is asked about the window that it saw last.
  runNet(shipped, worst.tokens, worst.halves.run.marks);
  return {
    logits: {
      negative: (worst.logits.negative + mean('negative')) / 2,
      positive: mean('positive'),
    },
    reasons: reasonsFor(shipped, text, worst),
  };
}

function reasonsFor(
  shipped: Model,
  text: string,
  { tokens, halves: { run, phrases }, logits }: Weighed,
): Reason[] {
  const [negativity] = chances(logits);
  if (negativity >= REASONS_FROM) {
    return reasonsOf(text, tokens, phrases, blame(shipped, run), 1);
  }
  if (logits.positive < 0) return [];
  return reasonsOf(text, tokens, phrases, feelings(run), -1);
}

/** Reasons for praise need no more than the words of feeling, and these cost nothing. */
function feelings({ marks, length }: Run): Float64Array {
  return Float64Array.from({ length }, (_, t) => {
    const at = t * MARKS;
    return (marks[at + 1]! - marks[at]! + marks[at + 3]! - marks[at + 4]!) / MARK_UNIT;
  });
}

function labelOf({ blend }: Model, { negative, positive }: Logits): Label {
  const [bad, good] = [negative + blend[4]!, positive + blend[5]!];
  if (bad > 0 && bad >= good) return 'negative';
  return good > 0 ? 'positive' : 'neutral';
}

/** Sum of the emoji's values from which they alone tell. */
const EMOJI_TELL = 5;

/**
 * A text in another language: its emoji may tell, the words may not. `negativity` stays the model's
 * guess, so that a list can be sorted by it.
 */
function judgeForeign(verdict: Verdict, { code }: Language, tokens: readonly Token[]): Verdict {
  let told = 0;
  for (const { word } of tokens) if (word[0] === '<') told += valence(word);
  const judged = Math.abs(told) >= EMOJI_TELL;
  const label: Label = !judged ? 'neutral' : told < 0 ? 'negative' : 'positive';
  const negativity = !judged ? verdict.negativity : told < 0 ? 0.7 : 0.05;
  return { ...verdict, label, negativity, language: code, judged, reasons: [], severity: null };
}
