import type { Judged } from './calibrate.ts';
import { fitBlend, labelOf } from './calibrate.ts';
import { SOURCES } from './data.ts';
import type { Linear } from './fit-linear.ts';
import { averagePrecision, macroRecall, precisionAt } from './metrics.ts';
import { pack } from './pack.ts';
import type { Prepared } from './prepare.ts';
import { unpack } from '../src/core/negativity/model.ts';
import { blend, chances, runHalves } from '../src/core/negativity/score.ts';
import { rawSense } from '../src/core/negativity/sense.ts';

/** The linear model's part of the blend. */
const LINEAR_SHARE = 0.35;
/** Sources like the posts that will be judged: the blend is fitted on their held-back rows. */
const BLEND_ON = ['semeval_tweets', 'semeval_sms_lj_sarcasm', 'senti4sd_stackoverflow'];

/** Packs the model, fits the blend with the code that ships, packs again, and reports. */
export function finish(
  prepared: Prepared,
  net: ReadonlyMap<string, Float32Array>,
  linear: Linear,
  write: (bytes: Uint8Array) => void,
): void {
  const draft = unpack(pack(prepared, net, linear, { blend: [], senseMean: [], senseUnit: [] }));
  const held = prepared.seen.filter(({ row, tokens }) => row.dev && tokens.length > 0);
  const halves = held.map(({ tokens }) => runHalves(draft, tokens));
  const sizes = SOURCES.map((_, s) => held.filter(({ row }) => row.source === s).length);
  const rowsOf = (names: readonly string[]): Judged[] =>
    held.flatMap(({ row }, i) => {
      const name = SOURCES[row.source]!.name;
      if (!names.includes(name)) return [];
      return [{ halves: halves[i]!, label: row.label, weight: 1 / sizes[row.source]! }];
    });
  const blended = fitBlend(
    BLEND_ON.map((name) => rowsOf([name])),
    LINEAR_SHARE,
  );
  const bytes = pack(prepared, net, linear, {
    blend: blended,
    ...spread(held.map(({ tokens }) => rawSense(draft, tokens))),
  });
  write(bytes);
  const model = unpack(bytes);
  console.log('source                   rows  recall  AP    P@R80   (percent)');
  for (const { name } of SOURCES) {
    const rows = rowsOf([name]);
    if (rows.length === 0) continue;
    const truth = rows.map(({ label }) => label);
    const guesses = rows.map((row) => labelOf(row.halves, blended));
    const scores = rows.map((row) => chances(blend(model, row.halves))[0]);
    const bad = truth.map((label) => label === 0);
    const figures = [
      macroRecall(guesses, truth),
      averagePrecision(scores, bad),
      precisionAt(0.8, scores, bad),
    ];
    console.log(
      name.padEnd(24),
      String(rows.length).padStart(5),
      ...figures.map((x) => (100 * x).toFixed(1).padStart(6)),
    );
  }
}

/** Mean of each number over the rows, and one over its standard deviation. */
function spread(rows: readonly (readonly number[])[]): {
  senseMean: number[];
  senseUnit: number[];
} {
  const width = rows[0]!.length;
  const senseMean = Array.from({ length: width }, (_, i) => average(rows, (row) => row[i]!));
  const senseUnit = senseMean.map(
    (mean, i) => 1 / Math.sqrt(average(rows, (row) => (row[i]! - mean) ** 2) + 1e-6),
  );
  return { senseMean, senseUnit };
}

function average<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
}
