/** How far the clock may be put right without anybody's noticing, in milliseconds. */
const UNNOTICED_MS = 5000;

/**
 * Notices that the system's clock was set: it has gone less far, or farther, than a clock that nobody
 * sets (which stands still while a laptop sleeps). Returns what is to be called now and then; that
 * calls `act` once for each time it happened. Both clocks in milliseconds.
 */
export function watchClock(wall: () => number, steady: () => number, act: () => void): () => void {
  let lead = wall() - steady();
  return () => {
    const before = lead;
    lead = wall() - steady();
    if (Math.abs(lead - before) > UNNOTICED_MS) act();
  };
}
