import type { TestContext } from 'node:test';
import type { NamedPolicy, Rota } from '../../src/core/escalation/index.ts';
import { readClock } from '../../src/core/escalation/index.ts';
import type { Command } from '../../src/core/lifecycle.ts';
import type { Mention } from '../../src/core/mention.ts';
import { instantOf } from '../../src/core/zone.ts';
import { act } from '../../src/flows/act.ts';
import { escalateDue } from '../../src/flows/escalate.ts';
import { drain } from '../../src/flows/outbox.ts';
import { createSerially } from '../../src/flows/publish.ts';
import { openDatabase } from '../../src/store/db.ts';
import { createStores } from '../../src/store/index.ts';
import { world } from './flows.ts';
import { transcript } from './transcript.ts';

type Doing = Command extends infer C ? (C extends Command ? Omit<C, 'actor'> : never) : never;

/** Times are those of the wall clock, as `2026-03-02 09:15`; of two the first, `+1` behind: the second. */
export type Scene =
  | { at: string; found: string; over?: Partial<Mention> }
  | { at: string; who: string; on: string; does: Doing }
  /** The process dies while it tells Slack of the step of that minute, and is started again later. */
  | { at: string; downUntil: string };

export interface Story {
  timeZone: string;
  from: string;
  to: string;
  /** Minutes between two looks at the clock, as the schedule has one. */
  every?: number;
  policies: NamedPolicy[];
  rotas?: Rota[];
  scenes: Scene[];
}

const MINUTE = 60_000;

/**
 * Lets the clock run from one instant to another over the real flows and a real database, and
 * returns what the channel showed.
 */
export async function play(t: TestContext, story: Story): Promise<string> {
  const { timeZone, policies, rotas = [], every = 1 } = story;
  const it = await world(t, { timeZone });
  const at = (text: string) => instant(text, timeZone);
  const setClock = (to: Date) => it.later((to.getTime() - it.clock().getTime()) / MINUTE);
  setClock(at(story.from));
  for (const policy of policies) await it.stores.policies.save(policy);
  for (const rota of rotas) {
    await it.stores.rotas.save(rota);
    for (const swap of rota.swaps) await it.stores.rotas.addSwap('T1', rota.id, swap);
  }
  const ids = new Map<string, string>();
  const labels = new Map<string, string>();
  const kept = transcript(it.clock, timeZone, (id) => labels.get(id) ?? id);
  it.notifier = kept.notifier;

  async function perform(scene: Scene): Promise<void> {
    if ('found' in scene) {
      const publishedAt = new Date(it.clock().getTime() - 5 * MINUTE);
      const [mention] = await it.found({ publishedAt, ...scene.over });
      ids.set(scene.found, mention!.id);
      labels.set(mention!.id, scene.found);
    } else if ('does' in scene) {
      const mentionId = ids.get(scene.on) ?? '';
      const command = { ...scene.does, actor: scene.who } as Command;
      await act(it, { workspaceId: 'T1', mentionId, command });
    }
  }

  const scenes = story.scenes.map((scene) => ({ scene, at: at(scene.at) }));
  for (
    let now = at(story.from);
    now <= at(story.to);
    now = new Date(now.getTime() + every * MINUTE)
  ) {
    setClock(now);
    const here = scenes.filter((one) => one.at <= now);
    scenes.splice(0, here.length);
    const crash = here.find(({ scene }) => 'downUntil' in scene)?.scene;
    for (const { scene } of here) await perform(scene);
    if (crash !== undefined && 'downUntil' in crash) {
      kept.pullPlug();
      await Promise.resolve(escalateDue(it, 'T1')).catch(() => undefined);
      kept.remark(`Earshot is down until ${crash.downUntil.slice(11)}`);
      const db = await openDatabase(`sqlite:${it.path}`);
      t.after(() => db.destroy());
      it.stores = createStores(db);
      it.serially = createSerially();
      now = at(crash.downUntil);
      setClock(now);
      kept.plugIn();
    }
    await drain(it, 'T1');
    await escalateDue(it, 'T1');
  }
  return kept.text();
}

function instant(text: string, timeZone: string): Date {
  const [date = '', clock = ''] = text.split(' ');
  const isSecond = clock.endsWith('+1');
  const first = instantOf(date, readClock(clock.replace('+1', '')) ?? 0, timeZone);
  return isSecond ? new Date(first.getTime() + 60 * MINUTE) : first;
}
