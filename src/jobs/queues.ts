/** The chores that are handed out as jobs. */
export const CHORES = ['poll', 'publish', 'digest', 'escalate', 'verify', 'sweep'] as const;
export type Chore = (typeof CHORES)[number];

export interface QueueSettings {
  /** Jobs that one process works on at once. */
  workers: number;
  /** Seconds between looks at the queue; who sends a job wakes its own workers at once. */
  lookSeconds: number;
  /** A job whose process has died is handed out again after so long. */
  expireInSeconds: number;
  retryLimit: number;
  /** Seconds until the first retry; they double. */
  retryDelay: number;
}

export const QUEUES: Readonly<Record<Chore, QueueSettings>> = {
  poll: { workers: 8, lookSeconds: 2, expireInSeconds: 180, retryLimit: 3, retryDelay: 2 },
  // Slack takes one message a second, so a bad day is a long job.
  publish: { workers: 6, lookSeconds: 2, expireInSeconds: 900, retryLimit: 3, retryDelay: 2 },
  digest: { workers: 1, lookSeconds: 5, expireInSeconds: 300, retryLimit: 3, retryDelay: 15 },
  escalate: { workers: 1, lookSeconds: 5, expireInSeconds: 300, retryLimit: 3, retryDelay: 5 },
  verify: { workers: 2, lookSeconds: 5, expireInSeconds: 900, retryLimit: 2, retryDelay: 30 },
  sweep: { workers: 2, lookSeconds: 5, expireInSeconds: 3600, retryLimit: 2, retryDelay: 60 },
};

/** Longer than all retries of a poll together. */
export const RETRIES_SECONDS = 120;

/** Sent by the clock of the database, once for all processes; each brings jobs for every workspace. */
export const ROUNDS = {
  'every-minute': { cron: '* * * * *', chores: ['publish', 'digest', 'escalate', 'verify'] },
  'every-ten-minutes': { cron: '*/10 * * * *', chores: ['sweep'] },
} as const satisfies Record<string, { cron: string; chores: readonly Chore[] }>;
export type Round = keyof typeof ROUNDS;

/** Where jobs go that failed to the last retry. */
export const DEAD = 'dead-letters';
