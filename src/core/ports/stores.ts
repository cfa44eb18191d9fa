import type { NamedPolicy } from '../escalation/policy.ts';
import type { Rota, Swap } from '../escalation/rota.ts';
import type { MentionStore } from './mention-store.ts';
import type {
  DigestStore,
  HeldNoteStore,
  HomeViewStore,
  PraiseStore,
  StormStore,
} from './message-stores.ts';
import type { Actor, Mention } from '../mention.ts';
import type { Correction } from '../negativity/learn.ts';
import type { Keyword, Settings, SourceRecord, Workspace } from './records.ts';
import type { PostingStore } from '../posting.ts';
import type { Rhythm } from '../rhythm.ts';
import type { Failure, Gap } from '../source.ts';

export interface Stores {
  workspaces: WorkspaceStore;
  installations: InstallationStore;
  keywords: KeywordStore;
  sources: SourceStore;
  mentions: MentionStore;
  deliveries: DeliveryStore;
  suppressions: SuppressionStore;
  policies: PolicyStore;
  rotas: RotaStore;
  lessons: LessonStore;
  verdictCounts: VerdictCountStore;
  digests: DigestStore;
  storms: StormStore;
  heldNotes: HeldNoteStore;
  postings: PostingStore;
  replies: ReplyStore;
  writers: WriterStore;
  staff: StaffStore;
  homeViews: HomeViewStore;
  praises: PraiseStore;
  budgets: BudgetStore;
}

export interface WorkspaceStore {
  /** Creates the workspace or brings its name and bot user up to date. */
  save(workspace: Workspace): Promise<void>;
  find(id: string): Promise<Workspace | null>;
  list(): Promise<Workspace[]>;
  /** Always whole: what is not stored has its default. */
  settings(workspaceId: string): Promise<Settings>;
  /** Writes only what is given. */
  changeSettings(workspaceId: string, change: Partial<Settings>): Promise<void>;
  /** Removes it with everything that belongs to it, its log too. False when there is none. */
  remove(id: string): Promise<boolean>;
}

/** How Earshot enters a workspace that installed it by OAuth. */
export interface Installation {
  workspaceId: string;
  /** The bot token, as only the holder of the installation's secret can read it. */
  sealedToken: string;
  installedAt: Date;
}

export interface InstallationStore {
  /** Replaces an earlier one: whoever installs again gets a new token. */
  save(installation: Installation): Promise<void>;
  find(workspaceId: string): Promise<Installation | null>;
}

export interface KeywordStore {
  add(keyword: Keyword): Promise<void>;
  find(workspaceId: string, id: string): Promise<Keyword | null>;
  /** Oldest first. */
  list(workspaceId: string): Promise<Keyword[]>;
  /** False when there is no such keyword. */
  change(
    workspaceId: string,
    id: string,
    change: Partial<
      Pick<Keyword, 'query' | 'channelId' | 'postThreshold' | 'digestThreshold' | 'paused'>
    >,
  ): Promise<boolean>;
  /** Its mentions stay. */
  remove(workspaceId: string, id: string): Promise<boolean>;
}

export interface SourceStore {
  /** False when the workspace already has this kind and address. */
  add(source: SourceRecord): Promise<boolean>;
  find(workspaceId: string, id: string): Promise<SourceRecord | null>;
  /** Oldest first. */
  list(workspaceId: string): Promise<SourceRecord[]>;
  /** Of all workspaces: not paused, and `nextPollAt` is not after `now`; longest due first. */
  due(now: Date, limit: number): Promise<SourceRecord[]>;
  /**
   * Makes those due that wait for a time which a clock named that has been set back since: they were
   * heard later than `now`, by more than a minute. Returns how many.
   */
  recall(now: Date): Promise<number>;
  change(
    workspaceId: string,
    id: string,
    change: Partial<Pick<SourceRecord, 'label' | 'intervalSeconds' | 'paused' | 'nextPollAt'>>,
  ): Promise<boolean>;
  /** Its mentions stay. */
  remove(workspaceId: string, id: string): Promise<boolean>;
  /**
   * What a good poll brought, in one transaction: new mentions, then the cursor and the schedule.
   * Returns the mentions that were new. Skipped are those whose post the workspace already has: by
   * its external id in this source, or by `postKey` in another one.
   * Nothing is written, and null returned, when the source is gone or its cursor is no longer
   * `was` (another replica was faster).
   */
  commitPoll(result: PollResult): Promise<Mention[] | null>;
  /** What a bad poll leaves behind; the cursor stays. */
  commitFailure(result: PollFailure): Promise<void>;
}

export interface PollResult {
  workspaceId: string;
  sourceId: string;
  was: string | null;
  cursor: string;
  at: Date;
  nextPollAt: Date;
  mentions: Mention[];
  rhythm: Rhythm;
  gap: Gap | null;
  movedTo: string | null;
  /** How negative the matched posts were, whatever became of them; each is added to its day. */
  counts?: readonly VerdictCount[];
}

export interface PollFailure {
  workspaceId: string;
  sourceId: string;
  at: Date;
  nextPollAt: Date;
  failure: Failure;
}

/** Who is never to be heard again: a keyed hash, and no name. */
export interface Suppression {
  workspaceId: string;
  /** Null: wherever an author is called so. */
  sourceKind: string | null;
  authorHash: string;
  createdBy: Actor;
  createdAt: Date;
}

export interface SuppressionStore {
  /** False when it is there already. */
  add(suppression: Suppression): Promise<boolean>;
  /** Those of the hashes that are suppressed. */
  among(workspaceId: string, authorHashes: readonly string[]): Promise<Set<string>>;
  count(workspaceId: string): Promise<number>;
}

export interface PolicyStore {
  /** Adds it, or replaces what has its id; false when another of the workspace has its name. */
  save(policy: NamedPolicy): Promise<boolean>;
  find(workspaceId: string, id: string): Promise<NamedPolicy | null>;
  /** Oldest first. */
  list(workspaceId: string): Promise<NamedPolicy[]>;
  remove(workspaceId: string, id: string): Promise<boolean>;
}

export interface RotaStore {
  /**
   * Adds it, or replaces what has its id, but for its swaps, which are kept as they are; false when
   * another of the workspace has its name.
   */
  save(rota: Rota): Promise<boolean>;
  find(workspaceId: string, id: string): Promise<Rota | null>;
  /** Oldest first. */
  list(workspaceId: string): Promise<Rota[]>;
  remove(workspaceId: string, id: string): Promise<boolean>;
  /** False when the rota is gone. */
  addSwap(workspaceId: string, rotaId: string, swap: Swap): Promise<boolean>;
  removeSwap(workspaceId: string, rotaId: string, swapId: string): Promise<boolean>;
}

/** What one click taught; the words it was taught from cannot be read back. */
export interface Lesson {
  workspaceId: string;
  /** The mention's id: a second click about it replaces the first. */
  id: string;
  keywordId: string | null;
  /** `answered`: nobody corrected anything, and the team found it worth an answer. */
  said: 'negative' | 'not-negative' | 'not-about-us' | 'answered';
  correction: Correction;
  by: Actor;
  at: Date;
}

export interface LessonStore {
  /** Adds it, or replaces what has its id; of more than `most`, the oldest go. */
  save(lesson: Lesson, most: number): Promise<void>;
  find(workspaceId: string, id: string): Promise<Lesson | null>;
  /** Oldest first. */
  list(workspaceId: string): Promise<Lesson[]>;
  remove(workspaceId: string, id: string): Promise<boolean>;
  /** Another text after every change. */
  stamp(workspaceId: string): Promise<string>;
}

/** Posts that a keyword matched, by negativity in steps of 0.05: step 0 is 0 to 0.05, step 19 the last. */
export interface VerdictCount {
  keywordId: string;
  step: number;
  posts: number;
}

export interface VerdictCountStore {
  /** Sums from a day on (`2026-03-02`, UTC), by keyword and step. `commitPoll` adds to them. */
  since(workspaceId: string, day: string): Promise<VerdictCount[]>;
}

/** A text that the team wrote to begin answers with; `{name}` and `{topic}` are filled in. */
export interface SavedReply {
  workspaceId: string;
  name: string;
  text: string;
  createdBy: Actor;
  createdAt: Date;
}

export interface ReplyStore {
  /** Adds it, or replaces the one of its name. */
  save(reply: SavedReply): Promise<void>;
  /** Oldest first. */
  list(workspaceId: string): Promise<SavedReply[]>;
  remove(workspaceId: string, name: string): Promise<boolean>;
}

/** Somebody has the modal of an answer open. */
export interface Writing {
  workspaceId: string;
  mentionId: string;
  writer: Actor;
  /** It is not believed any longer than this. */
  until: Date;
}

export interface WriterStore {
  /** A mention has one; a second replaces the first. */
  save(writing: Writing): Promise<void>;
  list(workspaceId: string): Promise<Writing[]>;
  /** False when somebody else writes, or nobody. */
  remove(workspaceId: string, mentionId: string, writer: Actor): Promise<boolean>;
}

/**
 * What was read in a month at a place that charges for it, by all workspaces together: they read
 * there by the one key of the installation.
 */
export interface Budget {
  /** Of source. */
  kind: string;
  /** `2026-11`, UTC. */
  month: string;
  used: number;
  /** The limit that held when something was last taken. */
  most: number;
}

export interface BudgetStore {
  /**
   * Takes up to `wanted` of what is left of `most` in a month without touching the `spare`; 0 where
   * that is less than `least`. Never more than `most` in all, however many take at once. A new
   * month begins with nothing; a clock that goes back begins none.
   */
  take(request: {
    kind: string;
    month: string;
    most: number;
    spare: number;
    wanted: number;
    least: number;
  }): Promise<number>;
  /** What was taken and not used. */
  giveBack(request: { kind: string; month: string; unused: number }): Promise<void>;
  list(): Promise<Budget[]>;
}

/** Who of the team did what, which is kept for a time; what was done, and when, stays. */
export interface StaffStore {
  /**
   * Takes the names of people of the team, and their notes, out of what was done before an instant:
   * of at most `limit` events, oldest first, and of the mentions and messages beside the log. Returns
   * how many events it was. What is still open or claimed keeps its claim.
   */
  forget(workspaceId: string, before: Date, limit: number): Promise<number>;
  /**
   * Lets the database overwrite what was taken out, where that does not happen by itself: of all
   * workspaces, of each table once a day at the most. Returns the tables.
   */
  settle(): Promise<string[]>;
}

/** Slack delivers more than once; this remembers what was taken. */
export interface DeliveryStore {
  /** True the first time that a delivery id is seen in a workspace. */
  first(workspaceId: string, id: string, at: Date): Promise<boolean>;
  /** Forgets those before an instant; returns how many. */
  prune(before: Date): Promise<number>;
}
