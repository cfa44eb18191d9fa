/** The addresses at which an app may answer an interaction: five times, within thirty minutes. */
import { randomBytes } from 'node:crypto';

const USES = 5;
const LIFE_MS = 30 * 60_000;

/** What an answer there refers to. */
export interface ResponseContext {
  userId: string;
  channelId: string;
  /** The message whose button was pressed, if it was one. */
  messageTs?: string;
  ephemeral?: boolean;
}

export interface ResponseUrls {
  issue(context: ResponseContext): string;
  /** Spends one use. */
  use(id: string): ResponseContext | 'expired_url' | 'used_url';
}

export function createResponseUrls(baseUrl: string, now: () => Date): ResponseUrls {
  const issued = new Map<string, { context: ResponseContext; left: number; until: number }>();
  return {
    issue(context) {
      const at = now().getTime();
      for (const [id, { until }] of issued) if (until < at) issued.delete(id);
      const id = randomBytes(16).toString('hex');
      issued.set(id, { context, left: USES, until: at + LIFE_MS });
      return `${baseUrl}/response/${id}`;
    },
    use(id) {
      const entry = issued.get(id);
      if (!entry || entry.until < now().getTime()) return 'expired_url';
      if (entry.left === 0) return 'used_url';
      entry.left -= 1;
      return entry.context;
    },
  };
}
