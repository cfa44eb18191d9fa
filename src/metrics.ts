import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PollReport } from './flows/keep.ts';

/** What is counted, for Prometheus. No label ever holds an address, a query or a name. */
export interface Metrics {
  polled(kind: string, report: PollReport, seconds: number): void;
  published(outcome: string): void;
  escalated(steps: number): void;
  queue(gauges: { waiting: number; open: number; claimed: number }): void;
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
  const depth = new Gauge({
    name: 'earshot_mentions',
    help: 'Mentions by what they wait for.',
    labelNames: ['state'],
    registers,
  });
  return {
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
    queue(gauges) {
      for (const [state, value] of Object.entries(gauges)) depth.set({ state }, value);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
