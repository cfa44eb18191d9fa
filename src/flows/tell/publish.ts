import {
  answerDueAt,
  firstAnswerAt,
  namedIn,
  nextStep,
  whomToAsk,
} from '../../core/escalation/index.ts';
import { isErased, type Mention, type MentionEvent } from '../../core/mention.ts';
import { cardKey, lineKey } from '../../core/ports.ts';
import type { CardView, Log, Notifier, Sent, Stores, UpcomingStep } from '../../core/ports.ts';
import type { ChangeDeps } from '../change.ts';
import { clearHomes } from './homes.ts';
import { readRules, type Rules } from '../set-up/policies.ts';
import { sendOnce, type SendDeps } from './send.ts';

export interface PublishDeps extends ChangeDeps, SendDeps {
  stores: Pick<
    Stores,
    | 'mentions'
    | 'keywords'
    | 'sources'
    | 'workspaces'
    | 'policies'
    | 'rotas'
    | 'writers'
    | 'postings'
    | 'homeViews'
  >;
  notifier: Notifier;
  log: Log;
  /** Whether a post that waited for its card is still at its source; absent where nobody can ask. */
  isStillThere?: (workspaceId: string, mentionId: string) => Promise<boolean>;
  /** Runs work for one key after the work already under way for it. */
  serially: Serially;
}

export type Serially = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * Whether Slack took it. `later` and `doubtful` ask the caller to stop for now, the latter since
 * Slack may have taken it and broke off; `resting`: this one has to wait, and keeps no other waiting.
 */
export type Published = 'done' | 'later' | 'doubtful' | 'resting' | 'refused';

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
    if (isErased(mention)) await clearHomes(deps, workspaceId);
    if (carded !== 'done' || what === 'card') return carded;
    return publishLines(deps, workspaceId, mentionId);
  });
}

/** Draws a live card again though its mention has not changed: something beside it has. */
export function redrawCard(
  deps: PublishDeps,
  workspaceId: string,
  mentionId: string,
): Promise<Published> {
  return deps.serially(`${workspaceId}/${mentionId}`, async () => {
    const mention = await deps.stores.mentions.find(workspaceId, mentionId);
    if (mention?.cardTs == null || mention.channelId === null) return 'done';
    const { channelId, cardTs, version } = mention;
    const sent = await deps.notifier.updateCard(await cardView(deps, mention), channelId, cardTs);
    if (!sent.ok) return report(deps, mention, sent);
    await deps.stores.mentions.recordCard(workspaceId, mentionId, {
      channelId,
      ts: cardTs,
      version,
    });
    return 'done';
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
  const posting = { workspaceId, key: cardKey(id), channelId, threadTs: null };
  if (cardTs === null && isErased(mention)) {
    await deps.stores.postings.release(posting);
    return 'done';
  }
  const view = await cardView(deps, mention);
  const sent =
    cardTs === null
      ? await sendOnce(deps, posting, () => deps.notifier.postCard(view, channelId))
      : await deps.notifier.updateCard(view, channelId, cardTs);
  if (sent.ok) {
    const isOld = 'isOld' in sent && sent.isOld;
    await mentions.recordCard(workspaceId, id, {
      ...{ channelId, ts: sent.ts, version: isOld ? 0 : version },
    });
    const fields = { workspaceId, mentionId: id, channelId, version };
    if (isOld) deps.log.info(fields, 'a card that Slack had taken was found');
    else if (cardTs === null) deps.log.info(fields, 'a card was posted');
    else deps.log.debug(fields, 'a card was brought up to date');
    // What was found there shows an earlier version, perhaps.
    return isOld
      ? publishCard(deps, { ...mention, cardTs: sent.ts, cardVersion: 0 }, channelId)
      : 'done';
  }
  if (sent.outcome === 'gone' && cardTs !== null) {
    // Somebody deleted the message; the mention still wants its card.
    await deps.stores.postings.release(posting);
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
  if (mention?.cardTs == null || mention.channelId === null) return 'done';
  const { channelId, cardTs: threadTs } = mention;
  for (const event of await mentions.events(workspaceId, mentionId)) {
    if (event.logTs !== null) continue;
    // The line comes last: it marks the step as told.
    const told = await tellChannels(deps, event, mention);
    if (told !== null) return report(deps, mention, told);
    const posting = { workspaceId, key: lineKey(event.id), channelId, threadTs };
    const sent = await sendOnce(deps, posting, () =>
      deps.notifier.postLine(event, mention, channelId, threadTs),
    );
    if (!sent.ok) return report(deps, mention, sent);
    await mentions.recordLine(workspaceId, event.id, sent.ts);
    const fields = { workspaceId, mentionId, eventId: event.id, type: event.type };
    deps.log.debug(fields, 'a line was posted');
  }
  return 'done';
}

/** What keeps a step from being told now; a channel that refuses for good is for the operator. */
async function tellChannels(
  deps: PublishDeps,
  event: MentionEvent,
  mention: Mention,
): Promise<(Sent & { ok: false }) | null> {
  if (event.type !== 'escalated') return null;
  for (const channelId of event.channels ?? []) {
    const { workspaceId } = mention;
    const key = `pointer ${event.id} ${channelId}`;
    const posting = { workspaceId, key, channelId, threadTs: null };
    const sent = await sendOnce(deps, posting, () =>
      deps.notifier.pointTo(mention, channelId, key),
    );
    if (sent.ok) {
      await deps.stores.postings.sent(posting, sent.ts);
      continue;
    }
    if (sent.outcome === 'later') return sent;
    const fields = { mentionId: mention.id, channelId, cause: sent.cause };
    deps.log.error(fields, 'a channel of a policy refuses: is Earshot in it?');
  }
  return null;
}

function report(deps: PublishDeps, mention: Mention, sent: Sent & { ok: false }): Published {
  const fields = { mentionId: mention.id, channelId: mention.channelId, cause: sent.cause };
  if (sent.outcome === 'later' && sent.resting === true) {
    deps.log.debug(fields, 'it waits for its time');
    return 'resting';
  }
  if (sent.outcome === 'later') {
    deps.log.warn(fields, 'Slack did not take it; it will be tried again');
    return sent.uncertain === true ? 'doubtful' : 'later';
  }
  deps.log.error(fields, 'Slack refuses this card: is Earshot in the channel?');
  return 'refused';
}

async function cardView(deps: PublishDeps, mention: Mention): Promise<CardView> {
  const { workspaceId } = mention;
  const [keyword, source, events, rules, writers] = await Promise.all([
    deps.stores.keywords.find(workspaceId, mention.keywordId),
    deps.stores.sources.find(workspaceId, mention.sourceId),
    deps.stores.mentions.events(workspaceId, mention.id),
    readRules(deps.stores, workspaceId),
    deps.stores.writers.list(workspaceId),
  ]);
  return {
    mention,
    keyword,
    sourceLabel: source?.label ?? mention.sourceKind,
    events,
    ...outlook(rules, mention, events),
    writer: writers.find(({ mentionId }) => mentionId === mention.id)?.writer ?? null,
    now: deps.clock(),
  };
}

/** What the clock will do, and by when an answer is wanted. */
function outlook(
  rules: Rules,
  mention: Mention,
  events: readonly MentionEvent[],
): Pick<CardView, 'nextStep' | 'answerDueAt'> {
  const policy = rules.policyOf(mention);
  const next = nextStep(policy, mention);
  return {
    nextStep: next === null ? null : upcoming(rules, mention, events, next),
    answerDueAt: firstAnswerAt(events) === null ? answerDueAt(policy, mention) : null,
  };
}

/** Rotas are read at the time of the step: whoever is on call then will be asked. */
function upcoming(
  { rotas }: Rules,
  mention: Mention,
  events: readonly MentionEvent[],
  { step, at }: NonNullable<ReturnType<typeof nextStep>>,
): UpcomingStep {
  const named = namedIn(events, mention);
  const asked = whomToAsk([step], { rotas, claimedBy: mention.claimedBy, named, now: at });
  return { at, release: step.release === true, ...asked };
}
