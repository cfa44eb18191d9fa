import type { Board } from '../../core/ports.ts';
import { digestMessage } from './digest.ts';
import type { Message } from './message.ts';

/** The message of a board. */
export function boardMessage(board: Board): Message {
  return digestMessage(board);
}
