/** Messages of the workspace as the page and the app see them, and answers to response URLs. */
import type { JsonObject } from './check/shape.ts';
import type { Records, Row } from './records.ts';
import type { ResponseContext } from './response-urls.ts';
import { APP } from './workspace.ts';
import { prepare } from './prepare.ts';

export interface Messages {
  find(channel: string, ts: string): Row | undefined;
  /** Slack's message object. */
  format(row: Row): JsonObject;
  /** Does what an answer to a response URL or an acknowledgement asks; returns Slack's error, if any. */
  respond(context: ResponseContext, answer: JsonObject): string | undefined;
}

const FIELDS = [
  'user',
  'text',
  'ts',
  'subtype',
  'bot_id',
  'app_id',
  'blocks',
  'attachments',
  'edited',
  'thread_ts',
  'reactions',
  'metadata',
];

/** `now` dates what is said through a response URL. */
export function createMessages(records: Records, now: () => Date): Messages {
  const posted = records.collection('slack.messages');
  const ephemeral = records.collection('slack.ephemeral_messages');
  let serial = 0;

  const find = (channel: string, ts: string): Row | undefined =>
    posted.findBy('ts', ts).find((row) => row['channel_id'] === channel);

  function format(row: Row): JsonObject {
    return {
      type: 'message',
      ...Object.fromEntries(
        FIELDS.filter((field) => row[field] !== undefined).map((field) => [field, row[field]]),
      ),
      ...(Array.isArray(row['files']) && { files: (row['files'] as Row[]).map(fileSummary) }),
    };
  }

  function respond(context: ResponseContext, answer: JsonObject): string | undefined {
    const original = context.messageTs
      ? context.ephemeral
        ? ephemeral.findOneBy('ts', context.messageTs)
        : find(context.channelId, context.messageTs)
      : undefined;
    const home = context.ephemeral ? ephemeral : posted;
    if (answer['delete_original'] === true) {
      if (original) home.delete(original.id);
      return undefined;
    }
    const prepared = prepare('chat.postMessage', answer);
    if ('refusal' in prepared) return prepared.refusal.error;
    const text = typeof answer['text'] === 'string' ? answer['text'] : '';
    const blocks = prepared.body['blocks'];
    if (!text && !blocks) return 'no_text';
    if (answer['replace_original'] === true && original) {
      const edited = context.ephemeral ? {} : { edited: { user: APP.botUserId, ts: stamp() } };
      home.update(original.id, { text, blocks, ...edited });
      return undefined;
    }
    const thread = answer['thread_ts'];
    const fields = {
      ts: stamp(),
      type: 'message',
      channel_id: context.channelId,
      user: APP.botUserId,
      bot_id: APP.botId,
      app_id: APP.id,
      text,
      ...(blocks !== undefined && { blocks }),
      ...(typeof thread === 'string' && { thread_ts: thread }),
      reply_count: 0,
      reply_users: [],
      reactions: [],
    };
    if (answer['response_type'] === 'in_channel') posted.insert(fields);
    else ephemeral.insert({ ...fields, target_user: context.userId });
    return undefined;
  }

  /** The emulator counts from 000001 in each second; 9xxxxx keeps out of its way. */
  function stamp(): string {
    serial = (serial + 1) % 100_000;
    return `${Math.floor(now().getTime() / 1000)}.9${String(serial).padStart(5, '0')}`;
  }

  return { find, format, respond };
}

/** A file without its bytes. */
function fileSummary(file: Row): JsonObject {
  const { file_id, name, title, mimetype, size, alt_txt } = file;
  return { id: file_id, name, title, mimetype, size, ...(alt_txt !== undefined && { alt_txt }) };
}
