/**
 * The judgement, measured: `npx tsx bench/negativity.ts [DATA]`. Without DATA, the folder of labelled
 * texts, only the speed is measured, on made-up posts; `--learning` behind DATA measures that alone.
 */
import { pathToFileURL } from 'node:url';
import Sentiment from 'sentiment';
import { judge } from '../src/core/negativity/judge.ts';
import { adjust, correct, nothingLearned, type Learned } from '../src/core/negativity/learn.ts';
import type { Verdict } from '../src/core/verdict.ts';
import { readRows, SOURCES } from '../train/data.ts';
import { LABELS, type Row } from '../train/rows.ts';
import { generator } from '../train/generator.ts';
import { averagePrecision, macroRecall, precisionAt } from '../train/metrics.ts';
import { madeUpRows } from '../train/samples.ts';
import { ASKING, FRESH, SEVERE } from '../test/core/negativity/fresh.ts';
import { PLAIN, TRICKY, type Probe } from '../test/core/negativity/probes.ts';

const sentiment = new Sentiment();

/** Processor time of some work in seconds: unlike the clock, it does not count what else runs here. */
function seconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Speed on one core, cold (first sight of each text) and warm, next to `sentiment` alone. */
function speed(texts: readonly string[]): void {
  const first = seconds(() => judge('The first text unpacks the model.'));
  const cold = seconds(() => texts.forEach((text) => judge(text)));
  const warm = Math.min(
    ...[1, 2, 3].map(() => seconds(() => texts.forEach((text) => judge(text)))),
  );
  const alone = Math.min(
    ...[1, 2, 3].map(() => seconds(() => texts.forEach((text) => sentiment.analyze(text)))),
  );
  const rate = (time: number) => Math.round(texts.length / time).toLocaleString('en');
  console.log(
    `speed, ${texts.length} posts, posts a second of processor time: cold ${rate(cold)}, warm ${rate(warm)}; sentiment alone ${rate(alone)}`,
  );
  console.log(`first judgement: ${(1000 * first).toFixed(0)} ms`);
}

interface Figures {
  recall: number;
  ap: number;
  precision: number;
}

function figures(
  rows: readonly Row[],
  labels: readonly number[],
  scores: readonly number[],
): Figures {
  const bad = rows.map(({ label }) => label === 0);
  return {
    recall:
      100 *
      macroRecall(
        labels,
        rows.map(({ label }) => label),
      ),
    ap: 100 * averagePrecision(scores, bad),
    precision: 100 * precisionAt(0.8, scores, bad),
  };
}

function line(name: string, { recall, ap, precision }: Figures): string {
  return `  ${name.padEnd(10)} macro-recall ${recall.toFixed(1)}  AP ${ap.toFixed(1)}  P@R80 ${precision.toFixed(1)}`;
}

/** Quality on what was held back from training, ours and `sentiment` alone. */
function quality(rows: readonly Row[]): void {
  for (const [source, { name }] of SOURCES.entries()) {
    const own = rows.filter((row) => row.source === source);
    if (own.length === 0) continue;
    const verdicts = own.map(({ text }) => judge(text));
    const scores = own.map(({ text }) => sentiment.analyze(text).score);
    const bySign = scores.map((score) => (score < 0 ? 0 : score > 0 ? 2 : 1));
    console.log(`${name}, ${own.length} texts held back`);
    const ours = verdicts.map(({ label }) => LABELS.indexOf(label));
    console.log(
      line(
        'earshot',
        figures(
          own,
          ours,
          verdicts.map(({ negativity }) => negativity),
        ),
      ),
    );
    console.log(
      line(
        'sentiment',
        figures(
          own,
          bySign,
          scores.map((score) => -score),
        ),
      ),
    );
  }
}

const BINS = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** How often a text of a given negativity is labelled negative: what calibration promises. */
function reliability(name: string, rows: readonly Row[]): void {
  console.log(`reliability on ${name}`);
  const judged = rows.map(({ text, label }) => ({
    chance: judge(text).negativity,
    bad: label === 0,
  }));
  for (let bin = 0; bin + 1 < BINS.length; bin++) {
    const [from, to] = [BINS[bin]!, BINS[bin + 1]!];
    const own = judged.filter(({ chance }) => chance >= from && (chance < to || to === 1));
    if (own.length === 0) continue;
    const said = own.reduce((sum, { chance }) => sum + chance, 0) / own.length;
    const was = own.filter(({ bad }) => bad).length / own.length;
    console.log(
      `  ${from.toFixed(2)}-${to.toFixed(2)}  ${String(own.length).padStart(5)} texts  said ${said.toFixed(2)}  was ${was.toFixed(2)}`,
    );
  }
}

/** Made-up posts by kind: how many get the right label, how many a false alarm, and AP. */
function confusions(kinds: Readonly<Record<string, readonly Probe[]>>): void {
  for (const [kind, probes] of Object.entries(kinds)) {
    const verdicts = probes.map(({ text }) => judge(text));
    const bad = probes.map(({ label }) => label === 'negative');
    const right = verdicts.filter(({ label }, i) => label === probes[i]!.label).length;
    const alarms = verdicts.filter(({ label }, i) => label === 'negative' && !bad[i]).length;
    const missed = verdicts.filter(({ label }, i) => label !== 'negative' && bad[i]).length;
    const scores = verdicts.map(({ negativity }) => negativity);
    const ap = new Set(bad).size > 1 ? (100 * averagePrecision(scores, bad)).toFixed(1) : '';
    console.log(`| ${[kind, probes.length, right, alarms, missed, ap].join(' | ')} |`);
  }
}

/** Severity and questions on made-up posts: found, and taken for it by mistake. */
function marks(): void {
  const posts = Object.entries(SEVERE).flatMap(([kind, texts]) =>
    texts.map((text) => ({ kind, told: judge(text).severity ?? 'none' })),
  );
  for (const kind of Object.keys(SEVERE)) {
    const own = posts.filter((post) => post.kind === kind);
    const found = own.filter(({ told }) => told === kind).length;
    const wrong = posts.filter((post) => post.told === kind && post.kind !== kind).length;
    console.log(`| ${[kind, own.length, found, wrong].join(' | ')} |`);
  }
  const asked = ASKING.asks.filter((text) => judge(text).question).length;
  const told = ASKING.tells.filter((text) => judge(text).question).length;
  console.log(`| ${['a question', ASKING.asks.length, asked, told].join(' | ')} |`);
  const probes = [...PLAIN, ...Object.values(FRESH).flat()];
  const praise = probes.map(({ text, label }) => ({ label, said: judge(text).label }));
  const praised = praise.filter(({ label }) => label === 'positive');
  const found = praised.filter(({ said }) => said === 'positive').length;
  const wrong = praise.filter(({ label, said }) => said === 'positive' && label !== said).length;
  console.log(`| ${['praise', praised.length, found, wrong].join(' | ')} |`);
}

/** Texts of the English training tweets that are taken for another language, in percent. */
function refusals(rows: readonly Row[]): number {
  return (100 * rows.filter(({ text }) => !judge(text).judged).length) / rows.length;
}

const CORRECTIONS = 50;
/** Negativity from which the imagined team sees a post. */
const SHOWN_FROM = 0.35;

/** Precision at the recall that the plain verdicts have at `SHOWN_FROM`, without and with learning. */
export interface Replay {
  before: number;
  after: number;
  recall: number;
  agreed: number;
}

/** A post of a stream: what is said of it without learning, and whether the team wants it. */
export interface Heard {
  text: string;
  wanted: boolean;
  plain: Verdict;
}

function heard({ text, label }: Row, isOurs = true): Heard {
  return { text, wanted: isOurs && label === 0, plain: judge(text) };
}

/** Orders of the stream that a replay is averaged over. */
const ORDERS = 24;
/** Posts of a stream that are used of each source. */
const STREAM = 2500;
/** Streams that are long enough to have a rest to measure on. */
const SHORTEST = 1000;
/**
 * Streams with a namesake: posts of the second source have the name too, and are not about us,
 * whatever their label.
 */
const NAMESAKES = [
  ['semeval_tweets', 'vader_movies'],
  ['semeval_tweets', 'vader_nyt'],
  ['semeval_tweets', 'senti4sd_stackoverflow'],
  ['semeval_sms_lj_sarcasm', 'vader_amazon'],
  ['senti4sd_stackoverflow', 'semeval_tweets'],
  ['vader_movies', 'goemotions'],
] as const;
/** Share of the posts that are about the namesake, where there are as many. */
const NAMESAKE = 0.3;

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((one) => ({ one, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

/**
 * Replays a stream: of the posts that it is shown, a team calls 50 wrong ones *Not negative* or *Not
 * about us* and claims the right ones; then the rest of the stream is judged with and without what
 * was learned.
 */
export function replay(posts: readonly Heard[], seed: number): Replay | null {
  let state: Learned = nothingLearned('bench');
  let [wrong, agreed] = [0, 0];
  const rest: { bad: boolean; plain: number; taught: number }[] = [];
  for (const [i, { text, wanted: bad, plain }] of shuffled(posts, generator(seed)).entries()) {
    if (wrong === CORRECTIONS) {
      rest.push({ bad, plain: plain.negativity, taught: adjust(plain, state, text).negativity });
    } else if (plain.negativity >= SHOWN_FROM) {
      state = correct(state, text, bad ? 'negative' : 'not-negative', String(i));
      if (bad) agreed++;
      else wrong++;
    }
  }
  const hits = rest.map(({ bad }) => bad);
  const caught = rest.filter(({ bad, plain }) => bad && plain >= SHOWN_FROM).length;
  if (caught === 0) return null;
  const recall = caught / hits.filter(Boolean).length;
  const at = (scores: number[]) => 100 * precisionAt(recall, scores, hits);
  return {
    recall: 100 * recall,
    before: at(rest.map(({ plain }) => plain)),
    after: at(rest.map(({ taught }) => taught)),
    agreed,
  };
}

/** The mean over `ORDERS` orders and its standard error, as a row of a table. */
function replays(name: string, posts: readonly Heard[]): string {
  const all = Array.from({ length: ORDERS }, (_, seed) => replay(posts, seed + 1)).flatMap(
    (one) => one ?? [],
  );
  const mean = (of: (one: Replay) => number) =>
    all.reduce((sum, one) => sum + of(one), 0) / all.length;
  const gain = ({ before, after }: Replay) => after - before;
  const gained = mean(gain);
  const spread = Math.sqrt(mean((one) => (gain(one) - gained) ** 2));
  const up = all.filter((one) => gain(one) > 0).length;
  const down = all.filter((one) => gain(one) < 0).length;
  const cells = [
    name,
    posts.length,
    mean(({ recall }) => recall).toFixed(1),
    mean(({ before }) => before).toFixed(1),
    mean(({ after }) => after).toFixed(1),
    `${gained < 0 ? '' : '+'}${gained.toFixed(2)} ± ${(spread / Math.sqrt(all.length)).toFixed(2)}`,
    mean(({ agreed }) => agreed).toFixed(0),
    `${up} / ${down} of ${all.length}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What 50 corrections change, on streams of one kind and on streams with a namesake. */
function learning(held: readonly Row[]): void {
  console.log(
    `learning: precision at equal recall after ${CORRECTIONS} corrections, mean of ${ORDERS} orders`,
  );
  console.log('| stream | posts | recall | before | after | gain | claims | better / worse |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  const of = (name: string, most: number) =>
    shuffled(
      held.filter(({ source }) => SOURCES[source]!.name === name),
      generator(1),
    ).slice(0, most);
  for (const { name } of SOURCES) {
    const rows = of(name, STREAM);
    if (rows.length < SHORTEST) continue;
    console.log(
      replays(
        name,
        rows.map((row) => heard(row)),
      ),
    );
  }
  for (const [name, namesake] of NAMESAKES) {
    const rows = of(name, STREAM);
    const others = of(namesake, Math.round((rows.length * NAMESAKE) / (1 - NAMESAKE)));
    const posts = [...rows.map((row) => heard(row)), ...others.map((row) => heard(row, false))];
    console.log(replays(`${name}, a namesake in ${namesake}`, posts));
  }
}

/** Runs everything and prints it. */
export function run(data?: string, only?: string): Promise<void> {
  if (data !== undefined && only === '--learning') {
    learning(readRows(data).filter(({ dev }) => dev));
    return Promise.resolve();
  }
  speed(madeUpRows(0).map(({ text }) => text));
  console.log('| made-up posts | posts | right | false alarms | complaints missed | AP |');
  confusions({ 'plain posts': PLAIN, ...TRICKY });
  console.log('| a second set | posts | right | false alarms | complaints missed | AP |');
  confusions(FRESH);
  console.log('| mark | posts | found | wrongly told |');
  marks();
  if (data === undefined) return Promise.resolve();
  const all = readRows(data);
  const held = all.filter(({ dev }) => dev);
  speed(held.filter(({ source }) => source === 0).map(({ text }) => text));
  quality(held);
  const sarcasm = held.filter(({ id }) => id.includes('sarcasm-'));
  console.log(`of these the sarcastic tweets, ${sarcasm.length}`);
  const verdicts = sarcasm.map(({ text }) => judge(text));
  const labels = verdicts.map(({ label }) => LABELS.indexOf(label));
  console.log(
    line(
      'earshot',
      figures(
        sarcasm,
        labels,
        verdicts.map((v) => v.negativity),
      ),
    ),
  );
  const bitter = labels.filter((_, i) => sarcasm[i]!.label === 0);
  console.log(
    `  of ${bitter.length} negative ones ${bitter.filter((label) => label === 0).length} are called so`,
  );
  reliability(
    SOURCES[0]!.name,
    held.filter(({ source }) => source === 0),
  );
  reliability(
    SOURCES[8]!.name,
    held.filter(({ source }) => source === 8),
  );
  console.log(
    `taken for another language: ${refusals(all.filter(({ source }) => source === 0)).toFixed(2)} % of the tweets`,
  );
  learning(held);
  return Promise.resolve();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await run(process.argv[2], process.argv[3]);
