/** Which modals are open in which tab of the page, and the trigger ids that may open one. */
import type { Records, Row } from './records.ts';

export interface Modals {
  /** Remembers which tab a trigger id was minted for. */
  expect(triggerId: string, tab: string): void;
  /** A view was opened or pushed with that trigger. */
  opened(triggerId: string, viewId: string, how: 'open' | 'push'): void;
  /** A view was pushed onto the stack that holds `parentId`. */
  pushed(parentId: string, viewId: string): void;
  /** The tab's stack, the visible one last. */
  stack(tab: string): Row[];
  tabOf(viewId: string): string | undefined;
  /** Takes the topmost away; the one beneath becomes visible. */
  pop(tab: string): void;
  clear(tab: string): void;
}

/** `onChange` is called with the tab whose stack changed. */
export function createModals(records: Records, onChange: (tab: string) => void): Modals {
  const views = records.collection('slack.views');
  const stacks = new Map<string, string[]>();
  const triggers = new Map<string, string>();

  const forget = (viewId: string): void => {
    const row = views.findOneBy('view_id', viewId);
    if (row) views.delete(row.id);
  };
  const tabOf = (viewId: string): string | undefined =>
    [...stacks].find(([, ids]) => ids.includes(viewId))?.[0];
  const clear = (tab: string): void => {
    const ids = stacks.get(tab);
    stacks.delete(tab);
    ids?.forEach(forget);
    if (ids?.length) onChange(tab);
  };

  records.onChange((table, change, row) => {
    if (table !== 'slack.views' || change !== 'update') return;
    const tab = tabOf(row['view_id'] as string);
    if (tab) onChange(tab);
  });

  return {
    expect(triggerId, tab) {
      triggers.set(triggerId, tab);
      const oldest = triggers.keys().next().value;
      if (triggers.size > 200 && oldest !== undefined) triggers.delete(oldest);
    },
    opened(triggerId, viewId, how) {
      const tab = triggers.get(triggerId);
      if (!tab) return;
      const below = how === 'push' ? (stacks.get(tab) ?? []) : [];
      if (how === 'open') stacks.get(tab)?.forEach(forget);
      stacks.set(tab, [...below, viewId]);
      onChange(tab);
    },
    pushed(parentId, viewId) {
      const tab = tabOf(parentId);
      if (!tab) return;
      stacks.set(tab, [...(stacks.get(tab) ?? []), viewId]);
      onChange(tab);
    },
    stack: (tab) => (stacks.get(tab) ?? []).flatMap((id) => views.findOneBy('view_id', id) ?? []),
    tabOf,
    pop(tab) {
      const ids = stacks.get(tab) ?? [];
      const top = ids.at(-1);
      if (!top) return;
      stacks.set(tab, ids.slice(0, -1));
      forget(top);
      onChange(tab);
    },
    clear,
  };
}
