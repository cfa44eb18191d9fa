/** The live connection to each tab of the page: the whole workspace once, then every change. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { JsonObject } from './check/shape.ts';
import type { Messages } from './messages.ts';
import type { Modals } from './modals.ts';
import type { Change, Records, Row } from './records.ts';
import { APP, PEOPLE, TEAM, USER_GROUPS } from './workspace.ts';
import type { Manifest } from './workspace.ts';

export interface PageHub {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** The stack of modals of a tab changed. */
  showModals(tab: string): void;
  /** The app connected or went away. */
  showApp(connected: boolean): void;
  close(): void;
}

interface Client {
  socket: WebSocket;
  userId: string;
  tab: string;
}

/** How many of a channel's messages a tab is given; older ones stay in the emulator. */
const SHOWN = 300;
/** After a reload or a short break the same tab may return to its modals. */
const TAB_GRACE_MS = 5000;

export interface PageParts {
  records: Records;
  messages: Messages;
  modals(): Modals;
  manifest: Manifest;
  connected(): boolean;
  /** Links to the sample places, for the rail. */
  places: { title: string; url: string }[];
}

export function createPageHub(parts: PageParts): PageHub {
  const { records, messages, manifest } = parts;
  const table = (name: string) => records.collection(`slack.${name}`);
  const server = new WebSocketServer({ noServer: true });
  const clients = new Set<Client>();
  const farewells = new Map<string, NodeJS.Timeout>();

  const sendTo = (client: Client, message: object): void =>
    client.socket.send(JSON.stringify(message));

  function mayRead(userId: string, channelId: unknown): boolean {
    const channel = table('channels').findOneBy('channel_id', channelId);
    if (!channel) return false;
    return channel['is_private'] !== true || (channel['members'] as string[]).includes(userId);
  }

  const pageMessage = (row: Row): JsonObject => ({
    ...messages.format(row),
    channel: row['channel_id'],
    at: row.created_at,
    ...(row['target_user'] !== undefined && { ephemeral: true }),
  });

  const pageChannel = (row: Row): JsonObject => ({
    id: row['channel_id'],
    name: row['name'],
    topic: (row['topic'] as { value: string } | undefined)?.value ?? '',
    members: row['members'],
    direct: row['is_im'] === true || row['is_mpim'] === true,
  });

  const pageView = (row: Row | undefined): JsonObject | null =>
    row
      ? {
          id: row['view_id'],
          type: row['type'],
          title: row['title'],
          submit: row['submit'],
          close: row['close'],
          blocks: row['blocks'],
          hash: row['hash'],
        }
      : null;

  const homeOf = (userId: string): Row | undefined =>
    table('views')
      .findBy('user_id', userId)
      .find((row) => row['type'] === 'home');

  function greet(client: Client): void {
    const channels = table('channels')
      .all()
      .filter((row) => mayRead(client.userId, row['channel_id']));
    sendTo(client, {
      type: 'hello',
      me: client.userId,
      team: TEAM.name,
      app: {
        name: manifest.display_information.name,
        description: manifest.display_information.description ?? '',
        userId: APP.botUserId,
        connected: parts.connected(),
        commands: manifest.features.slash_commands ?? [],
        shortcuts: (manifest.features.shortcuts ?? []).filter(({ type }) => type === 'message'),
        home: manifest.features.app_home?.home_tab_enabled === true,
      },
      people: [
        ...PEOPLE.map(({ id, name, realName }) => ({ id, name, realName, bot: false })),
        botPerson(),
      ],
      groups: USER_GROUPS.map(({ id, handle }) => ({ id, handle })),
      places: parts.places,
      channels: channels.map(pageChannel),
      messages: channels.flatMap((row) => recent(row['channel_id'] as string).map(pageMessage)),
      ephemerals: table('ephemeral_messages').findBy('target_user', client.userId).map(pageMessage),
      home: pageView(homeOf(client.userId)),
      modals: parts.modals().stack(client.tab).map(pageView),
    });
  }

  function botPerson() {
    const row = table('users').findOneBy('user_id', APP.botUserId);
    return { id: APP.botUserId, name: row?.['name'], realName: row?.['real_name'], bot: true };
  }

  /** The newest messages of a channel with their threads. */
  function recent(channelId: string): Row[] {
    const all = table('messages').findBy('channel_id', channelId);
    const isReply = (row: Row) => row['thread_ts'] !== undefined && row['thread_ts'] !== row['ts'];
    const shown = all.filter((row) => !isReply(row)).slice(-SHOWN);
    const roots = new Set(shown.map((row) => row['ts']));
    return [...shown, ...all.filter((row) => isReply(row) && roots.has(row['thread_ts']))];
  }

  function welcome(socket: WebSocket, userId: string, tab: string): void {
    const client = { socket, userId, tab };
    clearTimeout(farewells.get(tab));
    farewells.delete(tab);
    clients.add(client);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clients.delete(client);
      const timer = setTimeout(() => {
        farewells.delete(tab);
        parts.modals().clear(tab);
      }, TAB_GRACE_MS);
      farewells.set(tab, timer);
    });
    greet(client);
  }

  function follow(name: string, change: Change, row: Row): void {
    for (const client of clients) {
      const message = changeFor(client, name, change, row);
      if (message) sendTo(client, message);
    }
  }

  function changeFor(client: Client, name: string, change: Change, row: Row): object | undefined {
    const deleted = change === 'delete';
    switch (name) {
      case 'slack.messages':
        if (!mayRead(client.userId, row['channel_id'])) return undefined;
        return { type: deleted ? 'message_gone' : 'message', message: pageMessage(row) };
      case 'slack.ephemeral_messages':
        if (row['target_user'] !== client.userId) return undefined;
        return { type: deleted ? 'ephemeral_gone' : 'ephemeral', message: pageMessage(row) };
      case 'slack.channels':
        if (!mayRead(client.userId, row['channel_id'])) return undefined;
        return { type: 'channel', channel: pageChannel(row) };
      case 'slack.views':
        if (row['type'] !== 'home' || row['user_id'] !== client.userId || deleted) return undefined;
        return { type: 'home', view: pageView(row) };
      default:
        return undefined;
    }
  }
  const unfollow = records.onChange(follow);

  return {
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://page');
      const userId = url.searchParams.get('as') ?? '';
      const tab = url.searchParams.get('tab') ?? '';
      if (!PEOPLE.some(({ id }) => id === userId) || !/^[\w-]{8,40}$/.test(tab)) {
        return void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      }
      server.handleUpgrade(request, socket, head, (ws) => welcome(ws, userId, tab));
    },
    showModals(tab) {
      const modals = parts.modals().stack(tab).map(pageView);
      for (const client of clients)
        if (client.tab === tab) sendTo(client, { type: 'modals', modals });
    },
    showApp(connected) {
      for (const client of clients) sendTo(client, { type: 'app', connected });
    },
    close() {
      unfollow();
      for (const timer of farewells.values()) clearTimeout(timer);
      for (const { socket } of [...clients]) socket.terminate();
      server.close();
    },
  };
}
