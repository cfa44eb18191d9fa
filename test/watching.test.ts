import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createMetrics } from '../src/metrics.ts';

/** What Prometheus itself says of whom it asks. */
const OF_PROMETHEUS = ['up'];
const BOARD = 'docs/grafana/earshot.json';
const ALERTS = 'docs/alerts.yaml';

/** Names that `/metrics` exposes; a histogram has three. */
async function exposed(): Promise<Set<string>> {
  const text = await createMetrics().text();
  const names = new Set(OF_PROMETHEUS);
  for (const [, name, type] of text.matchAll(/^# TYPE (\S+) (\S+)$/gmu)) {
    for (const part of type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']) {
      names.add(`${name}${part}`);
    }
  }
  return names;
}

/** Metrics that an expression of Prometheus names: before a selector, or alone in brackets. */
function metricsIn(expression: string): string[] {
  const bare = expression.replace(/"[^"]*"/gu, '""').replace(/\bby \([^)]*\)/gu, '');
  return [...bare.matchAll(/\b(?:up|(?:earshot|process|nodejs)_\w+)\b/gu)].map(([name]) => name);
}

interface Board {
  panels: { title: string; description: string; targets: { expr: string }[] }[];
}

test('every metric on the board exists, and every metric of ours is on the board', async () => {
  const names = await exposed();
  const { panels } = JSON.parse(readFileSync(BOARD, 'utf8')) as Board;
  const shown = new Set<string>();
  for (const { title, description, targets } of panels) {
    assert.notEqual(description, '', title);
    assert.ok(targets.length > 0, title);
    for (const { expr } of targets) {
      const used = metricsIn(expr);
      assert.ok(used.length > 0, `${title}: ${expr}`);
      for (const name of used) {
        assert.ok(names.has(name), `${title} asks for ${name}, which nothing exposes`);
        shown.add(name.replace(/_(?:bucket|sum|count)$/u, ''));
      }
    }
  }
  const ours = [...names].filter((name) => name.startsWith('earshot_'));
  for (const name of ours) {
    const whole = name.replace(/_(?:bucket|sum|count)$/u, '');
    assert.ok(shown.has(whole) || shown.has(name), `no panel shows ${name}`);
  }
});

test('every metric of an alert exists, and every alert says what it means and how bad it is', async () => {
  const names = await exposed();
  const alerts = readFileSync(ALERTS, 'utf8')
    .split(/^ {6}- alert: /mu)
    .slice(1);
  assert.ok(alerts.length >= 10);
  for (const alert of alerts) {
    const name = alert.split('\n')[0]!;
    const expression = /^ {8}expr: (.*(?:\n {10}.*)*)/mu.exec(alert)?.[1] ?? '';
    const used = metricsIn(expression);
    assert.ok(used.length > 0, `${name} asks for nothing`);
    for (const metric of used) assert.ok(names.has(metric), `${name} asks for ${metric}`);
    assert.match(alert, /^ {8}for: \d+[mh]$/mu, name);
    assert.match(alert, /severity: (?:info|warning|critical) \}$/mu, name);
    assert.match(alert, /^ {10}summary: .+\n {10}description: .+\.$/mu, name);
  }
});
