import { chances, type Halves } from '../src/core/negativity/score.ts';
import { macroRecall } from './metrics.ts';

/** A held-back text: what the halves said of it, its label, and how much it counts. */
export interface Judged {
  halves: Pick<Halves, 'net' | 'linear'>;
  label: number;
  weight: number;
}

const STEPS = 12;

/**
 * How to blend the halves: weight of the net and of the linear model, what is added for negative
 * and positive so that the chances are calibrated (least log loss), and what is added on top for
 * choosing the label (best macro-recall). `share` is the linear model's part of the two weights.
 */
export function fitBlend(groups: readonly (readonly Judged[])[], share: number): number[] {
  const rows = groups.flat();
  let at: [number, number, number] = [0.7, 0, 0];
  for (let step = 0; step < STEPS; step++) at = newtonStep(rows, share, at);
  const [scale, negative, positive] = at;
  const blend = [scale * (1 - share), scale * share, negative, positive];
  return [...blend, ...labelBias(groups, blend), 0, 0];
}

/** One Newton step of the log loss over scale, negative and positive. */
function newtonStep(
  rows: readonly Judged[],
  share: number,
  [scale, negative, positive]: [number, number, number],
): [number, number, number] {
  const g = [0, 0, 0];
  const h = [1e-6, 0, 0, 0, 1e-6, 0, 0, 0, 1e-6];
  for (const { halves, label, weight } of rows) {
    const bad = mix(halves.net.negative, halves.linear.negative, share);
    const good = mix(halves.net.positive, halves.linear.positive, share);
    const [p, , r] = chances({
      negative: scale * bad + negative,
      positive: scale * good + positive,
    });
    const [dx, dy] = [p - (label === 0 ? 1 : 0), r - (label === 2 ? 1 : 0)];
    const [xx, xy, yy] = [p * (1 - p), -p * r, r * (1 - r)];
    g[0]! += weight * (dx * bad + dy * good);
    g[1]! += weight * dx;
    g[2]! += weight * dy;
    h[0]! += weight * (bad * bad * xx + 2 * bad * good * xy + good * good * yy);
    h[1]! += weight * (bad * xx + good * xy);
    h[2]! += weight * (bad * xy + good * yy);
    h[4]! += weight * xx;
    h[5]! += weight * xy;
    h[8]! += weight * yy;
  }
  [h[3], h[6], h[7]] = [h[1]!, h[2]!, h[5]!];
  const [a, b, c] = solve3(h, g);
  return [scale - a, negative - b, positive - c];
}

/** Solves a 3 by 3 system by Cramer's rule. */
function solve3(m: readonly number[], v: readonly number[]): [number, number, number] {
  const det = (column: number): number => {
    const [a, b, c, d, e, f, g, h, i] = m.map((x, k) =>
      k % 3 === column ? v[Math.floor(k / 3)]! : x,
    ) as [number, number, number, number, number, number, number, number, number];
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  };
  const whole = det(3);
  return [det(0) / whole, det(1) / whole, det(2) / whole];
}

function mix(net: number, linear: number, share: number): number {
  return (1 - share) * net + share * linear;
}

/** The label by a blend: the class with the highest logit, with what is added for choosing. */
export function labelOf({ net, linear }: Judged['halves'], blend: readonly number[]): number {
  const [a, b, n, p, ln, lp] = blend as [number, number, number, number, number, number];
  const bad = a * net.negative + b * linear.negative + n + ln;
  const good = a * net.positive + b * linear.positive + p + lp;
  return bad > 0 && bad >= good ? 0 : good > 0 ? 2 : 1;
}

function labelBias(
  groups: readonly (readonly Judged[])[],
  blend: readonly number[],
): [number, number] {
  let best: [number, number] = [0, 0];
  let most = 0;
  for (let bad = -0.4; bad <= 1.4; bad += 0.05) {
    for (let good = -0.6; good <= 0.6; good += 0.05) {
      const all = [...blend, bad, good];
      const recalls = groups.map((rows) =>
        macroRecall(
          rows.map(({ halves }) => labelOf(halves, all)),
          rows.map(({ label }) => label),
        ),
      );
      const mean = recalls.reduce((a, b) => a + b, 0) / groups.length;
      if (mean > most) [most, best] = [mean, [bad, good]];
    }
  }
  return best;
}
