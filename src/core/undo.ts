import type { Command } from './lifecycle.ts';
import type { Actor, MentionEvent } from './mention.ts';

/**
 * What takes back what a person did to a mention at `version`, as commands of `actor` in order: it
 * is where it was before, with the same person. Empty where that cannot be taken back, as of an
 * answer or a ping.
 */
export function undoing(events: readonly MentionEvent[], version: number, actor: Actor): Command[] {
  const done = events.find((event) => event.version === version);
  const before = events.filter((event) => event.version < version);
  const holder = holderAfter(before);
  const back: Command[] = holder === null ? [] : [{ type: 'assign', actor, to: holder }];
  switch (done?.type) {
    case 'claimed':
    case 'assigned':
      return holder === null ? [{ type: 'release', actor }] : back;
    case 'released':
      return back;
    case 'dismissed':
      return [{ type: 'reopen', actor }, ...back];
    case 'snoozed':
      return [{ type: 'snooze', actor, until: snoozeAfter(before) }];
    default:
      return [];
  }
}

/** Who had it after these events; null: nobody. */
function holderAfter(events: readonly MentionEvent[]): Actor | null {
  let holder: Actor | null = null;
  for (const event of events) {
    if (event.type === 'claimed') holder = event.actor;
    else if (event.type === 'assigned') holder = event.to;
    else if (['posted', 'released', 'reopened'].includes(event.type)) holder = null;
  }
  return holder;
}

/** Until when it was snoozed after these events; a change of hands ends a snooze. */
function snoozeAfter(events: readonly MentionEvent[]): Date | null {
  let until: Date | null = null;
  for (const event of events) {
    if (event.type === 'snoozed') until = event.until;
    else if (['posted', 'claimed', 'assigned', 'released', 'reopened'].includes(event.type)) {
      until = null;
    }
  }
  return until;
}
