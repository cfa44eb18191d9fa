/**
 * What a person does on the page, told to the app as Slack would tell it: slash commands, block
 * actions, modal submissions, shortcuts, the Home tab. And what the app answers at once.
 */
import type { Emulator, SlackReply } from './emulator.ts';
import { elementsOf } from './check/blocks.ts';
import { isObject } from './check/shape.ts';
import type { JsonObject } from './check/shape.ts';
import type { Messages } from './messages.ts';
import type { Modals } from './modals.ts';
import type { Records, Row } from './records.ts';
import type { ResponseContext, ResponseUrls } from './response-urls.ts';
import type { SocketHub } from './socket.ts';
import {
  actionPayload,
  channelOf,
  escapeCommandText,
  homeOpened,
  senderOf,
  timestamp,
  viewPayload,
} from './payloads.ts';
import type { Person, Place, Pressed } from './payloads.ts';
import { APP, TEAM } from './workspace.ts';
import type { Manifest, Tokens } from './workspace.ts';
import { prepare } from './prepare.ts';

/** `problem` is a sentence for the person; `errors` belong to the inputs of a modal, by block id. */
export type Done = { ok: true } | { ok: false; problem?: string; errors?: Record<string, string> };

export interface Interactions {
  command(who: Person, channel: string, command: string, text: string): Promise<Done>;
  /** `input` holds what the element was set to: `selected_option`, `value` and the like. */
  action(who: Person, place: Place, pressed: Pressed): Promise<Done>;
  submit(who: Person, viewId: string, values: JsonObject): Promise<Done>;
  closeView(who: Person, viewId: string): Promise<Done>;
  messageShortcut(who: Person, callbackId: string, channel: string, ts: string): Promise<Done>;
  openHome(who: Person): Promise<Done>;
}

interface Parts {
  records: Records;
  emulator: Emulator;
  hub: SocketHub;
  modals: Modals;
  messages: Messages;
  responses: ResponseUrls;
  manifest: Manifest;
  tokens: Tokens;
}

export function createInteractions(parts: Parts): Interactions {
  const { records, emulator, hub, modals, messages, responses, manifest, tokens } = parts;
  const table = (name: string) => records.collection(`slack.${name}`);
  const appName = manifest.display_information.name;
  const unanswered = `${appName} did not answer in time. If nothing happens in a moment, try again.`;
  const gone = { ok: false, problem: 'That is no longer there.' } as const;

  async function trigger(who: Person, viewId?: string): Promise<string> {
    forgetOldTriggers();
    const reply = await emulator.call('views.generateTriggerId', tokens.bot, {
      user_id: who.userId,
      ...(viewId && { view_id: viewId }),
    });
    const id = String(reply?.['trigger_id']);
    modals.expect(id, who.tab);
    return id;
  }

  function forgetOldTriggers(): void {
    const triggers = table('view_triggers');
    const minuteAgo = Date.now() / 1000 - 60;
    for (const row of triggers.all()) {
      if ((row['expires_at'] as number) < minuteAgo) triggers.delete(row.id);
    }
  }

  async function deliver(payload: object): Promise<{ acknowledged: boolean; payload?: unknown }> {
    return hub.deliver('interactive', payload);
  }

  async function command(who: Person, channel: string, name: string, text: string): Promise<Done> {
    const known = manifest.features.slash_commands?.find((entry) => entry.command === name);
    if (!known) return { ok: false, problem: `${name} is not a command here.` };
    const context: ResponseContext = { userId: who.userId, channelId: channel };
    const { user } = senderOf(records, who.userId);
    const outcome = await hub.deliver('slash_commands', {
      token: 'local',
      team_id: TEAM.id,
      team_domain: TEAM.domain,
      channel_id: channel,
      channel_name: channelOf(records, channel).name,
      user_id: who.userId,
      user_name: user.name,
      command: name,
      text: known.should_escape ? escapeCommandText(text, records) : text,
      api_app_id: APP.id,
      is_enterprise_install: 'false',
      response_url: responses.issue(context),
      trigger_id: await trigger(who),
    });
    if (!outcome.acknowledged) {
      return { ok: false, problem: `${name} failed: ${unanswered}` };
    }
    const { payload } = outcome;
    if (isObject(payload) && (payload['text'] || payload['blocks'])) {
      const refusal = messages.respond(context, payload);
      if (refusal) return { ok: false, problem: `${name} answered with ${refusal}.` };
    }
    return { ok: true };
  }

  async function action(who: Person, place: Place, pressed: Pressed): Promise<Done> {
    const found = await describe(who, place, pressed.values);
    const block = found?.blocks.find((entry) => entry['block_id'] === pressed.blockId);
    const element = block && elementsOf(block).find((e) => e['action_id'] === pressed.actionId);
    if (!found || !element) return gone;
    const outcome = await deliver({
      type: 'block_actions',
      ...senderOf(records, who.userId),
      ...found.payload,
      trigger_id: await trigger(who, place.in === 'view' ? place.viewId : undefined),
      actions: [actionPayload(element, pressed)],
    });
    return outcome.acknowledged ? { ok: true } : { ok: false, problem: unanswered };
  }

  /** The part of a payload that says where it happened, and the blocks found there. */
  async function describe(
    who: Person,
    place: Place,
    values: JsonObject,
  ): Promise<{ blocks: JsonObject[]; payload: object } | undefined> {
    if (place.in === 'view') {
      const view = table('views').findOneBy('view_id', place.viewId);
      if (!view || view['user_id'] !== who.userId) return undefined;
      return {
        blocks: view['blocks'] as JsonObject[],
        payload: {
          container: { type: 'view', view_id: place.viewId },
          view: viewPayload(view, values),
        },
      };
    }
    const ephemeral = place.in === 'ephemeral';
    const row = ephemeral
      ? table('ephemeral_messages').findOneBy('ts', place.ts)
      : messages.find(place.channel, place.ts);
    if (!row || (ephemeral && row['target_user'] !== who.userId)) return undefined;
    const channelId = row['channel_id'] as string;
    return {
      blocks: (row['blocks'] ?? []) as JsonObject[],
      payload: {
        container: {
          type: 'message',
          message_ts: place.ts,
          channel_id: channelId,
          is_ephemeral: ephemeral,
          ...(row['thread_ts'] !== undefined && { thread_ts: row['thread_ts'] }),
        },
        channel: channelOf(records, channelId),
        // Slack does not show the app its own ephemeral message again.
        ...(!ephemeral && { message: messages.format(row) }),
        state: { values },
        response_url: responses.issue({
          userId: who.userId,
          channelId,
          messageTs: place.ts,
          ephemeral,
        }),
      },
    };
  }

  async function submit(who: Person, viewId: string, values: JsonObject): Promise<Done> {
    const view = table('views').findOneBy('view_id', viewId);
    const tab = modals.tabOf(viewId);
    if (!view || !tab || view['user_id'] !== who.userId) return gone;
    const outcome = await deliver({
      type: 'view_submission',
      ...senderOf(records, who.userId),
      trigger_id: await trigger(who, viewId),
      view: viewPayload(view, values),
      response_urls: [],
    });
    if (!outcome.acknowledged) return { ok: false, problem: unanswered };
    const answer = isObject(outcome.payload) ? outcome.payload : {};
    return applyResponseAction(answer, view, tab, values);
  }

  async function applyResponseAction(
    answer: JsonObject,
    view: Row,
    tab: string,
    values: JsonObject,
  ): Promise<Done> {
    const viewId = view['view_id'] as string;
    switch (answer['response_action']) {
      case undefined:
        modals.pop(tab);
        return { ok: true };
      case 'clear':
        modals.clear(tab);
        return { ok: true };
      case 'errors': {
        const errors = (answer['errors'] ?? {}) as Record<string, string>;
        const unknown = Object.keys(errors).filter((blockId) => !Object.hasOwn(values, blockId));
        // Slack shows nothing for an error on a block that has no input; say it aloud here.
        if (unknown.length > 0) {
          return { ok: false, errors, problem: `No input has the block id ${unknown.join(', ')}.` };
        }
        return { ok: false, errors };
      }
      case 'update':
        return said(await viaApi('views.update', { view_id: viewId, view: answer['view'] }));
      case 'push': {
        const trigger_id = await trigger({ userId: view['user_id'] as string, tab }, viewId);
        const reply = await viaApi('views.push', { trigger_id, view: answer['view'] });
        if (reply.ok) modals.pushed(viewId, (reply['view'] as { id: string }).id);
        return said(reply);
      }
      default:
        return { ok: false, problem: `${appName} answered with an unknown response_action.` };
    }
  }

  async function viaApi(method: string, body: JsonObject): Promise<SlackReply> {
    const prepared = prepare(method, body);
    if ('refusal' in prepared) return prepared.refusal;
    return (await emulator.call(method, tokens.bot, prepared.body))!;
  }

  function said(reply: SlackReply): Done {
    if (reply.ok) return { ok: true };
    const details = (reply['response_metadata'] as { messages?: string[] } | undefined)?.messages;
    return { ok: false, problem: [reply.error, ...(details ?? [])].join(' ') };
  }

  async function closeView(who: Person, viewId: string): Promise<Done> {
    const view = table('views').findOneBy('view_id', viewId);
    const tab = modals.tabOf(viewId);
    if (!view || !tab || view['user_id'] !== who.userId) return { ok: true };
    const cleared = view['clear_on_close'] === true;
    const payload = {
      type: 'view_closed',
      ...senderOf(records, who.userId),
      view: viewPayload(view, (view['state'] as { values: JsonObject }).values),
      is_cleared: cleared,
    };
    if (cleared) modals.clear(tab);
    else modals.pop(tab);
    if (view['notify_on_close'] === true) void deliver(payload);
    return { ok: true };
  }

  async function messageShortcut(
    who: Person,
    callbackId: string,
    channel: string,
    ts: string,
  ): Promise<Done> {
    const row = messages.find(channel, ts);
    if (!row) return gone;
    const outcome = await deliver({
      type: 'message_action',
      ...senderOf(records, who.userId),
      callback_id: callbackId,
      trigger_id: await trigger(who),
      response_url: responses.issue({ userId: who.userId, channelId: channel, messageTs: ts }),
      message_ts: ts,
      action_ts: timestamp(),
      channel: channelOf(records, channel),
      message: messages.format(row),
    });
    return outcome.acknowledged ? { ok: true } : { ok: false, problem: unanswered };
  }

  async function openHome(who: Person): Promise<Done> {
    const events = manifest.settings.event_subscriptions?.bot_events ?? [];
    if (!events.includes('app_home_opened')) return { ok: true };
    const view = table('views')
      .findBy('user_id', who.userId)
      .find((row) => row['type'] === 'home');
    const outcome = await hub.deliver('events_api', homeOpened(who, view));
    return outcome.acknowledged ? { ok: true } : { ok: false, problem: unanswered };
  }

  return { command, action, submit, closeView, messageShortcut, openHome };
}
