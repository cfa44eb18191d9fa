/** The made-up workspace: its people, channels, user group, and the app that is installed in it. */
import { randomBytes } from 'node:crypto';
import type { Records, Row } from './records.ts';

/** What the sandbox reads of an app manifest. */
export interface Manifest {
  display_information: { name: string; description?: string };
  features: {
    app_home?: { home_tab_enabled?: boolean };
    bot_user?: { display_name: string };
    slash_commands?: SlashCommand[];
    shortcuts?: Shortcut[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions?: { bot_events?: string[] } };
}
export interface SlashCommand {
  command: string;
  description: string;
  usage_hint?: string;
  should_escape?: boolean;
}
export interface Shortcut {
  name: string;
  type: string;
  callback_id: string;
  description: string;
}

export const TEAM = { id: 'T0LOCAL001', name: 'Acme Broadband (sample)', domain: 'acme-sample' };
export const APP = { id: 'A0EARSHOT1', botId: 'B0EARSHOT1', botUserId: 'U0EARSHOT1' };
export const CHANNELS = { support: 'C0SUPPORT1', general: 'C0GENERAL1' };
export const PEOPLE = [
  { id: 'U0SAM00001', name: 'sam', realName: 'Sam (support)', isAdmin: false },
  { id: 'U0ROBIN001', name: 'robin', realName: 'Robin (support)', isAdmin: false },
  { id: 'U0ALEX0001', name: 'alex', realName: 'Alex (admin)', isAdmin: true },
  { id: 'U0KIM00001', name: 'kim', realName: 'Kim (visitor, not in the channel)', isAdmin: false },
] as const;
export const USER_GROUPS = [
  {
    id: 'S0LEADS001',
    handle: 'support-leads',
    name: 'Support leads',
    description: 'Whom to call when nobody answers',
    users: ['U0ROBIN001', 'U0ALEX0001'],
  },
];

export interface Tokens {
  bot: string;
  app: string;
}

/** Tokens in Slack's shapes, drawn once per workspace. */
export function drawTokens(): Tokens {
  const secret = () => randomBytes(16).toString('hex');
  return { bot: `xoxb-local-${secret()}`, app: `xapp-local-${secret()}` };
}

/** The token with which the page posts as a person; never leaves this process. */
export function personToken(userId: string): string {
  return `xoxp-page-${userId}`;
}

/**
 * Writes team, app and tokens as the manifest has them now, and whatever people and channels are
 * not there yet (a restored workspace keeps its members and messages).
 */
export function seedWorkspace(records: Records, manifest: Manifest, tokens: Tokens): void {
  const table = (name: string) => records.collection(`slack.${name}`);
  const put = (name: string, key: string, fields: Record<string, unknown>): Row => {
    const found = table(name).findOneBy(key, fields[key]);
    return found ? table(name).update(found.id, fields)! : table(name).insert(fields);
  };

  records.setData('slack.strict_scopes', true);
  put('teams', 'team_id', { team_id: TEAM.id, name: TEAM.name, domain: TEAM.domain });
  for (const person of PEOPLE) {
    put('users', 'user_id', userFields(person.id, person.name, person.realName, person.isAdmin));
  }
  const botName = manifest.features.bot_user?.display_name ?? manifest.display_information.name;
  put('users', 'user_id', {
    ...userFields(APP.botUserId, botName.toLowerCase().replace(/\W+/g, '-'), botName, false),
    is_bot: true,
  });
  put('bots', 'bot_id', {
    bot_id: APP.botId,
    app_id: APP.id,
    user_id: APP.botUserId,
    name: botName,
    deleted: false,
    icons: { image_48: '' },
  });

  const people = PEOPLE.map((person) => person.id as string);
  const inSupport = [...people.filter((id) => id !== 'U0KIM00001'), APP.botUserId];
  const at = Math.floor(Date.now() / 1000);
  const seedChannel = (id: string, name: string, topic: string, members: string[]) => {
    if (table('channels').findOneBy('channel_id', id)) return;
    const note = { value: topic, creator: 'U0ALEX0001', last_set: at };
    table('channels').insert({
      channel_id: id,
      team_id: TEAM.id,
      name,
      is_channel: true,
      is_private: false,
      is_archived: false,
      topic: note,
      purpose: note,
      members,
      creator: 'U0ALEX0001',
      num_members: members.length,
    });
  };
  seedChannel(
    CHANNELS.support,
    'support-mentions',
    'What people say about us in public, and who answers',
    inSupport,
  );
  seedChannel(CHANNELS.general, 'general', 'For everybody', people);

  table('tokens').clear();
  table('tokens').insert({
    token: tokens.bot,
    token_type: 'bot',
    team_id: TEAM.id,
    user_id: APP.botUserId,
    scopes: manifest.oauth_config.scopes.bot,
    app_id: APP.id,
    bot_id: APP.botId,
    bot_user_id: APP.botUserId,
  });
  for (const id of people) {
    table('tokens').insert({
      token: personToken(id),
      token_type: 'user',
      team_id: TEAM.id,
      user_id: id,
      scopes: ['chat:write', 'channels:join', 'channels:read', 'groups:read', 'reactions:write'],
    });
  }
}

function userFields(id: string, name: string, realName: string, isAdmin: boolean) {
  return {
    user_id: id,
    team_id: TEAM.id,
    name,
    real_name: realName,
    email: '',
    is_admin: isAdmin,
    is_bot: false,
    deleted: false,
    profile: {
      display_name: realName.replace(/ \(.*/, ''),
      real_name: realName,
      image_48: '',
      image_192: '',
    },
    presence: 'active',
    manual_presence: 'auto',
    connection_count: 1,
  };
}
