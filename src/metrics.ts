import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PollReport } from './flows/hear/keep.ts';
import type { SweepReport } from './flows/forget/sweep.ts';
import type { Verified } from './flows/answer/verify.ts';

/** What is counted, for Prometheus. No label ever holds an address, a query or a name. */
export interface Metrics {
  polled(kind: string, report: PollReport, seconds: number): void;
  published(outcome: string): void;
  escalated(steps: number): void;
  swept(report: SweepReport): void;
  /** Mentions whose text was kept long enough. */
  erased(mentions: number): void;
  /** Seconds that the longest due look for deletions is late. */
  sweepLag(seconds: number): void;
  /** Threads and pages that were read for answers. */
  looked(outcomes: Partial<Record<Verified, number>>): void;
  queue(gauges: { waiting: number; open: number; claimed: number }): void;
  job(chore: string, outcome: string): void;
  /** Jobs that failed to the last retry, and are kept for people to see. */
  deadJobs(count: number): void;
  oldestWaiting(seconds: number): void;
  /** The text of `/metrics`. */
  text(): Promise<string>;
  contentType: string;
}

/** A registry of its own, so that two Earshots in one process do not meet. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const polls = new Counter({
    name: 'earshot_polls_total',
    help: 'Polls by source kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const failures = new Counter({
    name: 'earshot_poll_failures_total',
    help: 'Failed polls by source kind and kind of failure.',
    labelNames: ['kind', 'failure'],
    registers,
  });
  const posts = new Counter({
    name: 'earshot_posts_total',
    help: 'Posts that polls brought.',
    labelNames: ['kind'],
    registers,
  });
  const matches = new Counter({
    name: 'earshot_matches_total',
    help: 'Posts about a keyword that were negative enough for a card or the digest.',
    labelNames: ['kind'],
    registers,
  });
  const mentions = new Counter({
    name: 'earshot_mentions_total',
    help: 'Mentions stored.',
    labelNames: ['kind'],
    registers,
  });
  const duration = new Histogram({
    name: 'earshot_poll_seconds',
    help: 'How long a poll took.',
    labelNames: ['kind'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const lag = new Histogram({
    name: 'earshot_lag_seconds',
    help: 'From the publication of a post to its mention.',
    labelNames: ['kind'],
    buckets: [10, 30, 60, 120, 300, 600, 1800, 3600, 21_600, 86_400],
    registers,
  });
  const cards = new Counter({
    name: 'earshot_cards_total',
    help: 'Attempts to bring a card and its thread up to date, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const steps = new Counter({
    name: 'earshot_escalations_total',
    help: 'Steps of escalation policies taken.',
    registers,
  });
  const sweeps = new Counter({
    name: 'earshot_swept_total',
    help: 'Stored posts that their place was asked about, by what came of it.',
    labelNames: ['outcome'],
    registers,
  });
  const erasures = new Counter({
    name: 'earshot_erased_total',
    help: 'Mentions whose text was erased, since it was gone at its source or kept long enough.',
    labelNames: ['reason'],
    registers,
  });
  const sweepLag = new Gauge({
    name: 'earshot_sweep_lag_seconds',
    help: 'How late the longest due look for deletions is.',
    registers,
  });
  const looks = new Counter({
    name: 'earshot_answers_total',
    help: 'Looks for public answers, by what was found.',
    labelNames: ['outcome'],
    registers,
  });
  const depth = new Gauge({
    name: 'earshot_mentions',
    help: 'Mentions by what they wait for.',
    labelNames: ['state'],
    registers,
  });
  const oldest = new Gauge({
    name: 'earshot_oldest_waiting_seconds',
    help: 'How long the oldest mention that waits for its card has waited; 0: none waits.',
    registers,
  });
  const jobs = new Counter({
    name: 'earshot_jobs_total',
    help: 'Jobs that this process carried out, by chore and outcome (Postgres only).',
    labelNames: ['chore', 'outcome'],
    registers,
  });
  const dead = new Gauge({
    name: 'earshot_dead_jobs',
    help: 'Jobs that failed to the last retry, within the last days (Postgres only).',
    registers,
  });
  return {
    job: (chore, outcome) => jobs.inc({ chore, outcome }),
    deadJobs: (count) => dead.set(count),
    oldestWaiting: (seconds) => oldest.set(seconds),
    polled(kind, report, seconds) {
      polls.inc({ kind, outcome: report.outcome });
      duration.observe({ kind }, seconds);
      if (report.outcome === 'failed') failures.inc({ kind, failure: report.failure.kind });
      if (report.outcome !== 'polled') return;
      posts.inc({ kind }, report.posts);
      matches.inc({ kind }, report.matched);
      mentions.inc({ kind }, report.stored);
      if (report.lagSeconds !== null) lag.observe({ kind }, Math.max(0, report.lagSeconds));
    },
    published: (outcome) => cards.inc({ outcome }),
    escalated: (count) => steps.inc(count),
    swept({ asked, missed, withdrawn, unknown }) {
      const there = asked - missed - withdrawn - unknown;
      const outcomes = { there, missed, gone: withdrawn, unknown };
      for (const [outcome, count] of Object.entries(outcomes)) {
        sweeps.inc({ outcome }, Math.max(0, count));
      }
      erasures.inc({ reason: 'gone' }, withdrawn);
    },
    erased: (count) => erasures.inc({ reason: 'age' }, count),
    sweepLag: (seconds) => sweepLag.set(Math.max(0, seconds)),
    looked(outcomes) {
      for (const [outcome, count] of Object.entries(outcomes)) looks.inc({ outcome }, count);
    },
    queue(gauges) {
      for (const [state, value] of Object.entries(gauges)) depth.set({ state }, value);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
