import type { Hit, Shape } from './found.ts';
import type { Plans } from './numbering.ts';
import type { Reading } from './reading.ts';

/** What a finder has to know beside the text. */
export interface Place {
  /** ISO 3166 code of two letters, in capitals. */
  country: string;
  plans: Plans;
  shapes: readonly Shape[];
}

/** Finds the details of one kind. */
export interface Finder {
  /**
   * False only where `find` would find nothing: most texts hold nothing, and are to say so at once.
   */
  mayFind(reading: Reading, place: Place): boolean;
  find(reading: Reading, place: Place): Hit[];
}

/**
 * An expression that looks back or reads far, and a quick one for what is in each of its finds. The
 * sign needs no Unicode to ignore case: what folds to a letter of ASCII is one by now.
 */
export interface Guarded {
  sign: RegExp;
  whole: RegExp;
}

/** All finds of the expression. */
export function matchesOf({ sign, whole }: Guarded, text: string): RegExpExecArray[] {
  return sign.test(text) ? [...text.matchAll(whole)] : [];
}
