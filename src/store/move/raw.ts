/** The rows of a raw statement: the drivers answer in forms of their own. */
export function rowsOf<R>(answer: unknown): R[] {
  return (Array.isArray(answer) ? answer : (answer as { rows: unknown[] }).rows) as R[];
}
