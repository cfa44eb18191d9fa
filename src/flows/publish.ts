import { nextStepAt } from '../core/escalation/index.ts';
import { isErased, type Mention } from '../core/mention.ts';
import type { CardView, Log, Notifier, Sent, Stores } from '../core/ports.ts';
import type { ChangeDeps } from './change.ts';
import { readRules } from './policies.ts';

export interface PublishDeps extends ChangeDeps {
  stores: Pick<Stores, 'mentions' | 'keywords' | 'sources' | 'workspaces' | 'policies' | 'rotas'>;
  notifier: Notifier;
  log: Log;
  /** Runs work for one key after the work already under way for it. */
  serially: Serially;
}

export type Serially = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Whether Slack took it; `later` asks the caller to stop for now. */
export type Published = 'done' | 'later' | 'refused';

/** In one process, the work of each key goes one after the other. */
export function createSerially(): Serially {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = tails.get(key) ?? Promise.resolve();
    const run = before.then(work, work);
    const tail = run.catch(() => undefined);
    tails.set(key, tail);
    try {
      return await run;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
}

/**
 * Brings Slack up to what the database says about one mention: its card, then the lines of its
 * thread, or the card alone. Safe to repeat; what Slack does not take now stays marked in the rows,
 * and the outbox tries again.
 */
export function publishMention(
  deps: PublishDeps,
  workspaceId: string,
  mentionId: string,
  what: 'all' | 'card' = 'all',
): Promise<Published> {
  return deps.serially(`${workspaceId}/${mentionId}`, async () => {
    const mention = await deps.stores.mentions.find(workspaceId, mentionId);
    if (mention?.channelId == null) return 'done';
    const carded = await publishCard(deps, mention, mention.channelId);
    if (carded !== 'done' || what === 'card') return carded;
    return publishLines(deps, workspaceId, mentionId);
  });
}

async function publishCard(
  deps: PublishDeps,
  mention: Mention,
  channelId: string,
): Promise<Published> {
  const { mentions } = deps.stores;
  const { workspaceId, id, version, cardTs, cardVersion } = mention;
  if (cardTs !== null && cardVersion >= version) return 'done';
  if (cardTs === null && isErased(mention)) return 'done';
  const view = await cardView(deps, mention);
  const sent =
    cardTs === null
      ? await deps.notifier.postCard(view, channelId)
      : await deps.notifier.updateCard(view, channelId, cardTs);
  if (sent.ok) {
    await mentions.recordCard(workspaceId, id, { channelId, ts: sent.ts, version });
    return 'done';
  }
  if (sent.outcome === 'gone' && cardTs !== null) {
    // Somebody deleted the message; the mention still wants its card.
    await mentions.forgetCard(workspaceId, id);
    return 'later';
  }
  return report(deps, mention, sent);
}

async function publishLines(
  deps: PublishDeps,
  workspaceId: string,
  mentionId: string,
): Promise<Published> {
  const { mentions } = deps.stores;
  const mention = await mentions.find(workspaceId, mentionId);
  if (mention === null || mention.cardTs === null || mention.channelId === null) return 'done';
  for (const event of await mentions.events(workspaceId, mentionId)) {
    if (event.logTs !== null) continue;
    const sent = await deps.notifier.postLine(event, mention, mention.channelId, mention.cardTs);
    if (!sent.ok) return report(deps, mention, sent);
    await mentions.recordLine(workspaceId, event.id, sent.ts);
  }
  return 'done';
}

function report(deps: PublishDeps, mention: Mention, sent: Sent & { ok: false }): Published {
  const fields = { mentionId: mention.id, channelId: mention.channelId, cause: sent.cause };
  if (sent.outcome === 'later') {
    deps.log.warn(fields, 'Slack did not take it; it will be tried again');
    return 'later';
  }
  deps.log.error(fields, 'Slack refuses this card: is Earshot in the channel?');
  return 'refused';
}

async function cardView(deps: PublishDeps, mention: Mention): Promise<CardView> {
  const { workspaceId } = mention;
  const [keyword, source, events, rules] = await Promise.all([
    deps.stores.keywords.find(workspaceId, mention.keywordId),
    deps.stores.sources.find(workspaceId, mention.sourceId),
    deps.stores.mentions.events(workspaceId, mention.id),
    readRules(deps.stores, workspaceId),
  ]);
  return {
    mention,
    keyword,
    sourceLabel: source?.label ?? mention.sourceKind,
    events,
    nextStepAt: nextStepAt(rules.policyOf(mention), mention),
    now: deps.clock(),
  };
}
