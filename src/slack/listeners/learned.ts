import { MAX_CORRECTIONS } from '../../core/negativity/learn.ts';
import { whatWasLearned } from '../../flows/hear/learn.ts';
import { learnedMessage } from '../blocks/learned.ts';
import type { Message } from '../blocks/message.ts';
import { cardUrl, type Listening } from './context.ts';

/** Lessons whose cards are looked up: those that are shown. */
const SHOWN = 15;

/** The answer to `/earshot learned`, as it is now. */
export async function learned(deps: Listening): Promise<Message> {
  const { id: workspaceId } = deps.workspace;
  const { stores } = deps.flows;
  const summary = await whatWasLearned(deps.flows, workspaceId);
  const shown = summary.lessons.slice(0, SHOWN);
  const [keywords, mentions, names] = await Promise.all([
    stores.keywords.list(workspaceId),
    Promise.all(shown.map(({ id }) => stores.mentions.find(workspaceId, id))),
    deps.people.names(shown.map(({ by }) => by)),
  ]);
  const queries = new Map(keywords.map(({ id, query }) => [id, query]));
  const urls = new Map(
    mentions.flatMap((mention) => (mention ? [[mention.id, cardUrl(deps, mention)]] : [])),
  );
  return learnedMessage(
    {
      ...summary,
      most: MAX_CORRECTIONS,
      queryOf: (id) => queries.get(id ?? '') ?? null,
      cardUrlOf: (id) => urls.get(id) ?? null,
    },
    names,
  );
}
