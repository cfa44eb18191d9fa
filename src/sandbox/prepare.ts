/** What is done to a method's arguments before the emulator sees them. */
import { randomBytes } from 'node:crypto';
import { elementsOf, refuseMessageBlocks, refuseView } from './check/blocks.ts';
import type { JsonObject } from './check/shape.ts';
import type { SlackReply } from './emulator.ts';
import { APP } from './workspace.ts';

/** Slack's answer to a call that it does not carry out. */
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
