import type {
  Button,
  ConfirmationDialog,
  ContextBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from '@slack/web-api';
import { LIMITS, mrkdwn, plain, type Markup } from './text.ts';

/** What is sent: the blocks, and the text for notifications and screen readers. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/** Small print: texts of strangers as strings, our own words as markup. Empty ones are left out. */
export function context(...parts: (string | Markup)[]): ContextBlock {
  const elements: (PlainTextElement | MrkdwnElement)[] = parts
    .filter((part) => part !== '')
    .map((part) => (typeof part === 'string' ? plain(part, LIMITS.context) : mrkdwn(part)));
  return { type: 'context', elements: elements.slice(0, 10) };
}

export function section(text: string | Markup): SectionBlock {
  return { type: 'section', text: typeof text === 'string' ? plain(text) : mrkdwn(text) };
}

export function header(text: string): KnownBlock {
  return { type: 'header', text: plain(text, 150) };
}

export function button(options: {
  action: string;
  text: string;
  value?: string;
  style?: 'primary' | 'danger';
  url?: string;
  confirm?: ConfirmationDialog;
  /** Read out instead of the text, where the text alone does not say what it is about. */
  label?: string;
}): Button {
  const { action, text, value, style, url, confirm, label } = options;
  return {
    type: 'button',
    action_id: action,
    text: plain(text, LIMITS.button),
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
    ...(confirm === undefined ? {} : { confirm }),
    ...(label === undefined ? {} : { accessibility_label: plain(label, 75).text }),
  };
}

export function option(text: string, value: string, url?: string): PlainTextOption {
  return {
    text: plain(text, LIMITS.option),
    value,
    ...(url === undefined ? {} : { url }),
  };
}

/** Asks before something that cannot be undone with one click. */
export function confirm(title: string, text: string, yes: string): ConfirmationDialog {
  return {
    title: plain(title, 100),
    text: plain(text, 300),
    confirm: plain(yes, 30),
    deny: plain('Keep it', 30),
  };
}

/** A message of one sentence or two, for one person. */
export function sentence(text: Markup): Message {
  return { text: text.markup, blocks: [section(text)] };
}
