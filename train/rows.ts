import type { Label } from '../src/core/verdict.ts';

/** Order of the classes in every array of the training and of the model. */
export const LABELS: readonly Label[] = ['negative', 'neutral', 'positive'];

/** One labelled text. */
export interface Row {
  id: string;
  text: string;
  /** Index in `LABELS`. */
  label: number;
  /** Index in `SOURCES`. */
  source: number;
  /** Held back from fitting. */
  dev: boolean;
}
