/** `/api/*`: the emulator's Web API, checked as strictly as Slack checks, plus what it lacks. */
import { randomBytes } from 'node:crypto';
import type { Emulator, SlackReply } from './emulator.ts';
import { elementsOf, refuseMessageBlocks, refuseView } from './check/blocks.ts';
import type { JsonObject } from './check/shape.ts';
import type { Modals } from './modals.ts';
import type { Records, Row } from './records.ts';
import type { SocketHub } from './socket.ts';
import { APP, TEAM, USER_GROUPS } from './workspace.ts';
import type { Tokens } from './workspace.ts';

export interface WebApi {
  /** Runs a method for the holder of `token`. `scopes` belong into the header `x-oauth-scopes`. */
  call(
    method: string,
    token: string,
    body: JsonObject,
  ): Promise<{ reply: SlackReply; scopes: readonly string[] }>;
}

export interface WebApiParts {
  records: Records;
  emulator: Emulator;
  hub: SocketHub;
  modals: Modals;
  tokens: Tokens;
  /** For the address of the socket: `ws://127.0.0.1:3000`. */
  socketBase: string;
}

export function createWebApi(parts: WebApiParts): WebApi {
  const { records, emulator, modals, tokens } = parts;

  async function call(method: string, token: string, body: JsonObject) {
    const known = records.collection('slack.tokens').findOneBy('token', token);
    const scopes =
      token === tokens.app ? ['connections:write'] : ((known?.['scopes'] ?? []) as string[]);
    const answer = (reply: SlackReply) => ({ reply, scopes });
    if (method === 'api.test') return answer({ ok: true });
    if (!token) return answer(refuse('not_authed'));
    if (!known && token !== tokens.app) return answer(refuse('invalid_auth'));
    if ((method === 'apps.connections.open') !== (token === tokens.app)) {
      return answer(refuse('not_allowed_token_type'));
    }
    const own = OWN_METHODS[method];
    if (own) return answer(own({ body, scopes, parts }));
    const prepared = prepare(method, body);
    if ('refusal' in prepared) return answer(prepared.refusal);
    const refusal = refuseOutsider(method, prepared.body, known);
    if (refusal) return answer(refusal);
    const reply = await emulator.call(method, token, prepared.body);
    if (!reply) return answer(refuse('unknown_method'));
    return answer(finish(method, prepared.body, reply));
  }

  /** With `chat:write` alone an app posts only where it is a member. */
  function refuseOutsider(method: string, body: JsonObject, who?: Row): SlackReply | undefined {
    if (method !== 'chat.postMessage' || who?.['token_type'] !== 'bot') return undefined;
    const channels = records.collection('slack.channels');
    const channel =
      channels.findOneBy('channel_id', body['channel']) ??
      channels.findOneBy('name', body['channel']);
    if (!channel || (channel['members'] as string[]).includes(APP.botUserId)) return undefined;
    return refuse('not_in_channel');
  }

  function finish(method: string, body: JsonObject, reply: SlackReply): SlackReply {
    if (!reply.ok) return reply;
    if (method === 'views.open' || method === 'views.push') {
      const how = method === 'views.open' ? 'open' : 'push';
      modals.opened(String(body['trigger_id']), (reply['view'] as { id: string }).id, how);
    }
    if (method === 'users.info') return { ...reply, user: wholeUser(reply['user'] as JsonObject) };
    if (method === 'users.list') {
      return { ...reply, members: (reply['members'] as JsonObject[]).map(wholeUser) };
    }
    return reply;
  }

  return { call: (method, token, body) => call(method, token, body) };
}

interface OwnCall {
  body: JsonObject;
  scopes: readonly string[];
  parts: WebApiParts;
}

const OWN_METHODS: Record<string, (call: OwnCall) => SlackReply> = {
  'apps.connections.open': ({ parts }) => ({
    ok: true,
    url: parts.socketBase + parts.hub.ticket(),
  }),
  'usergroups.list': ({ body, scopes }) =>
    needing('usergroups:read', scopes, () => ({
      usergroups: USER_GROUPS.map(({ users, ...group }) => ({
        ...group,
        team_id: TEAM.id,
        is_usergroup: true,
        is_external: false,
        date_delete: 0,
        user_count: users.length,
        ...(String(body['include_users']) === 'true' && { users }),
      })),
    })),
  'usergroups.users.list': ({ body, scopes }) =>
    needing('usergroups:read', scopes, () => {
      const group = USER_GROUPS.find(({ id }) => id === body['usergroup']);
      return group ? { users: group.users } : refuse('no_such_subteam');
    }),
};

function needing(scope: string, scopes: readonly string[], make: () => object): SlackReply {
  if (scopes.includes(scope)) return { ok: true, ...make() };
  return { ok: false, error: 'missing_scope', needed: scope, provided: scopes.join(',') };
}

export function refuse(error: string, problems: readonly string[] = []): SlackReply {
  return {
    ok: false,
    error,
    ...(problems.length > 0 && { response_metadata: { messages: problems } }),
  };
}

const WITH_MESSAGE_BLOCKS = new Set([
  'chat.postMessage',
  'chat.postEphemeral',
  'chat.update',
  'chat.scheduleMessage',
]);
const WITH_VIEW = new Set(['views.open', 'views.update', 'views.push', 'views.publish']);

type Prepared = { body: JsonObject } | { refusal: SlackReply };

/** Parses and checks blocks and views, and gives them the ids that Slack would give them. */
export function prepare(method: string, given: JsonObject): Prepared {
  const body = { ...given };
  if (WITH_MESSAGE_BLOCKS.has(method)) {
    if (method !== 'chat.update') Object.assign(body, { bot_id: APP.botId, app_id: APP.id });
    if (body['blocks'] === undefined || body['blocks'] === '') return { body };
    const blocks = parsed(body['blocks']);
    const refusal = refuseMessageBlocks(blocks);
    if (refusal) return { refusal: refuse(refusal.error, refusal.problems) };
    body['blocks'] = withIds(blocks as JsonObject[]);
  } else if (WITH_VIEW.has(method)) {
    const view = parsed(body['view']);
    const problems = refuseView(view);
    if (problems.length > 0) return { refusal: refuse('invalid_arguments', problems) };
    const { blocks } = view as { blocks: JsonObject[] };
    body['view'] = { ...(view as JsonObject), blocks: withIds(blocks) };
  }
  return { body };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

function withIds(blocks: readonly JsonObject[]): JsonObject[] {
  const newId = () => randomBytes(3).toString('hex').slice(0, 5);
  return blocks.map((block) => {
    const copy: JsonObject = structuredClone({ block_id: newId(), ...block });
    for (const element of elementsOf(copy)) element['action_id'] ??= newId();
    return copy;
  });
}

/** The fields that Slack has and the emulator leaves out. Alex owns the workspace. */
function wholeUser(user: JsonObject): JsonObject {
  const owner = user['is_admin'] === true;
  return {
    ...user,
    is_owner: owner,
    is_primary_owner: owner,
    is_restricted: false,
    is_ultra_restricted: false,
    is_app_user: false,
    tz: 'Etc/UTC',
    tz_label: 'Coordinated Universal Time',
    tz_offset: 0,
  };
}
