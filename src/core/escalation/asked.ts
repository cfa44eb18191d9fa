import type { Actor, Mention, MentionEvent } from '../mention.ts';
import type { Step, Tell } from './policy.ts';
import { onCall, type Rota } from './rota.ts';

/** Slack ids of those whom steps ask, and of the channels that they tell. */
export interface Asked {
  /** People (U...) and user groups (S...), each once. */
  to: string[];
  channels: string[];
}

/** What is known when steps are taken. */
export interface Circumstances {
  rotas: readonly Rota[];
  claimedBy: Actor | null;
  /** Whom the thread has asked so far. */
  named: readonly string[];
  now: Date;
}

/** Whom these steps ask now: rotas become people, everybody becomes those who were named. */
export function whomToAsk(steps: readonly Step[], circumstances: Circumstances): Asked {
  const to = new Set<string>();
  const channels = new Set<string>();
  for (const tell of steps.flatMap((step) => step.tell)) {
    if (tell.kind === 'channel') channels.add(tell.id);
    else for (const id of idsOf(tell, circumstances, to)) to.add(id);
  }
  return { to: [...to], channels: [...channels] };
}

/** Whom the thread of a mention has asked since it was last opened. */
export function namedIn(
  events: readonly MentionEvent[],
  { openedAt }: Pick<Mention, 'openedAt'>,
): string[] {
  return events
    .filter(({ at }) => openedAt !== null && at >= openedAt)
    .flatMap((event) => {
      if (event.type === 'escalated') return event.to;
      return event.type === 'assigned' ? [event.to] : [];
    });
}

function idsOf(
  tell: Exclude<Tell, { kind: 'channel' }>,
  { rotas, claimedBy, named, now }: Circumstances,
  sofar: ReadonlySet<string>,
): readonly string[] {
  switch (tell.kind) {
    case 'person':
    case 'group':
      return [tell.id];
    case 'rota': {
      const rota = rotas.find(({ id }) => id === tell.id);
      const duty = rota === undefined ? null : onCall(rota, now);
      return duty === null ? [] : [duty.person];
    }
    case 'claimer':
      return claimedBy === null ? [] : [claimedBy];
    case 'everybody':
      return [...named, ...(claimedBy === null ? [] : [claimedBy]), ...sofar];
  }
}
