/** A refusal with a sentence that a person can act on. */
export interface Refusal {
  ok: false;
  message: string;
}

export function refuse(message: string): Refusal {
  return { ok: false, message };
}
