import type { Block, Ephemeral, Payload, SlackStandin } from './slack-standin.ts';

export const TEAM = 'T1';
export const CHANNEL = 'C1SUPPORT';

/** What people do in the stand-in's workspace; each resolves with what the app acknowledged. */
export interface Hands {
  command(userId: string, text: string, channelId?: string): Promise<Payload>;
  /** Presses the button with this text, or chooses this option. */
  press(userId: string, where: Where, text: string): Promise<Payload>;
  /** Sends off the modal that the person has open; values by the id of their input. */
  submit(userId: string, values: Record<string, object>): Promise<Payload>;
  /** Closes the modal that the person has open, without sending it off. */
  close(userId: string): Promise<Payload>;
  /** Chooses a person in a menu with this placeholder. */
  choosePerson(userId: string, where: Where, text: string, chosen: string): Promise<Payload>;
  /** Chooses an option, by its value, in a menu with this placeholder. */
  chooseOption(userId: string, where: Where, text: string, value: string): Promise<Payload>;
  /** Chooses a shortcut in the menu of a message that somebody wrote. */
  shortcut(userId: string, id: string, message: object, channelId?: string): Promise<Payload>;
  openHome(userId: string): Promise<Payload>;
}

export type Where =
  | { message: string }
  | { ephemeral: Ephemeral }
  /** On Home, with the boxes of these mentions ticked, or those that are drawn ticked. */
  | { home: true; ticked?: readonly string[] }
  /** In the modal that the person has open, with these values typed. */
  | { typed: Record<string, object> };

interface Means {
  deliver(type: string, payload: object): Promise<Payload>;
  next(prefix: string): string;
  respondAt: string;
}

export function createHands(
  shown: Pick<SlackStandin, 'messages' | 'modals' | 'homes'>,
  { deliver, next, respondAt }: Means,
): Hands {
  /** The trigger names the person, so that the stand-in knows who sees the modal. */
  const trigger = (userId: string) => `${next('trigger')}:${userId}`;
  const responseUrl = (userId: string, channel: string) =>
    `${respondAt}?user=${userId}&channel=${channel}`;

  function blocksOf(userId: string, where: Where): Block[] {
    if ('message' in where) return shown.messages.get(where.message)?.blocks ?? [];
    if ('ephemeral' in where) return where.ephemeral.blocks;
    if ('typed' in where) return shown.modals.get(userId)?.blocks ?? [];
    return shown.homes.get(userId)?.blocks ?? [];
  }

  function placeOf(userId: string, where: Where): Payload {
    if ('message' in where) {
      const { channel, ts } = shown.messages.get(where.message) ?? { channel: '', ts: '' };
      return {
        channel: { id: channel },
        message: { ts, type: 'message' },
        container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
        response_url: responseUrl(userId, channel),
      };
    }
    if ('ephemeral' in where) {
      const { channel } = where.ephemeral;
      return {
        channel: { id: channel },
        container: { type: 'message', message_ts: '1.1', channel_id: channel, is_ephemeral: true },
        response_url: responseUrl(userId, channel),
      };
    }
    if ('typed' in where) {
      const view = shown.modals.get(userId);
      const state = Object.entries(where.typed).map(([id, value]) => [id, { [id]: value }]);
      return {
        container: { type: 'view', view_id: view?.id },
        view: { ...view, state: { values: Object.fromEntries(state) } },
      };
    }
    const view = shown.homes.get(userId);
    const values = ticksIn(view?.blocks ?? [], where.ticked);
    return {
      container: { type: 'view', view_id: 'VHOME' },
      view: { ...view, id: 'VHOME', type: 'home', state: { values } },
    };
  }

  function choose(userId: string, where: Where, text: string, chosen: object): Promise<Payload> {
    const elements = blocksOf(userId, where).flatMap((block) =>
      [block['accessory'] as Block, ...((block['elements'] ?? []) as Block[])]
        .filter(Boolean)
        .map((element) => ({ block, element })),
    );
    const found = elements.find(({ element }) => words(element['placeholder']) === text);
    if (found === undefined) throw new Error(`there is no menu called "${text}"`);
    const { action_id, type } = found.element;
    const { block_id } = found.block;
    return deliver('interactive', {
      ...sender(userId),
      ...placeOf(userId, where),
      type: 'block_actions',
      trigger_id: trigger(userId),
      actions: [{ action_id, type, ...chosen, block_id, action_ts: next('') }],
    });
  }

  return {
    command: (userId, text, channelId = CHANNEL) =>
      deliver('slash_commands', {
        command: '/earshot',
        text,
        user_id: userId,
        user_name: userId.toLowerCase(),
        team_id: TEAM,
        channel_id: channelId,
        trigger_id: trigger(userId),
        response_url: responseUrl(userId, channelId),
      }),
    press(userId, where, text) {
      const action = findAction(blocksOf(userId, where), text);
      if (action === null) throw new Error(`there is nothing called "${text}" to press`);
      return deliver('interactive', {
        ...sender(userId),
        ...placeOf(userId, where),
        type: 'block_actions',
        trigger_id: trigger(userId),
        actions: [{ ...action, block_id: 'b1', action_ts: next('') }],
      });
    },
    choosePerson: (userId, where, text, chosen) =>
      choose(userId, where, text, { selected_user: chosen }),
    chooseOption: (userId, where, text, value) =>
      choose(userId, where, text, { selected_option: { value } }),
    submit(userId, values) {
      const view = shown.modals.get(userId);
      if (view === undefined) throw new Error(`${userId} has no modal open`);
      const state = Object.entries(values).map(([id, value]) => [id, { [id]: value }]);
      return deliver('interactive', {
        ...sender(userId),
        type: 'view_submission',
        trigger_id: trigger(userId),
        view: { ...view, hash: next('hash'), state: { values: Object.fromEntries(state) } },
      });
    },
    close(userId) {
      const view = shown.modals.get(userId);
      if (view === undefined) throw new Error(`${userId} has no modal open`);
      const payload = { ...sender(userId), type: 'view_closed', view, is_cleared: false };
      return deliver('interactive', payload);
    },
    shortcut(userId, id, message, channelId = CHANNEL) {
      const ts = next('1700000001.');
      return deliver('interactive', {
        ...sender(userId),
        ...{ type: 'message_action', callback_id: id, trigger_id: trigger(userId) },
        ...{ channel: { id: channelId, name: 'channel' }, message_ts: ts, action_ts: ts },
        message: { type: 'message', user: 'U2KIM', ts, ...message },
        response_url: responseUrl(userId, channelId),
      });
    },
    openHome: (userId) =>
      deliver('events_api', {
        type: 'event_callback',
        team_id: TEAM,
        event_id: next('Ev'),
        event: { type: 'app_home_opened', user: userId, channel: 'D1', tab: 'home' },
      }),
  };
}

function sender(userId: string): Payload {
  return {
    user: { id: userId, username: userId.toLowerCase(), team_id: TEAM },
    team: { id: TEAM, domain: 'acme-sample' },
  };
}

/** What Slack says of the boxes in a view. */
function ticksIn(blocks: readonly Block[], ticked: readonly string[] | undefined): Payload {
  const boxes = blocks.flatMap(({ block_id: id, accessory }) => {
    const box = accessory as Block | undefined;
    return box?.['type'] === 'checkboxes' ? [{ id: String(id), box }] : [];
  });
  return Object.fromEntries(
    boxes.map(({ id, box }) => {
      const options = box['options'] as Block[];
      const initial = (box['initial_options'] ?? []) as Block[];
      const chosen = options.filter(({ value }) =>
        ticked === undefined
          ? initial.some((one) => one['value'] === value)
          : ticked.includes(String(value)),
      );
      const selected = { type: 'checkboxes', selected_options: chosen };
      return [id, { [String(box['action_id'])]: selected }];
    }),
  );
}

/** The element with this text: a button, or an option of an overflow menu. */
function findAction(blocks: readonly Block[], text: string): Payload | null {
  for (const block of blocks) {
    const elements = [...((block['elements'] ?? []) as Block[]), block['accessory'] as Block];
    for (const element of elements.filter(Boolean)) {
      const { type, action_id, value } = element;
      if (type === 'button' && words(element['text']) === text) return { type, action_id, value };
      const options = (element['options'] ?? []) as Block[];
      const option = options.find((one) => words(one['text']) === text);
      if (type === 'overflow' && option !== undefined) {
        return { type, action_id, selected_option: option };
      }
    }
  }
  return null;
}

function words(text: unknown): unknown {
  return (text as Block | undefined)?.['text'];
}
