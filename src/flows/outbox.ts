import type { Mention } from '../core/mention.ts';
import type { Settings } from '../core/ports.ts';
import { change } from './change.ts';
import { publishMention, type Published, type PublishDeps } from './publish.ts';

/** How many rows one look at the outbox takes up. */
const BATCH = 500;
/** New cards before it is asked anew which one is the most negative. */
const CARDS = 20;

/**
 * The outbox of one workspace is the rows themselves. First the cards that show too little, then
 * new cards, the most negative first, then the lines that miss in threads: nobody waits for those,
 * since a click brings its own. Ends early when Slack is unwell; the rows remember the rest.
 */
export async function drain(deps: PublishDeps, workspaceId: string): Promise<void> {
  const { mentions, workspaces } = deps.stores;
  for (const { id } of await mentions.stale(workspaceId, BATCH)) {
    if ((await publishMention(deps, workspaceId, id)) === 'later') return;
  }
  const settings = await workspaces.settings(workspaceId);
  for (let posted = 1; posted > 0;) {
    posted = 0;
    for (const mention of await mentions.waiting(workspaceId, CARDS)) {
      const outcome = await publishNew(deps, mention, settings);
      if (outcome === 'later') return;
      if (outcome === 'done') posted += 1;
    }
  }
  for (const id of await mentions.unlogged(workspaceId, BATCH)) {
    if ((await publishMention(deps, workspaceId, id)) === 'later') return;
  }
}

/** The first card of a mention: committed as open before Slack hears of it. */
async function publishNew(
  deps: PublishDeps,
  mention: Mention,
  settings: Settings,
): Promise<Published> {
  const { workspaceId, id } = mention;
  const keyword = await deps.stores.keywords.find(workspaceId, mention.keywordId);
  const channelId = keyword?.channelId ?? settings.channelId;
  if (channelId === null) return 'refused';
  if ((await deps.isStillThere?.(workspaceId, id)) === false) return 'refused';
  await change(deps, workspaceId, id, { type: 'post', actor: 'system', channelId });
  return publishMention(deps, workspaceId, id, 'card');
}

/**
 * One drain at a time for each workspace. Who asks while one is under way gets another one after
 * it, so that what came meanwhile is not left for the next minute.
 */
export function createOutbox(deps: PublishDeps): (workspaceId: string) => Promise<void> {
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  return (workspaceId) => {
    const current = running.get(workspaceId);
    if (current !== undefined) {
      current.again = true;
      return current.done;
    }
    const run = { again: false, done: Promise.resolve() };
    running.set(workspaceId, run);
    run.done = (async () => {
      try {
        do {
          run.again = false;
          await drain(deps, workspaceId);
        } while (run.again);
      } finally {
        running.delete(workspaceId);
      }
    })();
    return run.done;
  };
}
