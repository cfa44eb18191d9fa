import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { WebSocketServer, type WebSocket } from 'ws';
import { CHANNEL, createHands, TEAM, type Hands } from './slack-hands.ts';

export { CHANNEL, TEAM };

/**
 * A Slack workspace in memory behind a real HTTP server and a real Socket Mode WebSocket, on
 * loopback: enough of the Web API to post, update and open modals, with the failures that a test
 * scripts. It keeps what it was told, so that a test can ask what a person would see.
 */
export interface SlackStandin extends Hands {
  /** For the app's `apiUrl`. */
  apiUrl: string;
  /** Every call of a Web API method, oldest first. */
  calls: Call[];
  messages: Map<string, StandinMessage>;
  /** What single people were told, in order. */
  ephemerals: Ephemeral[];
  /** The view that each person has open, last opened or updated. */
  modals: Map<string, View>;
  homes: Map<string, View>;
  people: Map<string, StandinPerson>;
  members: Map<string, string[]>;
  /** The teams that can be signed in to besides the usual one, by bot token. */
  teams: Map<string, { id: string; name: string }>;
  userGroups: { id: string; name: string; handle: string }[];
  /** Methods that answer `unknown_method`. */
  unknown: Set<string>;
  /** How every call fares that was scripted no other fate; null while Slack is well. */
  weather: Fate | null;
  /** The same for single methods, while all others are well. */
  weatherOf: Map<string, Fate>;
  /** The next calls of a method fare like this, one each. */
  script(method: string, ...fates: Fate[]): void;
  /** Processes that are connected. */
  connections(): number;
  /**
   * Sends an envelope down one of the sockets, each in its turn, as Slack does; resolves with the
   * payload of its acknowledgement.
   */
  deliver(type: string, payload: object): Promise<Payload>;
  /** Resolves as soon as the condition holds; looks again after each thing that happens here. */
  until(what: string, holds: () => boolean, patienceSeconds?: number): Promise<void>;
  /** Calls of one method. */
  of(method: string): Call[];
  /** Cuts the socket, as Slack does when it moves an app to another machine. */
  hangUp(): void;
  /** Ends the connections that were kept for the next call of the Web API. */
  letGo(): void;
}

export type Payload = Record<string, unknown>;
export interface Call {
  method: string;
  args: Payload;
  /** The bot token that it came with. */
  token: string;
  /** Milliseconds on a clock that nobody sets. */
  at: number;
}
export interface StandinMessage {
  channel: string;
  ts: string;
  text: string;
  blocks: Block[];
  threadTs: string | null;
  metadata: unknown;
}
export interface Ephemeral {
  userId: string;
  channel: string;
  text: string;
  blocks: Block[];
  /** Put in the place of the message whose button was pressed. */
  replaces: boolean;
}
export interface StandinPerson {
  name: string;
  isAdmin: boolean;
  timeZone?: string;
}
export type Block = Record<string, unknown>;
export interface View {
  id: string;
  callback_id: string;
  private_metadata: string;
  blocks: Block[];
  [field: string]: unknown;
}
/**
 * An error string, an HTTP status, a rate limit in seconds, half of the answer to what was done, or
 * no answer at all.
 */
export type Fate =
  | { error: string; response_metadata?: { retryAfter: number } }
  | { status: number }
  | { retryAfter: number }
  | 'half'
  | 'silence';

export const BOT = 'UBOT';

export async function slackStandin(t: TestContext): Promise<SlackStandin> {
  const scripted = new Map<string, Fate[]>();
  const acks = new Map<string, (payload: Payload) => void>();
  const waiting = new Set<() => void>();
  /** Whose turn it was comes to the end. */
  let open: WebSocket[] = [];
  let serial = 0;
  const next = (prefix: string) => `${prefix}${String((serial += 1)).padStart(6, '0')}`;
  const happened = () => [...waiting].forEach((look) => look());

  const server = createServer((request, response) => void serve(request, response));
  const sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  t.after(() => close(server, sockets));

  sockets.on('connection', (opened) => {
    open.push(opened);
    opened.on('close', () => {
      open = open.filter((one) => one !== opened);
      happened();
    });
    opened.on('message', (data) => {
      const { envelope_id: id, payload } = JSON.parse(String(data)) as Payload;
      acks.get(String(id))?.((payload ?? {}) as Payload);
      acks.delete(String(id));
    });
    opened.send(JSON.stringify({ type: 'hello' }));
    happened();
  });

  const standin: Omit<SlackStandin, keyof Hands> = {
    apiUrl: `http://${origin}/api/`,
    calls: [],
    messages: new Map(),
    ephemerals: [],
    modals: new Map(),
    homes: new Map(),
    people: new Map([
      ['U1SAM', { name: 'Sam', isAdmin: false }],
      ['U2KIM', { name: 'Kim', isAdmin: false }],
      ['U3ALEX', { name: 'Alex', isAdmin: true }],
      ['U4VISITOR', { name: 'Visitor', isAdmin: false }],
      [BOT, { name: 'Earshot', isAdmin: false }],
    ]),
    members: new Map([[CHANNEL, ['U1SAM', 'U2KIM', 'U3ALEX', BOT]]]),
    teams: new Map(),
    userGroups: [{ id: 'S1LEADS', name: 'Support leads', handle: 'leads' }],
    // A test that lets Earshot read in channels takes these out.
    unknown: new Set(['conversations.history', 'conversations.replies']),
    weather: null,
    weatherOf: new Map(),
    script: (method, ...fates) =>
      void scripted.set(method, [...(scripted.get(method) ?? []), ...fates]),
    deliver,
    until,
    of: (method) => standin.calls.filter((call) => call.method === method),
    connections: () => open.length,
    hangUp: () => open.at(-1)?.terminate(),
    letGo: () => server.closeAllConnections(),
  };

  const METHODS: Record<string, (args: Payload, token: string) => Payload> = {
    'auth.test': (_, token) => ({
      team_id: standin.teams.get(token)?.id ?? TEAM,
      team: standin.teams.get(token)?.name ?? 'Acme (sample)',
      user_id: BOT,
      bot_id: 'B1',
      url: 'https://acme-sample.slack.com/',
    }),
    // A code is the id of the team that says yes.
    'oauth.v2.access': ({ code }) => {
      const [id, token] = [String(code), `xoxb-${String(code)}-${next('')}`];
      const team = { id, name: `Team ${id} (sample)` };
      standin.teams.set(token, team);
      return {
        ...{ app_id: 'A1', team, enterprise: null, is_enterprise_install: false },
        ...{ access_token: token, token_type: 'bot', scope: 'chat:write', bot_user_id: BOT },
        authed_user: { id: 'U3ALEX' },
      };
    },
    'apps.connections.open': () => ({ url: `ws://${origin}/socket` }),
    'chat.postMessage': (args) => {
      const ts = `1700000000.${next('')}`;
      standin.messages.set(ts, {
        channel: String(args['channel']),
        ts,
        text: String(args['text']),
        blocks: (args['blocks'] ?? []) as Block[],
        threadTs: (args['thread_ts'] as string | undefined) ?? null,
        metadata: args['metadata'] ?? null,
      });
      return { ts, channel: args['channel'] };
    },
    'chat.update': (args) => {
      const message = standin.messages.get(String(args['ts']));
      if (message === undefined) return { ok: false, error: 'message_not_found' };
      message.text = String(args['text']);
      message.blocks = args['blocks'] as Block[];
      return { ts: message.ts };
    },
    'chat.delete': (args) =>
      standin.messages.delete(String(args['ts'])) ? {} : { ok: false, error: 'message_not_found' },
    'chat.postEphemeral': (args) => {
      tell(String(args['user']), String(args['channel']), args, false);
      return { message_ts: next('') };
    },
    'views.open': (args) => openView(String(args['trigger_id']), args['view'] as View),
    'views.push': (args) => openView(String(args['trigger_id']), args['view'] as View),
    'views.update': (args) => {
      for (const [userId, view] of standin.modals) {
        if (view.id !== args['view_id']) continue;
        standin.modals.set(userId, { ...(args['view'] as View), id: view.id });
        return { view: standin.modals.get(userId) };
      }
      return { ok: false, error: 'not_found' };
    },
    'views.publish': (args) => {
      standin.homes.set(String(args['user_id']), args['view'] as View);
      return {};
    },
    'users.info': (args) => {
      const id = String(args['user']);
      const person = standin.people.get(id);
      if (person === undefined) return { ok: false, error: 'user_not_found' };
      const { name, isAdmin, timeZone: tz } = person;
      return {
        user: {
          id,
          name: name.toLowerCase(),
          is_admin: isAdmin,
          tz,
          profile: { display_name: name },
        },
      };
    },
    'usergroups.list': () => ({ usergroups: standin.userGroups }),
    'conversations.list': () => ({ channels: [{ id: CHANNEL, name: 'support-mentions' }] }),
    'conversations.history': (args) => readMessages(args, null),
    'conversations.replies': (args) => readMessages(args, String(args['ts'])),
    'conversations.members': (args) => {
      const members = standin.members.get(String(args['channel']));
      if (members === undefined) return { ok: false, error: 'channel_not_found' };
      // Two a page, so that a reader who forgets the cursor is caught.
      const from = Number(args['cursor'] ?? 0);
      const cursor = from + 2 < members.length ? String(from + 2) : '';
      return { members: members.slice(from, from + 2), response_metadata: { next_cursor: cursor } };
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${origin}`);
    if (pathname === '/respond' && standin.weather !== null) {
      response.writeHead(503).end();
      return happened();
    }
    if (pathname === '/respond') {
      const args = JSON.parse(body) as Payload;
      const replaces = args['replace_original'] === true;
      tell(searchParams.get('user') ?? '', searchParams.get('channel') ?? '', args, replaces);
      response.end('ok');
      return happened();
    }
    const method = pathname.replace('/api/', '');
    const args = parseForm(body);
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    standin.calls.push({ method, args, token, at: performance.now() });
    const fate = scripted.get(method)?.shift() ?? standin.weatherOf.get(method) ?? standin.weather;
    if (fate === 'silence') return happened();
    if (fate !== null && fate !== 'half' && 'status' in fate)
      response.writeHead(fate.status).end('unwell');
    else if (fate !== null && fate !== 'half' && 'retryAfter' in fate) {
      response.writeHead(429, { 'retry-after': String(fate.retryAfter) }).end();
    } else {
      const does = standin.unknown.has(method) ? undefined : METHODS[method];
      const answer: Payload =
        fate !== null && fate !== 'half'
          ? { ok: false, ...fate }
          : { ok: true, ...(does?.(args, token) ?? { ok: false, error: 'unknown_method' }) };
      response.setHeader('content-type', 'application/json');
      const said = JSON.stringify(answer);
      if (fate === 'half') {
        response.setHeader('content-length', said.length);
        response.write(said.slice(0, said.length / 2), () => response.destroy());
      } else response.end(said);
    }
    happened();
  }

  /** The newest first, three a page, so that a reader who forgets the cursor is caught. */
  function readMessages(args: Payload, threadTs: string | null): Payload {
    const all = [...standin.messages.values()]
      .filter((one) => one.threadTs === threadTs && one.channel === args['channel'])
      .reverse();
    const from = Number(args['cursor'] ?? 0);
    const shown = all.slice(from, from + 3).map(({ metadata, ...message }) => ({
      ...message,
      ...(args['include_all_metadata'] === 'true' ? { metadata } : {}),
    }));
    const cursor = from + 3 < all.length ? String(from + 3) : '';
    return { messages: shown, response_metadata: { next_cursor: cursor } };
  }

  function tell(userId: string, channel: string, args: Payload, replaces: boolean): void {
    const { text, blocks } = args;
    standin.ephemerals.push({
      userId,
      channel,
      text: String(text),
      blocks: (blocks ?? []) as Block[],
      replaces,
    });
  }

  /** A trigger is `<serial>:<user>` for clicks, so that the view goes to the one who clicked. */
  function openView(trigger: string, view: View): Payload {
    const userId = trigger.split(':')[1] ?? '';
    const opened = { ...view, id: next('V') };
    standin.modals.set(userId, opened);
    return { view: opened };
  }

  function deliver(type: string, payload: object): Promise<Payload> {
    const envelope = next('envelope');
    return new Promise((resolve, reject) => {
      const socket = open.shift();
      if (socket === undefined) return reject(new Error('no socket is open'));
      open.push(socket);
      const patience = setTimeout(() => reject(new Error(`${type} was not acknowledged`)), 30_000);
      acks.set(envelope, (ack) => {
        clearTimeout(patience);
        resolve(ack);
      });
      const extra = { envelope_id: envelope, accepts_response_payload: true };
      socket.send(JSON.stringify({ ...extra, type, payload }));
    });
  }

  function until(what: string, holds: () => boolean, patienceSeconds = 60): Promise<void> {
    return new Promise((resolve, reject) => {
      const patience = setTimeout(
        () => done(new Error(`waited in vain until ${what}`)),
        patienceSeconds * 1000,
      );
      function done(error?: Error): void {
        clearTimeout(patience);
        waiting.delete(look);
        if (error) reject(error);
        else resolve();
      }
      function look(): void {
        if (holds()) done();
      }
      waiting.add(look);
      look();
    });
  }

  const respondAt = `http://${origin}/respond`;
  return Object.assign(standin, createHands(standin, { deliver, next, respondAt }));
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => resolve(body));
  });
}

/** The WebClient sends forms, with JSON for what is not flat. */
function parseForm(body: string): Payload {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => {
      const isJson = value.startsWith('{') || value.startsWith('[');
      return [name, isJson ? (JSON.parse(value) as unknown) : value];
    }),
  );
}

function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  sockets.close();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
