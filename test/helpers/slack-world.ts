import type { TestContext } from 'node:test';
import { authorHasher } from '../../src/secret.ts';
import type { Mention } from '../../src/core/mention.ts';
import type { Settings } from '../../src/core/ports.ts';
import type { Http, Source } from '../../src/core/source.ts';
import { createMatching } from '../../src/flows/hear/matching.ts';
import { drain } from '../../src/flows/tell/outbox.ts';
import { createHearing } from '../../src/flows/set-up/preview.ts';
import { createSlackApp, type OwnSlackApp } from '../../src/slack/app.ts';
import { failureOfError } from '../../src/sources/http/failures.ts';
import { world, type World } from './flows.ts';
import { CHANNEL, slackStandin, type SlackStandin } from './slack-standin.ts';

/** The real Bolt app on the stand-in, with the flows on a real database and a set clock. */
export interface SlackWorld extends World {
  slack: SlackStandin;
  app: OwnSlackApp;
  /** Stores a mention, posts its card, and returns both. */
  carded(over?: Partial<Mention>): Promise<{ mention: Mention; ts: string }>;
  /** The mention as the database has it now. */
  now(id: string): Promise<Mention>;
  /** The lines in the thread of a card, in order. */
  thread(ts: string): string[];
}

/** As the door answers on a machine that is cut off. */
const noNetwork: Http = {
  get: async () => ({ ok: false, failure: failureOfError({ code: 'ENETUNREACH' }, null) }),
  guard: () => ({ ok: false, failure: failureOfError({ code: 'ENETUNREACH' }, null) }),
};
const SECRET = 'a secret for tests, 32 characters long';
const FAST = { calls: 1000, perMs: 1 };

export interface WorldOptions {
  settings?: Partial<Settings>;
  sources?: readonly Source[];
  /** Methods that this Slack does not have. */
  unknown?: readonly string[];
  /** How long Slack has for an answer, in milliseconds. */
  timeoutMs?: number;
}

/** What the listeners need of the flows, over the stores of a world. */
export function slackFlows(base: World, sources: readonly Source[] = []) {
  return {
    ...base,
    match: createMatching(),
    sources,
    http: noNetwork,
    sourceSettings: {},
    timeoutSeconds: 5,
    isOwn: () => false,
    closedPlace: () => null,
    hearNow: createHearing(),
    hashAuthor: authorHasher(SECRET),
  };
}

export async function slackWorld(t: TestContext, options: WorldOptions = {}): Promise<SlackWorld> {
  let app: OwnSlackApp | null = null;
  t.after(() => app?.stop());
  const slack = await slackStandin(t);
  for (const method of options.unknown ?? []) slack.unknown.add(method);
  const base = await world(t, { channelId: CHANNEL, ...options.settings });
  const { clock, log } = base;
  app = await createSlackApp({
    mode: 'socket',
    botToken: 'xoxb-sample',
    appToken: 'xapp-sample',
    apiUrl: slack.apiUrl,
    clock,
    log,
    paces: { post: FAST, update: FAST },
    ...(options.timeoutMs !== undefined && {
      timing: { timeoutMs: options.timeoutMs, now: () => clock().getTime() },
    }),
  });
  base.notifier = app.notifier;
  await app.start(slackFlows(base, options.sources));
  const all = Object.assign(base, {
    slack,
    app,
    async carded(over: Partial<Mention> = {}) {
      const [mention] = await base.found(over);
      await drain(base, base.workspaceId);
      const posted = await all.now(mention?.id ?? '');
      return { mention: posted, ts: posted.cardTs ?? '' };
    },
    async now(id: string) {
      const mention = await base.stores.mentions.find(base.workspaceId, id);
      if (mention === null) throw new Error(`there is no mention ${id}`);
      return mention;
    },
    thread: (ts: string) =>
      [...slack.messages.values()]
        .filter(({ threadTs }) => threadTs === ts)
        .map(({ text }) => text),
  });
  return all;
}
