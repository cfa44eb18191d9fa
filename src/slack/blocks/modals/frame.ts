import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/web-api';
import { LIMITS, plain } from '../text.ts';

/** What a modal about a mention carries to its submission. */
export interface ModalRef {
  mentionId: string;
  /** Where the click came from; null for the Home tab. */
  channelId: string | null;
  ts: string | null;
}

/** What Slack says an input holds; which fields there are depends on the kind of the input. */
export interface InputValue {
  value?: string | null | undefined;
  selected_option?: { value: string } | null | undefined;
  selected_options?: { value: string }[] | undefined;
  selected_user?: string | null | undefined;
  selected_users?: string[] | undefined;
  selected_conversation?: string | null | undefined;
}
/** The inputs of a modal by block id, then by element id. */
export type InputValues = Record<string, Record<string, InputValue>>;

/** Something is wrong with what was typed: which input, and what to do. */
export interface InputErrors {
  ok: false;
  errors: Record<string, string>;
}

export function modal(options: {
  callbackId: string;
  title: string;
  submit: string;
  metadata: object;
  blocks: KnownBlock[];
  /** Slack says when it is closed without being sent off. */
  tellsClosing?: boolean;
}): ModalView {
  return {
    type: 'modal',
    callback_id: options.callbackId,
    title: plain(options.title, LIMITS.title),
    submit: plain(options.submit, LIMITS.title),
    close: plain('Cancel', LIMITS.title),
    private_metadata: JSON.stringify(options.metadata),
    blocks: options.blocks,
    ...(options.tellsClosing === true ? { notify_on_close: true } : {}),
  };
}

/** Shown while the rest is being looked up, since a trigger lives for three seconds. */
export function loadingModal(title: string): ModalView {
  return {
    type: 'modal',
    title: plain(title, LIMITS.title),
    close: plain('Cancel', LIMITS.title),
    blocks: [{ type: 'section', text: plain('One moment…') }],
  };
}

/** One input; `id` names the block and the element. */
export function input(
  id: string,
  label: string,
  element: InputBlock['element'],
  options: { hint?: string; optional?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label, LIMITS.label),
    element: { ...element, action_id: id },
    ...(options.hint === undefined ? {} : { hint: plain(options.hint, LIMITS.label) }),
    ...(options.optional === true ? { optional: true } : {}),
  };
}

/** Several of some options; none may be chosen. */
export function severalInput(
  id: string,
  label: string,
  options: PlainTextOption[],
  chosen: readonly string[],
): InputBlock {
  const initial = options.filter(({ value }) => chosen.includes(value ?? ''));
  const element = {
    type: 'multi_static_select',
    options,
    ...(initial.length === 0 ? {} : { initial_options: initial }),
  } as const;
  return input(id, label, element, { optional: true });
}

export function noteInput(id: string, label: string, hint: string): InputBlock {
  const element = { type: 'plain_text_input', multiline: true, max_length: 1000 } as const;
  return input(id, label, element, { hint, optional: true });
}

export function valueOf(values: InputValues, id: string): InputValue {
  return values[id]?.[id] ?? {};
}

/** What was typed, trimmed; null when nothing was. */
export function textOf(values: InputValues, id: string): string | null {
  return valueOf(values, id).value?.trim() || null;
}

/** Reads back what a modal about a mention carries; null for what we did not make. */
export function readRef(metadata: string): ModalRef | null {
  const mentionId = field(metadata, 'mentionId');
  if (mentionId === null) return null;
  return { mentionId, channelId: channelOf(metadata), ts: field(metadata, 'ts') };
}

/** Where the click came from that opened the modal. */
export function channelOf(metadata: string): string | null {
  return field(metadata, 'channelId');
}

export function field(metadata: string, name: string): string | null {
  try {
    const value = (JSON.parse(metadata) as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
