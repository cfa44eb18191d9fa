import type { Message } from '../../blocks/message.ts';
import { unescaped } from '../../blocks/text.ts';
import type { Audience } from '../../respond.ts';
import type { Listening } from '../context.ts';

/** What somebody typed after `/earshot`, and from where. */
export interface CommandRequest extends Audience {
  channelId: string;
  triggerId: string;
  /** What follows the command's own word, as plain text. */
  rest: string;
}

export interface Command {
  /** The word that is typed first. */
  word: string;
  /** Other words for it. */
  aliases: readonly string[];
  /** For the help: the word and what may follow it. */
  usage: string;
  about: string;
  /** Said at once, where the answer may take seconds; null: the answer is quick. */
  wait?: (rest: string) => Message | null;
  /** Returns the answer, or null when a modal is the answer. */
  run: (deps: Listening, request: CommandRequest) => Promise<Message | null>;
}

/**
 * Slack escapes what is typed and wraps addresses: `<https://forum.example|forum.example>`, `&amp;`.
 * Telephones turn quotes into curly ones. References to people and channels stay as they are.
 */
export function unwrap(text: string): string {
  const bare = text.replace(/<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>/gu, '$1');
  return unescaped(bare.replace(/[“”„«»]/gu, '"')).trim();
}

/** The first word in lower case, and what follows it. */
export function splitWord(text: string): { word: string; rest: string } {
  const found = /^(\S+)\s*([\s\S]*)$/u.exec(text.trim());
  return { word: (found?.[1] ?? '').toLowerCase(), rest: (found?.[2] ?? '').trim() };
}
