import type { CommandType } from '../../core/lifecycle.ts';
import type { Actor, Mention } from '../../core/mention.ts';
import type { BulkOutcome, Step } from '../../flows/act/bulk.ts';
import type { Names } from '../people.ts';
import { MOST_TICKS } from './home-state.ts';
import { brief, joined, markup, type Markup } from './text.ts';

/** What can be done to many at once. */
export type Deed = Extract<CommandType, 'claim' | 'assign' | 'dismiss' | 'snooze'>;

const DONE: Readonly<Record<Deed, string>> = {
  claim: 'claimed',
  assign: 'assigned',
  dismiss: 'dismissed',
  snooze: 'snoozed',
};

/** "12 claimed. 1 was faster than you: Sam has it." */
export function bulkResult(deed: Deed, outcome: BulkOutcome, userId: Actor, names: Names): Markup {
  const { done, late, forbidden, gone } = outcome;
  if (done.length + late.length + forbidden.length + gone === 0) {
    return markup`Nothing is ticked. Tick what you mean, then choose again.`;
  }
  return joined(
    [
      markup`*${done.length} ${DONE[deed]}.*`,
      ...lateWords(late, userId, names),
      ...(forbidden.length === 0
        ? []
        : [markup`${forbidden.length} left alone: only members of the channel act on its cards.`]),
      ...(gone === 0 ? [] : [markup`${gone} not there any more.`]),
    ],
    ' ',
  );
}

/** Those who were faster, with how many each has; then what is closed, and what was so already. */
function lateWords(late: BulkOutcome['late'], userId: Actor, names: Names): Markup[] {
  const byOthers = new Map<Actor, number>();
  let mine = 0;
  let rest = 0;
  for (const { by } of late) {
    if (by === userId) mine += 1;
    else if (by === null) rest += 1;
    else byOthers.set(by, (byOthers.get(by) ?? 0) + 1);
  }
  const others = [...byOthers].map(([by, count]) => {
    const who = brief(names(by));
    return count === 1
      ? markup`1 was faster than you: ${who} has it.`
      : markup`${count} were faster than you: ${who} has them.`;
  });
  return [
    ...others,
    ...(mine === 0 ? [] : [markup`${mine} ${mine === 1 ? 'is' : 'are'} yours already.`]),
    ...(rest === 0 ? [] : [markup`${rest} changed before you came.`]),
  ];
}

export function undoneResult({ done, late, forbidden, gone }: BulkOutcome): Markup {
  const kept = late.length + forbidden.length + gone;
  const rest = markup` ${kept} left as ${kept === 1 ? 'it is' : 'they are'}: something has happened since.`;
  return markup`*${done.length} taken back.*${kept === 0 ? markup`` : rest}`;
}

/** What an *Undo* takes back: ids and the versions that were made; null without any. */
export function undoValue(done: readonly Mention[]): string | null {
  if (done.length === 0) return null;
  return done
    .slice(0, MOST_TICKS)
    .map(({ id, version }) => `${id}:${version}`)
    .join(' ');
}

export function readUndo(value: string): Step[] {
  return value.split(' ').flatMap((part) => {
    const [id, version] = part.split(':');
    return id && /^\d+$/u.test(version ?? '') ? [{ id, version: Number(version) }] : [];
  });
}
