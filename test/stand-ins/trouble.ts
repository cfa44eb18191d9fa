import type { Reply } from '../helpers/web.ts';
import type { Place } from './place.ts';

/** Lets some requests pass, and answers the one after them with trouble. */
export function troubleAfter(place: Place, passing: number, trouble: Reply): void {
  const pass = undefined as unknown as Reply;
  place.next.push(...Array.from({ length: passing }, () => pass), trouble);
}
