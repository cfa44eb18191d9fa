/** A person at the page, without the page: the same live connection and the same requests. */
import { WebSocket } from 'ws';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

// What the page is told has no types on this side of the wire.
type Loose = any;

export interface Seen {
  hello: Loose;
  messages: Loose[];
  ephemerals: Loose[];
  modals: Loose[];
  home: Loose;
}

export interface At {
  seen: Seen;
  do(order: object): Promise<{ ok: boolean; problem?: string; errors?: Record<string, string> }>;
  /** What `find` first returns that is not undefined or false, now or after a change. */
  until<T>(find: (seen: Seen) => T | undefined | null | false): Promise<T>;
  leave(): void;
}

let tabs = 0;

export async function sitDown(sandbox: Sandbox, userId: string): Promise<At> {
  tabs += 1;
  const tab = `test-tab-${tabs}`;
  const socket = new WebSocket(
    `${sandbox.url.replace('http', 'ws')}/page/live?as=${userId}&tab=${tab}`,
    { origin: sandbox.url },
  );
  const seen: Seen = { hello: undefined, messages: [], ephemerals: [], modals: [], home: null };
  const watchers = new Set<() => void>();

  socket.on('message', (data) => {
    apply(seen, JSON.parse(String(data)));
    for (const watch of [...watchers]) watch();
  });

  function until<T>(find: (seen: Seen) => T | undefined | null | false): Promise<T> {
    return new Promise((resolve) => {
      const watch = () => {
        const found = find(seen);
        if (found === undefined || found === null || found === false) return;
        watchers.delete(watch);
        resolve(found);
      };
      watchers.add(watch);
      watch();
    });
  }

  const at: At = {
    seen,
    until,
    async do(order) {
      const response = await fetch(`${sandbox.url}/page/do`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: sandbox.url },
        body: JSON.stringify({ as: userId, tab, ...order }),
      });
      return (await response.json()) as Awaited<ReturnType<At['do']>>;
    },
    leave: () => socket.terminate(),
  };
  await until((now) => now.hello !== undefined);
  return at;
}

function apply(seen: Seen, change: Loose): void {
  const { message } = change;
  const without = (list: Loose[]) =>
    list.filter((entry) => entry.ts !== message.ts || entry.channel !== message.channel);
  switch (change.type) {
    case 'hello':
      seen.hello = change;
      seen.messages = change.messages;
      seen.ephemerals = change.ephemerals;
      seen.modals = change.modals;
      seen.home = change.home;
      return;
    case 'message':
      seen.messages = [...without(seen.messages), message];
      return;
    case 'message_gone':
      seen.messages = without(seen.messages);
      return;
    case 'ephemeral':
      seen.ephemerals = [...without(seen.ephemerals), message];
      return;
    case 'ephemeral_gone':
      seen.ephemerals = without(seen.ephemerals);
      return;
    case 'modals':
      seen.modals = change.modals;
      return;
    case 'home':
      seen.home = change.view;
      return;
    default:
  }
}

/** The order to press the button `actionId` of a message that the page shows. */
export function press(message: Loose, actionId: string): object {
  const block = message.blocks.find((entry: Loose) =>
    [entry.elements, entry.accessory].flat().some((e: Loose) => e?.action_id === actionId),
  );
  return {
    do: 'action',
    place: message.ephemeral
      ? { in: 'ephemeral', ts: message.ts }
      : { in: 'message', channel: message.channel, ts: message.ts },
    blockId: block.block_id,
    actionId,
    input: {},
    values: {},
  };
}

export const SAM = 'U0SAM00001';
export const ROBIN = 'U0ROBIN001';
export const KIM = 'U0KIM00001';
