/** The parts of what Slack tells an app about an interaction. */
import { randomBytes } from 'node:crypto';
import type { JsonObject } from './check/shape.ts';
import type { Records, Row } from './records.ts';
import { APP, TEAM } from './workspace.ts';

/** Who does it, and in which tab. */
export interface Person {
  userId: string;
  tab: string;
}
/** Where a pressed element stands. */
export type Place =
  | { in: 'message'; channel: string; ts: string }
  | { in: 'ephemeral'; ts: string }
  | { in: 'view'; viewId: string };

/** An element that was used. */
export interface Pressed {
  blockId: string;
  actionId: string;
  input: JsonObject;
  /** What every input of the message or view holds, by block id and action id. */
  values: JsonObject;
}

/** What an element may be set to; anything else that the page sends is dropped. */
const INPUT_FIELDS = [
  'value',
  'selected_option',
  'selected_options',
  'selected_user',
  'selected_users',
  'selected_conversation',
  'selected_channel',
  'selected_date',
  'selected_time',
  'selected_date_time',
];

/** Team, person and app, which every interaction carries. */
export function senderOf(records: Records, userId: string) {
  const user = records.collection('slack.users').findOneBy('user_id', userId);
  const name = String(user?.['name'] ?? userId);
  return {
    team: { id: TEAM.id, domain: TEAM.domain },
    user: { id: userId, username: name, name, team_id: TEAM.id },
    api_app_id: APP.id,
    token: 'local',
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function channelOf(records: Records, id: string) {
  const row = records.collection('slack.channels').findOneBy('channel_id', id);
  return { id, name: String(row?.['name'] ?? 'directmessage') };
}

/** The entry of `actions`. What the element is comes from the message, not from the page. */
export function actionPayload(element: JsonObject, pressed: Pressed): JsonObject {
  const own = element['type'] === 'button' ? ['text', 'value', 'style'] : [];
  return {
    action_id: pressed.actionId,
    block_id: pressed.blockId,
    type: element['type'],
    ...pick(element, own),
    ...pick(pressed.input, INPUT_FIELDS),
    action_ts: timestamp(),
  };
}

function pick(from: JsonObject, fields: readonly string[]): JsonObject {
  const present = fields.filter((field) => from[field] !== undefined);
  return Object.fromEntries(present.map((field) => [field, from[field]]));
}

export function viewPayload(view: Row, values: JsonObject): JsonObject {
  const fields = [
    'team_id',
    'type',
    'title',
    'close',
    'submit',
    'blocks',
    'private_metadata',
    'callback_id',
    'external_id',
    'hash',
    'clear_on_close',
    'notify_on_close',
    'root_view_id',
    'app_id',
    'bot_id',
  ];
  return {
    id: view['view_id'],
    ...Object.fromEntries(fields.map((field) => [field, view[field]])),
    previous_view_id: view['previous_view_id'] ?? null,
    app_installed_team_id: view['team_id'],
    state: { values },
  };
}

/** The event of a person who opens the app's Home; `view` is what was drawn there before. */
export function homeOpened(who: Person, view: Row | undefined): JsonObject {
  return {
    type: 'event_callback',
    token: 'local',
    team_id: TEAM.id,
    api_app_id: APP.id,
    event_id: `Ev${randomBytes(5).toString('hex').toUpperCase()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: TEAM.id, user_id: APP.botUserId, is_bot: true },
    ],
    event: {
      type: 'app_home_opened',
      user: who.userId,
      channel: `D${who.userId.slice(1)}`,
      tab: 'home',
      event_ts: timestamp(),
      ...(view && { view: viewPayload(view, {}) }),
    },
  };
}

/** Names, channels and addresses as Slack rewrites them for a command with `should_escape`. */
export function escapeCommandText(text: string, records: Records): string {
  const users = records.collection('slack.users');
  const channels = records.collection('slack.channels');
  return text
    .replace(/(^|\s)@([\w.-]+)/g, (whole, space: string, name: string) => {
      const user = users.findOneBy('name', name.toLowerCase());
      return user ? `${space}<@${user['user_id']}|${name}>` : whole;
    })
    .replace(/(^|\s)#([\w-]+)/g, (whole, space: string, name: string) => {
      const channel = channels.findOneBy('name', name);
      return channel ? `${space}<#${channel['channel_id']}|${name}>` : whole;
    })
    .replace(/(^|\s)(https?:\/\/\S+)/g, (_, space: string, url: string) => `${space}<${url}>`);
}

/** Slack's `action_ts`. */
export function timestamp(): string {
  return (Date.now() / 1000).toFixed(6);
}
