/**
 * Every measurement, one after the other: `npm run bench`, or `npm run bench -- match feeds` for
 * some. With `--data FOLDER` the judgement is measured on labelled texts as well. Figures are of
 * this machine and this run; peers run beside Earshot in the same run.
 */
import { parseArgs } from 'node:util';
import { createMatching } from '../src/flows/matching.ts';
import { POLLS_AT_ONCE } from '../src/schedule.ts';
import { run as race } from './feeds.ts';
import { run as ingest } from './ingest.ts';
import { run as jetstream } from './jetstream.ts';
import { run as match } from './match.ts';
import { run as negativity } from './negativity.ts';
import { openPipeline } from './pipeline.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' } },
});

/** Of these keywords, one matches a post in thirty of the race's feeds. */
const KEYWORDS = 1000;

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  async match() {
    title('matching: posts of 280 signs a second, one core');
    const rows = match().map(({ keywords, matcher, regExps, matchesPerPost }) => ({
      keywords,
      'Earshot, median': matcher.median,
      'lowest and highest': `${matcher.low} to ${matcher.high}`,
      'one RegExp each': regExps.median,
      'matches a post': matchesPerPost.toFixed(2),
    }));
    console.table(rows);
  },

  async judge() {
    title('judging');
    await negativity(values.data);
  },

  async feeds() {
    title('1,000 feeds of 30 items: poll, match 1,000 keywords, judge, store');
    const pipeline = await openPipeline({ keywords: KEYWORDS, wanted: ['"topic 7"'] });
    const { rows, megabytes, absent } = await race({ pipeline: pipeline.take, atOnce: POLLS_AT_ONCE });
    console.table(rows.map(({ seconds, ...row }) => ({ ...row, seconds: seconds.toFixed(2) })));
    console.log(`${megabytes.toFixed(0)} MB; ${await pipeline.stored()} mentions stored`);
    if (absent !== null) console.log(`newsboat did not take part: ${absent}`);
    for (const round of ['cold', 'unchanged']) {
      const [ours, theirs] = ['Earshot', 'newsboat'].map(
        (who) => rows.find((row) => row.who.startsWith(who) && row.round === round)?.seconds,
      );
      if (ours && theirs) console.log(`${round}: ${(theirs / ours).toFixed(1)} times as fast`);
    }
    await pipeline.close();
  },

  async ingest() {
    title('from feed bytes to stored verdicts: posts of 700 bytes');
    console.table(await ingest());
  },

  async jetstream() {
    title('Jetstream: 2,000 posts a second for a minute, matched with 1,000 keywords');
    const find = createMatching();
    const createdAt = new Date();
    const keywords = Array.from({ length: KEYWORDS }, (_, index) => ({
      id: `k${index}`,
      query: index === 0 ? 'acme' : `sampleword${index}`,
      paused: false,
      createdAt,
    })) as unknown as Parameters<typeof find>[1];
    let matched = 0;
    const onPosts = (posts: Parameters<typeof find>[2]) => {
      matched += find('bluesky', keywords, posts).length;
    };
    console.table([{ ...(await jetstream({ onPosts })), matched }]);
  },
};

function title(text: string): void {
  console.log(`\n${text}`);
}

const wanted = positionals.length > 0 ? positionals : Object.keys(BENCHES);
const unknown = wanted.filter((name) => BENCHES[name] === undefined);
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(', ')}: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
for (const name of wanted) await BENCHES[name]?.();
process.exit(0);
