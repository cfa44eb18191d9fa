import { digitRuns, type Run } from './digits.ts';
import { veil } from './veil.ts';

/** A folded text and what several detectors need to know of it, found out once. */
export interface Reading {
  text: string;
  /** The text with look-alikes hidden, place by place the same. */
  readonly veiled: string;
  /** The digits of the veiled text. */
  readonly runs: readonly Run[];
}

export function read(text: string): Reading {
  let veiled: string | undefined;
  let runs: Run[] | undefined;
  return {
    text,
    get veiled() {
      return (veiled ??= veil(text));
    },
    get runs() {
      return (runs ??= [...digitRuns(this.veiled)]);
    },
  };
}
