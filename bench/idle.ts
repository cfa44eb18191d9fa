/** A process that has nothing to do: how soon it is there, its memory, its share of a core. */
import { setTimeout as pause } from 'node:timers/promises';
import { ensureBuilt } from '../bin/build.js';
import { DEFAULT_SETTINGS } from '../src/core/ports.ts';
import { openDatabase } from '../src/store/db.ts';
import { createStores } from '../src/store/index.ts';
import { migrateUp } from '../src/store/migrate.ts';
import { sampleKeyword, sampleSource } from '../test/helpers/samples.ts';
import { CHANNEL, TEAM } from '../test/helpers/slack-standin.ts';
import { startWeb, type Web } from '../test/helpers/web.ts';
import type { Figure, Section } from './figures.ts';
import { openPlace, type Running } from './process.ts';

const START = ['bin/earshot.js', 'start'];
const STARTS = 5;
const SETTLING_MS = 120_000;
const RUNS = 3;
const RUN_MS = 20_000;
const POSTS = 1000;
/** Of a document of the feed. */
const ITEMS = 100;
/** Half of them are not English, so that the languages are told apart as well. */
const TEXTS = [
  'Acme Broadband is down again, still waiting, nobody answers the phone. Awful service',
  'Acme Broadband ist schon wieder gestört, seit Tagen wartet man auf einen Techniker',
  'The engineer of Acme Broadband came in time, was friendly, and all works now',
  'Encore une panne chez Acme Broadband, personne ne répond depuis trois jours',
];

export async function run(): Promise<Section> {
  await ensureBuilt();
  const figures = [await starts(), ...(await rest()), await later()];
  return {
    title: 'At rest',
    about: `On an empty SQLite database and a stand-in for Slack, as \`npm start\`, the container and the unit of systemd run it. Started until it says that it listens; then left alone for ${SETTLING_MS / 60_000} minutes, and watched for the next. Once more after it has heard, judged and stored ${POSTS.toLocaleString('en')} posts in three languages, and was left alone for as long.`,
    figures,
    notes: [],
  };
}

const common = { who: 'Earshot', better: 'less' as const };

async function starts(): Promise<Figure> {
  const runs: number[] = [];
  for (let turn = 0; turn < STARTS; turn += 1) {
    const place = await openPlace();
    runs.push((await place.start(START)).startSeconds);
    await place.end();
  }
  return { ...common, what: 'start', unit: 's', runs };
}

async function rest(): Promise<Figure[]> {
  const place = await openPlace();
  const { sizes, shares } = await watch(await place.start(START));
  await place.end();
  return [
    { ...common, what: 'memory', unit: 'MB', runs: sizes },
    { ...common, what: 'processor', unit: '% of a core', runs: shares },
  ];
}

async function later(): Promise<Figure> {
  const place = await openPlace();
  const web = await startWeb();
  const { judged, close } = await furnish(place.databaseUrl, web);
  const env = { EARSHOT_PRIVATE_HOSTS: web.host, POLL_CRON: '*/2 * * * * *' };
  const running = await place.start(START, env);
  while ((await judged()) < POSTS) await pause(1000);
  const { sizes } = await watch(running);
  await place.end();
  await close();
  await web.close();
  return {
    ...{ ...common, what: `memory after ${POSTS.toLocaleString('en')} posts`, unit: 'MB' },
    runs: sizes,
  };
}

async function watch(running: Running): Promise<{ sizes: number[]; shares: number[] }> {
  await pause(SETTLING_MS);
  const [sizes, shares]: number[][] = [[], []];
  for (let turn = 0; turn < RUNS; turn += 1) {
    const before = running.processorSeconds();
    await pause(RUN_MS);
    shares!.push(((running.processorSeconds() - before) / RUN_MS) * 1000 * 100);
    sizes!.push(running.megabytes());
  }
  return { sizes: sizes!, shares: shares! };
}

/** A forum whose feed is empty at the first, silent look, and has other posts at each look after it. */
async function furnish(databaseUrl: string, web: Web) {
  let made = 0;
  let looks = 0;
  web.on('/feed.xml', () => {
    const count = (looks += 1) === 1 || made >= POSTS ? 0 : ITEMS;
    const items = Array.from({ length: count }, () => {
      const number = (made += 1);
      return `<item><title>Sample ${number}</title><link>${web.url}/${number}</link><guid>${number}</guid><pubDate>${new Date().toUTCString()}</pubDate><description>${TEXTS[number % TEXTS.length]}. Sample ${number}.</description></item>`;
    });
    const body = `<rss version="2.0"><channel><title>Forum (sample)</title>${items.join('')}</channel></rss>`;
    return { headers: { 'content-type': 'application/xml' }, body };
  });
  const db = await openDatabase(databaseUrl);
  await migrateUp(db);
  const { workspaces, keywords, sources } = createStores(db);
  const at = new Date();
  await workspaces.save({ id: TEAM, name: 'Bench', botUserId: 'UBOT', createdAt: at });
  await workspaces.changeSettings(TEAM, { ...DEFAULT_SETTINGS, channelId: CHANNEL });
  await keywords.add(sampleKeyword({ workspaceId: TEAM, createdAt: at }));
  const address = `${web.url}/feed.xml`;
  await sources.add(
    sampleSource({ workspaceId: TEAM, address, intervalSeconds: 1, nextPollAt: at }),
  );
  return {
    judged: async () => (await db('sources').first<{ posts: number }>('posts'))!.posts,
    close: () => db.destroy(),
  };
}
