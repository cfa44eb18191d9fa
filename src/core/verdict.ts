import type { Span } from './post.ts';

export type Label = 'negative' | 'neutral' | 'positive';

/** What a post seems to report, apart from how it is said. Most urgent first. */
export const SEVERITIES = ['safety', 'vulnerable', 'legal', 'outage', 'money', 'leaving'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Why a text was judged so: a phrase of the text, and where it stands. */
export interface Reason {
  /** Words of the text, as written, at most 60 characters. */
  phrase: string;
  span: Span;
  /** How far it moved the score; positive speaks for negative. Only the order matters. */
  weight: number;
}

/** The judgement of one text about one keyword. */
export interface Verdict {
  label: Label;
  /** Calibrated probability, 0..1, that a person would call the text a complaint. */
  negativity: number;
  /** What moved the score most, in that order; at most five. */
  reasons: Reason[];
  severity: Severity | null;
  /** It asks something that wants an answer. */
  question: boolean;
  /** ISO 639-1 of the text, null where it is too short to say. */
  language: string | null;
  /** False where the language is one that we cannot judge: then `label` is `neutral` and means nothing. */
  judged: boolean;
}
