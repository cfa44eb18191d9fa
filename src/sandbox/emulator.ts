/**
 * The Slack Web API of npm `emulate`, run in this process on our own tables.
 *
 * The package's public `createEmulator({ service: 'slack' })` draws new random ids at each start
 * and cannot restore a Slack workspace, so that after a restart the bot would look for channels,
 * people and cards that no longer exist. Its Slack plugin takes any store that has its interface:
 * we load the plugin by the file that the package itself loads it from, and mount it with the
 * public `defineEmulator`. The version in package.json is therefore exact.
 */
import { readFile } from 'node:fs/promises';
import { createEmulator, defineEmulator } from 'emulate';
import type { Records } from './records.ts';

interface SlackPlugin {
  register(
    app: unknown,
    store: Records,
    webhooks: {
      setHeaderFactory(factory: unknown): void;
      dispatch(event: string, action: undefined, envelope: EventEnvelope): Promise<void>;
    },
    baseUrl: string,
    tokens: Map<string, unknown>,
  ): void;
}

/** What Slack's Events API wraps around an event. */
export interface EventEnvelope {
  type: 'event_callback';
  team_id: string;
  event_id: string;
  event_time: number;
  event: { type: string; [field: string]: unknown };
}

export interface SlackReply {
  ok: boolean;
  error?: string;
  [field: string]: unknown;
}

export interface Emulator {
  /** Calls a Web API method as the holder of `token`; `undefined`: the emulator lacks the method. */
  call(method: string, token: string, body: object): Promise<SlackReply | undefined>;
  /** Any other path of the emulator: file uploads and downloads. */
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Starts the emulator on `records`. `baseUrl` is where callers reach it (it is written into
 * permalinks and upload addresses), `onEvent` hears what Slack would send as an event.
 */
export async function openEmulator(
  records: Records,
  baseUrl: string,
  onEvent: (envelope: EventEnvelope) => void,
): Promise<Emulator> {
  const plugin = await loadSlackPlugin();
  const webhooks = {
    setHeaderFactory: () => {},
    dispatch: async (_event: string, _action: undefined, envelope: EventEnvelope) =>
      onEvent(envelope),
  };
  const runtime = await createEmulator({
    listen: false,
    baseUrl,
    service: defineEmulator({
      name: 'slack',
      cors: false,
      state: () => ({}),
      setup: ({ app }) => plugin.register(app, records, webhooks, baseUrl, new Map()),
    }),
  });

  async function call(
    method: string,
    token: string,
    body: object,
  ): Promise<SlackReply | undefined> {
    const response = await runtime.fetch(
      new Request(`${baseUrl}/api/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    return (await response.json()) as SlackReply;
  }

  return { call, fetch: (request) => runtime.fetch(request), close: () => runtime.close() };
}

async function loadSlackPlugin(): Promise<SlackPlugin> {
  const entry = import.meta.resolve('emulate');
  const source = await readFile(new URL(entry), 'utf8');
  const file = /\bslack: \{[^}]*?import\("(\.\/[\w-]+\.js)"\)/.exec(source)?.[1];
  const module = file && ((await import(new URL(file, entry).href)) as Record<string, unknown>);
  if (!module || typeof module['slackPlugin'] !== 'object') {
    throw new Error('This version of the npm package "emulate" has no Slack plugin: use 0.12.2.');
  }
  return module['slackPlugin'] as SlackPlugin;
}
