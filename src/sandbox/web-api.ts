/** `/api/*`: the emulator's Web API, checked as strictly as Slack checks, plus what it lacks. */
import type { Emulator, SlackReply } from './emulator.ts';
import type { JsonObject } from './check/shape.ts';
import type { Modals } from './modals.ts';
import { prepare, refuse } from './prepare.ts';
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
