import type { Board } from '../../core/ports.ts';
import type { Names } from '../people.ts';
import { digestMessage } from './digest.ts';
import type { Message } from './message.ts';
import { heldMessage, stormEndMessage, stormMessage } from './storm.ts';

/** The message of a board. */
export function boardMessage(board: Board, names: Names): Message {
  switch (board.kind) {
    case 'digest':
      return digestMessage(board);
    case 'held':
      return heldMessage(board);
    case 'storm':
      return stormMessage(board, names);
    case 'storm-end':
      return stormEndMessage(board, names);
  }
}
