/** One line of `earshot doctor`: what was looked at, and what to do where it does not work. */
export interface Finding {
  ok: boolean;
  what: string;
  /** Null where all is well. */
  fix: string | null;
}

export function good(what: string): Finding {
  return { ok: true, what, fix: null };
}

export function bad(what: string, fix: string): Finding {
  return { ok: false, what, fix };
}

/** Of something that threw: its sentence says what to do. */
export function broken(what: string, error: unknown): Finding {
  return bad(what, error instanceof Error ? error.message : String(error));
}
