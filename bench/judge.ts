/**
 * How many posts a second are judged, beside the `sentiment` package, which gives a number for the
 * words and no more. How well they are judged is measured by `bench/negativity.ts`.
 */
import Sentiment from 'sentiment';
import { judge } from '../src/core/negativity/judge.ts';
import { madeUpRows } from '../train/samples.ts';
import { processorSeconds, type Figure, type Section } from './figures.ts';

const RUNS = 7;
const POSTS = 5000;

const LONG =
  'Acme Broadband again: the router lost its line this morning and the page with the status says ' +
  'that all is well. I have called twice, waited for forty minutes each time, and was cut off both ' +
  'times. The engineer who should have come on Monday did not come, and nobody wrote to say so. ';
const KEYWORD = [{ start: 0, end: 'Acme Broadband'.length }];

export async function run(): Promise<Section> {
  const texts = madeUpRows(0)
    .slice(0, POSTS)
    .map(({ text }) => text);
  const sentiment = new Sentiment();
  const letters = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  judge('The first text unpacks the model.');
  const what = 'known words';
  const long = texts.map((_, i) => `${LONG}${LONG}${LONG}`.slice(0, 690) + ` Sample ${i}.`);
  return {
    title: 'Judging',
    about: `${texts.length.toLocaleString('en')} made-up posts of ${letters.toFixed(0)} signs on average, for each second of processor time: verdict, reasons, severity, language, question. "First sight": each text is new. "700 signs": the length of many a post in a forum, judged around a keyword.`,
    figures: [
      { ...(await rate('first sight', 'Earshot', texts, (text) => judge(text), 1)) },
      await rate(what, 'Earshot', texts, (text) => judge(text)),
      await rate(what, '`sentiment`', texts, (text) => sentiment.analyze(text)),
      await rate('700 signs about a keyword', 'Earshot', long, (text) => judge(text, KEYWORD)),
    ],
    notes: [],
  };
}

async function rate(
  what: string,
  who: string,
  texts: readonly string[],
  work: (text: string) => unknown,
  times = RUNS,
): Promise<Figure> {
  const runs: number[] = [];
  for (let run = 0; run < times; run += 1) {
    runs.push(texts.length / (await processorSeconds(() => texts.forEach(work))));
  }
  return { what, who, unit: 'posts/s', better: 'more', runs };
}
