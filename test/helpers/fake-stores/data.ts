import type { NamedPolicy, Rota } from '../../../src/core/escalation/index.ts';
import type { Mention, MentionEvent } from '../../../src/core/mention.ts';
import type {
  Budget,
  Digest,
  HeldNote,
  Installation,
  Keyword,
  Lesson,
  Settings,
  SavedReply,
  SourceRecord,
  Storm,
  Suppression,
  Workspace,
  Writing,
  Posting,
} from '../../../src/core/ports.ts';

/** The tables, in memory. Keys begin with the workspace, as `key` writes them. */
export interface FakeData {
  workspaces: Map<string, Workspace>;
  installations: Map<string, Installation>;
  settings: Map<string, Partial<Settings>>;
  keywords: Map<string, Keyword>;
  sources: Map<string, SourceRecord>;
  mentions: Map<string, StoredMention>;
  events: Map<string, StoredEvent>;
  deliveries: Map<string, Date>;
  suppressions: Map<string, Suppression>;
  policies: Map<string, NamedPolicy>;
  rotas: Map<string, Rota>;
  lessons: Map<string, Lesson>;
  /** Posts by workspace, day, keyword and step. */
  verdictCounts: Map<string, number>;
  digests: Map<string, Digest>;
  storms: Map<string, Storm>;
  heldNotes: Map<string, HeldNote>;
  postings: Map<
    string,
    Posting & {
      since: Date;
      at: Date;
      holder: string;
      ts: string | null;
      tries: number;
      nextAt: Date | null;
    }
  >;
  replies: Map<string, SavedReply>;
  writers: Map<string, Writing>;
  praises: { workspaceId: string; channelId: string; ts: string; hash: string; endsAt: Date }[];
  homeViews: Map<string, { workspaceId: string; userId: string; stale: boolean; state: string }>;
  budgets: Map<string, Budget>;
}

export interface StoredMention {
  mention: Mention;
  externalKey: string;
  postKey: string | null;
  changedAt: Date;
  /** When its next step falls due, and under which rules that was counted. */
  step?: { rules: string; at: Date | null } | undefined;
}

export interface StoredEvent {
  event: MentionEvent;
  inThread: boolean;
}

export function emptyData(): FakeData {
  return {
    workspaces: new Map(),
    installations: new Map(),
    settings: new Map(),
    keywords: new Map(),
    sources: new Map(),
    mentions: new Map(),
    events: new Map(),
    deliveries: new Map(),
    suppressions: new Map(),
    policies: new Map(),
    rotas: new Map(),
    lessons: new Map(),
    verdictCounts: new Map(),
    digests: new Map(),
    storms: new Map(),
    heldNotes: new Map(),
    postings: new Map(),
    replies: new Map(),
    writers: new Map(),
    praises: [],
    homeViews: new Map(),
    budgets: new Map(),
  };
}

export function key(workspaceId: string, id: string): string {
  return JSON.stringify([workspaceId, id]);
}

/** What a foreign key does. */
export function mustHaveWorkspace(data: FakeData, workspaceId: string): void {
  if (!data.workspaces.has(workspaceId)) throw new Error(`no workspace ${workspaceId}`);
}

/** What a primary key does. */
export function mustBeNew(map: ReadonlyMap<string, unknown>, id: string): void {
  if (map.has(id)) throw new Error(`${id} is there already`);
}

/** Copies go in and out, so that nobody changes a stored row in passing. */
export function copy<T>(value: T): T {
  return structuredClone(value);
}

/** Sorts by each of these in turn, upwards. */
export function by<T>(...parts: ((value: T) => string | number | Date)[]) {
  return (a: T, b: T): number => {
    for (const part of parts) {
      const [left, right] = [part(a), part(b)];
      if (left < right) return -1;
      if (left > right) return 1;
    }
    return 0;
  };
}

/** Takes over what is given; undefined is not. */
export function assignGiven<T extends object>(target: T, change: Partial<T>): void {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  Object.assign(target, copy(Object.fromEntries(entries)));
}
