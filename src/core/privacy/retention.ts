import type { ExpiryLimits, Settings } from '../ports.ts';
import type { SourceRules } from '../source.ts';

/** Days that text is kept at most, whatever happens to the mention and whatever the settings say. */
export const LONGEST_DAYS = 90;
/** What a source demands is kept with this margin, since the sweep comes now and then. */
const MARGIN_MS = 3600 * 1000;
const DAY_MS = 24 * 3600 * 1000;

/** Before which instants text has been kept long enough; a source's own rule only ever shortens. */
export function expiryLimits(
  { retentionDays }: Pick<Settings, 'retentionDays'>,
  sources: readonly { kind: string; rules: Pick<SourceRules, 'keepDays'> }[],
  now: Date,
): ExpiryLimits {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const days = Math.min(Math.max(retentionDays, 0), LONGEST_DAYS);
  return {
    endedBefore: before(days),
    foundBefore: before(LONGEST_DAYS),
    foundBeforeByKind: Object.fromEntries(
      sources.flatMap(({ kind, rules: { keepDays } }) =>
        keepDays !== null && keepDays < LONGEST_DAYS
          ? [[kind, new Date(before(keepDays).getTime() + MARGIN_MS)]]
          : [],
      ),
    ),
  };
}
