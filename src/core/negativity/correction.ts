/** What a person said that a verdict should be. */
export type Target = 'negative' | 'not-negative';

/** One press of a button, as numbers: the text it was about cannot be read back from them. */
export interface Correction {
  /** The caller's own id, such as the mention's; a second correction with it replaces the first. */
  id: string;
  target: Target;
  /** How far the text itself and its like are moved, in log odds. */
  push: number;
  /** Buckets of the text's words, under the workspace's key. */
  buckets: number[];
  /** Weight of each bucket; their squares add up to 1. */
  weights: number[];
  /** Log odds of the verdict before any learning. */
  odds: number;
  /** What the model made of the text: see `rawSense`; standardised, in sixteenths. */
  sense: number[];
  /** `print` of the model that this is the sense of; what an older model made of it tells nothing. */
  print: number;
}
