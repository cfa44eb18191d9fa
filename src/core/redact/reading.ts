import { digitRuns, type Run } from './digits.ts';
import { veil } from './veil.ts';

/** A folded text and what several detectors need to know of it, found out once. */
export interface Reading {
  text: string;
  /** How many digits the text has: most texts have too few for most details. */
  readonly digits: number;
  /** The text with look-alikes hidden, place by place the same. */
  readonly veiled: string;
  /** The digits of the veiled text. */
  readonly runs: readonly Run[];
}

export function read(text: string): Reading {
  let digits: number | undefined;
  let veiled: string | undefined;
  let runs: Run[] | undefined;
  return {
    text,
    get digits() {
      return (digits ??= text.match(/\d/g)?.length ?? 0);
    },
    get veiled() {
      return (veiled ??= veil(text));
    },
    get runs() {
      // A veil only hides: where the bare text has no run, the veiled one has none.
      return (runs ??= hasRuns(text) ? [...digitRuns(this.veiled)] : []);
    },
  };
}

function hasRuns(text: string): boolean {
  return digitRuns(text).next().done === false;
}
