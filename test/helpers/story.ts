import type { TestContext } from 'node:test';
import { lastDue } from '../../src/core/digest.ts';
import {
  nextStepAt,
  readClock,
  type NamedPolicy,
  type Rota,
} from '../../src/core/escalation/index.ts';
import type { Command } from '../../src/core/lifecycle.ts';
import type { Mention } from '../../src/core/mention.ts';
import type { Settings } from '../../src/core/ports.ts';
import { instantOf } from '../../src/core/time/zone.ts';
import { act } from '../../src/flows/act/act.ts';
import { publishDigests } from '../../src/flows/tell/digest.ts';
import { escalateDue } from '../../src/flows/act/escalate.ts';
import { createOutbox } from '../../src/flows/tell/outbox.ts';
import { readRules } from '../../src/flows/set-up/policies.ts';
import { createSerially, publishMention } from '../../src/flows/tell/publish.ts';
import { bringUp, claimStorm } from '../../src/flows/tell/storm.ts';
import { world, type World } from './flows.ts';
import { mortal, type Fate } from './mortal.ts';
import { outagePost } from './outage-posts.ts';
import { sampleMention, sampleSource } from './samples.ts';
import { transcript, type Transcript } from './transcript.ts';

type Doing = Command extends infer C ? (C extends Command ? Omit<C, 'actor'> : never) : never;

/** Times are those of the wall clock, as `2026-03-02 09:15`; of two the first, `+1` behind: the second. */
export type Scene =
  | { at: string; found: string; over?: Partial<Mention> }
  /** So many of the samples of an outage, without names. */
  | { at: string; crowd: number }
  | { at: string; who: string; on: string; does: Doing }
  /** Claims the storm, or takes the next few from behind it. */
  | { at: string; who: string; storm: 'claim' | number }
  /** Claims and answers so many of the crowd's cards, the longest open first. */
  | { at: string; who: string; works: number }
  /** The process dies while it tells Slack of the step of that minute, and is started again later. */
  | { at: string; downUntil: string };

export interface Story {
  timeZone: string;
  from: string;
  to: string;
  /** Minutes between two looks at the clock, as the schedule has one. */
  every?: number;
  settings?: Partial<Settings>;
  policies: NamedPolicy[];
  rotas?: Rota[];
  scenes: Scene[];
}

export interface Played {
  text: string;
  kept: Transcript;
  it: World;
  /** How often the process died. */
  deaths: number;
}

const MINUTE = 60_000;
/** With nothing to do, the clock is looked at this often. */
const IDLE_MINUTES = 60;
const CROWD_PLACES = ['Acme users forum (sample)', 'Hacker News', '#acme@sample.example'];

/**
 * Lets the clock run from one instant to another over the real flows, and returns what the channel
 * showed. `fate` lets the process die before one write or call to Slack and another, and start
 * again at once.
 */
export async function play(
  t: TestContext,
  story: Story,
  options: { kind?: 'memory' | 'sqlite'; fate?: Fate } = {},
): Promise<Played> {
  const { timeZone, policies, rotas = [], every = 1, settings = {} } = story;
  const it = await world(t, { timeZone, digestTimes: [], ...settings }, options.kind);
  const at = (text: string) => instant(text, timeZone);
  const setClock = (to: Date) => it.later((to.getTime() - it.clock().getTime()) / MINUTE);
  setClock(at(story.from));
  for (const policy of policies) await it.stores.policies.save(policy);
  for (const rota of rotas) {
    await it.stores.rotas.save(rota);
    for (const swap of rota.swaps) await it.stores.rotas.addSwap('T1', rota.id, swap);
  }
  for (const [place, label] of CROWD_PLACES.entries()) {
    await it.stores.sources.add(sampleSource({ id: `place-${place}`, label }));
  }
  const ids = new Map<string, string>();
  const labels = new Map<string, string>();
  const kept = transcript(it.clock, timeZone, (id) => labels.get(id) ?? null);

  const life = mortal({ stores: it.stores, notifier: kept.notifier }, options.fate);
  const live = { ...it, ...life.parts, publish: publishNow, clock: it.clock };
  let outbox = createOutbox(live);
  async function publishNow(workspaceId: string, mentionId: string): Promise<void> {
    await publishMention(live, workspaceId, mentionId);
  }

  /** What was in memory is lost. */
  function startAgain(): void {
    live.serially = createSerially();
    outbox = createOutbox(live);
  }

  /** Works until it is done, however often the process dies of it. */
  async function enduring(work: () => Promise<unknown>): Promise<void> {
    while (!(await life.survives(work))) {
      do startAgain();
      while (!(await life.survives(() => outbox('T1'))));
    }
  }

  async function tick(): Promise<void> {
    await enduring(() => outbox('T1'));
    await enduring(() => publishDigests(live, 'T1'));
    await enduring(() => escalateDue(live, 'T1'));
  }

  let crowd = 0;
  async function perform(scene: Scene): Promise<void> {
    if ('found' in scene) {
      const publishedAt = new Date(it.clock().getTime() - 5 * MINUTE);
      const [mention] = await it.found({ publishedAt, ...scene.over });
      ids.set(scene.found, mention!.id);
      labels.set(mention!.id, scene.found);
    } else if ('crowd' in scene) {
      await it.found(...Array.from({ length: scene.crowd }, () => ofCrowd((crowd += 1) - 1)));
    } else if ('does' in scene) {
      await does(scene.who, ids.get(scene.on) ?? '', scene.does);
    } else if ('storm' in scene) {
      await inStorm(scene.who, scene.storm);
    } else if ('works' in scene) {
      const filter = { statuses: ['open'] as const };
      const open = await it.stores.mentions.list('T1', filter, { order: 'oldest' });
      const own = open.filter(({ id }) => !labels.has(id)).slice(0, scene.works);
      for (const { id, url } of own) {
        await does(scene.who, id, { type: 'claim' });
        await does(scene.who, id, { type: 'answer', url: `${url}#answer`, note: null });
      }
    }
  }

  /** Whoever presses a button and sees nothing happen presses it again. */
  async function does(actor: string, mentionId: string, doing: Doing): Promise<void> {
    const command = { ...doing, actor } as Command;
    await enduring(() => act(live, { workspaceId: 'T1', mentionId, command }));
    await enduring(() => publishNow('T1', mentionId));
  }

  async function inStorm(actor: string, what: 'claim' | number): Promise<void> {
    const storms = await it.stores.storms.since(
      'T1',
      new Date(it.clock().getTime() - 24 * 60 * MINUTE),
    );
    const storm = storms.at(-1);
    if (storm === undefined) throw new Error('there is no storm');
    if (what === 'claim') return enduring(() => claimStorm(live, { storm, actor }));
    const brought = async () =>
      (await it.stores.mentions.log('T1', { actor, types: ['posted'] }, 10_000)).length;
    const wanted = (await brought()) + what;
    await enduring(async () => bringUp(live, { storm, actor, count: wanted - (await brought()) }));
    await enduring(() => outbox('T1'));
  }

  const scenes = story.scenes.map((scene) => ({ scene, at: at(scene.at) }));
  const end = at(story.to);
  for (let now = at(story.from); now <= end; now = await nextLook(now)) {
    setClock(now);
    const here = scenes.filter((one) => one.at <= now);
    scenes.splice(0, here.length);
    for (const { scene } of here) {
      await perform(scene);
      if (!('downUntil' in scene)) continue;
      await life.diesAt('postLine', () => escalateDue(live, 'T1'));
      kept.remark(`Earshot is down until ${scene.downUntil.slice(11)}`);
      startAgain();
      now = at(scene.downUntil);
      setClock(now);
    }
    await tick();
  }
  return { text: kept.text(), kept, it, deaths: life.deaths() };

  /** The next look at the clock at which there is something to do; looks between would bring nothing. */
  async function nextLook(now: Date): Promise<Date> {
    const rules = await readRules(it.stores, 'T1');
    const running = await it.stores.mentions.list('T1', { statuses: ['open', 'claimed'] });
    const due = running.flatMap((one) => nextStepAt(rules.policyOf(one), one) ?? []);
    const { digestTimes } = await it.stores.workspaces.settings('T1');
    const hasStorm = (await it.stores.storms.since('T1', now)).length > 0;
    const isWaiting = (await it.stores.mentions.waiting('T1', 1)).length > 0;
    const since = lastDue(digestTimes, timeZone, now)?.getTime();
    const isBusy = (look: Date) =>
      hasStorm ||
      isWaiting ||
      look > end ||
      scenes.some((one) => one.at <= look) ||
      due.some((step) => step <= look) ||
      lastDue(digestTimes, timeZone, look)?.getTime() !== since;
    let look = now;
    for (let minutes = every; minutes <= IDLE_MINUTES; minutes += every) {
      look = new Date(now.getTime() + minutes * MINUTE);
      if (isBusy(look)) break;
    }
    return look;
  }
}

function ofCrowd(n: number): Partial<Mention> {
  const { text, author } = outagePost(n);
  const { verdict } = sampleMention();
  const severity = /sparks/iu.test(text) ? 'safety' : /alarm/iu.test(text) ? 'vulnerable' : null;
  return {
    ...{ title: null, text, author, sourceId: `place-${n % CROWD_PLACES.length}` },
    verdict: { ...verdict, severity: severity ?? (/down|outage/iu.test(text) ? 'outage' : null) },
  };
}

function instant(text: string, timeZone: string): Date {
  const [date = '', clock = ''] = text.split(' ');
  const isSecond = clock.endsWith('+1');
  const first = instantOf(date, readClock(clock.replace('+1', '')) ?? 0, timeZone);
  return isSecond ? new Date(first.getTime() + 60 * MINUTE) : first;
}
