import type { Asked } from './escalation/asked.ts';
import type { NamedPolicy } from './escalation/policy.ts';
import type { Rota, Swap } from './escalation/rota.ts';
import type { Actor, EventType, Mention, MentionEvent, Status, Upkeep } from './mention.ts';
import type { Slot, StormReason } from './storm.ts';
import type { Rhythm } from './rhythm.ts';
import type { Correction } from './negativity/learn.ts';
import type { Failure, Gap } from './source.ts';

/** The instant now. Only `main` builds the real one. */
export type Clock = () => Date;
/** A new id: unique, and later ids sort after earlier ones. */
export type NewId = () => string;

/** Fixed message plus fields; never tokens, feed credentials or what an author wrote. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  /** A person must act. */
  error(fields: object, message: string): void;
}

/** A Slack team that Earshot serves. */
export interface Workspace {
  id: string;
  name: string;
  /** Earshot's own user in it. */
  botUserId: string;
  createdAt: Date;
}

/** What a team decides, in Slack; every workspace has all of them. */
export interface Settings {
  /** Where cards go when a keyword names no channel; null until somebody chose one. */
  channelId: string | null;
  /** Slack ids (people U..., user groups S...) that an escalation pings. */
  escalateTo: string[];
  /** Minutes unclaimed until the reminder in the thread, and until the ping. */
  nudgeMinutes: number;
  pingMinutes: number;
  /** People who may change keywords, sources and settings beside the workspace's admins. */
  managers: string[];
  /** IANA name: what "today" means in the log. */
  timeZone: string;
  /** Posts this much older than the last good poll of their source are not brought up, in hours. */
  maximumAgeHours: number;
  /** The team's own voice at the sources, an entry each, as `brand.ts` reads them. */
  brandAccounts: string[];
  /** Domains, or beginnings of addresses, that are never heard. */
  neverHear: string[];
  /** Days that text is kept after a mention's end; 90 at the most, counted from when it was found. */
  retentionDays: number;
  /** Where the team's public notice stands; null until somebody set it. */
  noticeUrl: string | null;
  /** Where praise is told, by its address alone; null: nowhere. */
  praiseChannelId: string | null;
  /** Times of day (`09:00`), in the team's time zone, at which a digest is due; none: no digest. */
  digestTimes: string[];
  /** New cards in five minutes and one channel; the others wait, the worst first. */
  burstCards: number;
  /** Mentions of half an hour and one channel that are a storm, if they are far more than usual. */
  stormFrom: number;
}

export const DEFAULT_SETTINGS: Settings = {
  channelId: null,
  escalateTo: [],
  nudgeMinutes: 15,
  pingMinutes: 30,
  managers: [],
  timeZone: 'UTC',
  maximumAgeHours: 72,
  brandAccounts: [],
  neverHear: [],
  retentionDays: 30,
  noticeUrl: null,
  praiseChannelId: null,
  digestTimes: ['09:00', '16:00'],
  burstCards: 120,
  stormFrom: 120,
};

export interface Keyword {
  id: string;
  workspaceId: string;
  /** As it was typed. */
  query: string;
  /** Null: the channel of the settings. */
  channelId: string | null;
  /** Negativity from which a mention gets a card, and from which it goes to the digest. */
  postThreshold: number;
  digestThreshold: number;
  paused: boolean;
  createdBy: Actor;
  createdAt: Date;
}

/** A public place that is polled for one workspace, with its own schedule and its own errors. */
export interface SourceRecord {
  id: string;
  workspaceId: string;
  kind: string;
  address: string;
  label: string;
  intervalSeconds: number;
  paused: boolean;
  /** JSON of the source's own making; null until the first good poll, the silent baseline. */
  cursor: string | null;
  nextPollAt: Date;
  lastSuccessAt: Date | null;
  failures: number;
  /** The plain sentence of the last failure, since when it fails; null while it works. */
  failure: string | null;
  failingSince: Date | null;
  /** The last probable loss, for people; null when there was none. */
  gap: string | null;
  gapAt: Date | null;
  rhythm: Rhythm;
  createdBy: Actor;
  createdAt: Date;
}

export interface Stores {
  workspaces: WorkspaceStore;
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
  replies: ReplyStore;
  writers: WriterStore;
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

/** Which mentions: all that is given must hold. */
export interface MentionFilter {
  statuses?: readonly Status[];
  channelId?: string;
  claimedBy?: Actor;
  keywordId?: string;
  /** `foundAt`, `from` inclusive, `to` exclusive. */
  from?: Date;
  to?: Date;
}

export interface MentionStore {
  find(workspaceId: string, id: string): Promise<Mention | null>;
  /** The mentions of these posts of one source, by external id. */
  findByPosts(
    workspaceId: string,
    sourceId: string,
    externalIds: readonly string[],
  ): Promise<Map<string, Mention>>;
  /** The mentions of one source whose external id begins so; erased ones have none. */
  findByPrefix(workspaceId: string, sourceId: string, prefix: string): Promise<Mention[]>;
  /**
   * Writes `next` and its events in one transaction, if the stored version is still
   * `next.version - 1`; false, and nothing written, when somebody was faster. Leaves the card alone:
   * `cardTs`, `cardVersion` and, once there is a card, `channelId`; and `upkeep`. Of an erased
   * mention the external id goes too (it often is the address) and reads as ''; its post is still
   * known. A withdrawn one takes its lesson along.
   */
  apply(next: Mention, events: readonly MentionEvent[]): Promise<boolean>;
  /** Newest first by `foundAt`, or oldest first. */
  list(
    workspaceId: string,
    filter: MentionFilter,
    page?: { limit?: number; offset?: number; order?: 'newest' | 'oldest' },
  ): Promise<Mention[]>;
  count(workspaceId: string, filter: MentionFilter): Promise<number>;

  /** The card that Slack now has, showing `version`. */
  recordCard(
    workspaceId: string,
    id: string,
    card: { channelId: string; ts: string; version: number },
  ): Promise<void>;
  /** The card is no longer in Slack (somebody deleted it, or its channel is gone). */
  forgetCard(workspaceId: string, id: string): Promise<void>;
  /**
   * `detected`, whose cards wait for their turn: the most severe first, then the most negative, then
   * the oldest.
   */
  waiting(workspaceId: string, limit: number): Promise<Mention[]>;
  /**
   * Whose card in Slack is missing (those that were opened and are not erased) or shows less than
   * the database says; oldest change first.
   */
  stale(workspaceId: string, limit: number): Promise<Mention[]>;
  /**
   * Ids of mentions with a card and an event, since it was opened, whose line is not in the thread
   * yet; oldest line first.
   */
  unlogged(workspaceId: string, limit: number): Promise<string[]>;

  /** The events of one mention, in order. */
  events(workspaceId: string, mentionId: string): Promise<MentionEvent[]>;
  /** The log of a workspace, newest first. */
  log(
    workspaceId: string,
    filter: { from?: Date; to?: Date; actor?: Actor; types?: readonly EventType[] },
    limit: number,
  ): Promise<MentionEvent[]>;
  recordLine(workspaceId: string, eventId: string, ts: string): Promise<void>;

  /** How many were found for a card, by keyword and stretch of ten minutes, from an instant on. */
  arrivals(workspaceId: string, from: Date): Promise<Arrivals[]>;
  /** New cards by channel that nobody asked for by hand, from an instant on. */
  posted(workspaceId: string, from: Date): Promise<Map<string, number>>;

  /** Writes only what is given. Makes no version and no event. */
  note(workspaceId: string, id: string, upkeep: Partial<Upkeep>): Promise<void>;
  /** Sources with a mention that `toSweep` would bring. */
  sourcesToSweep(workspaceId: string, now: Date): Promise<string[]>;
  /** Not erased, and `sweepAt` is not after `now`; the longest due first. */
  toSweep(workspaceId: string, sourceId: string, now: Date, limit: number): Promise<Mention[]>;
  /** Open, claimed or answered, and `lookAt` is not after `now`; the longest due first. */
  toLookAt(workspaceId: string, now: Date, limit: number): Promise<Mention[]>;
  /**
   * Whose text has been kept long enough: of the closed and quiet ones those that last changed
   * before `endedBefore`, of all those found before `foundBefore`, or, where the source demands it,
   * before the instant of its kind. Oldest first within each of these.
   */
  toExpire(workspaceId: string, limits: ExpiryLimits, limit: number): Promise<Mention[]>;
  /** Mentions, not erased, whose author has one of these hashes; oldest first. */
  byAuthors(workspaceId: string, authorHashes: readonly string[]): Promise<Mention[]>;
  /** After erasing many: makes the database let go of older copies of the rows, as far as it can. */
  settle(): Promise<void>;
}

export interface Arrivals extends Slot {
  keywordId: string;
}

export interface ExpiryLimits {
  endedBefore: Date;
  foundBefore: Date;
  foundBeforeByKind: Readonly<Record<string, Date>>;
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

/** What stayed under the threshold of a card, in one message, at a time that the team chose. */
export interface Digest {
  workspaceId: string;
  /** The chosen time; a workspace has one digest for each. */
  dueAt: Date;
  /** `foundAt` of what it is about: `from` inclusive, `to` exclusive. */
  from: Date;
  to: Date;
  channelId: string;
  /** Its Slack timestamp; null while it is not there. */
  ts: string | null;
  /** How many it is about; not each has a line. */
  total: number;
  /** In order; `version`: of the mention, as the line shows it, 0 while it is not there. */
  lines: { mentionId: string; version: number }[];
}

export interface DigestStore {
  /** The one that was due last. */
  last(workspaceId: string): Promise<Digest | null>;
  /** False when there is one for this time. */
  add(digest: Digest): Promise<boolean>;
  /** With a line that shows less than the database says, or is not there yet; oldest first. */
  stale(workspaceId: string): Promise<Digest[]>;
  /** What Slack shows now: the timestamp, and the version of each line. */
  record(digest: Digest): Promise<void>;
}

/** Far more than usual in one channel: one card for all, behind which the single ones wait. */
export interface Storm {
  workspaceId: string;
  id: string;
  channelId: string;
  reason: StormReason;
  startedAt: Date;
  /** Null while it lasts. */
  endedAt: Date | null;
  claimedBy: Actor | null;
  /** Its message in Slack, and when and as what it was last drawn; null while it is not there. */
  ts: string | null;
  drawnAt: Date | null;
  drawn: string | null;
}

export interface StormStore {
  add(storm: Storm): Promise<void>;
  find(workspaceId: string, id: string): Promise<Storm | null>;
  /** Those that last, and those that ended after an instant; oldest first. */
  since(workspaceId: string, endedAfter: Date): Promise<Storm[]>;
  /** Writes only what is given. */
  note(
    workspaceId: string,
    id: string,
    change: Partial<Pick<Storm, 'endedAt' | 'ts' | 'drawnAt' | 'drawn'>>,
  ): Promise<void>;
  /** False when somebody has it already. */
  claim(workspaceId: string, id: string, by: Actor): Promise<boolean>;
}

/** The message that says how many cards wait in a channel, while some do. */
export interface HeldNote {
  workspaceId: string;
  channelId: string;
  ts: string;
  drawnAt: Date;
  drawn: string;
}

export interface HeldNoteStore {
  list(workspaceId: string): Promise<HeldNote[]>;
  /** A channel has one. */
  save(note: HeldNote): Promise<void>;
  remove(workspaceId: string, channelId: string): Promise<void>;
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

/** Slack delivers more than once; this remembers what was taken. */
export interface DeliveryStore {
  /** True the first time that a delivery id is seen in a workspace. */
  first(workspaceId: string, id: string, at: Date): Promise<boolean>;
  /** Forgets those before an instant; returns how many. */
  prune(before: Date): Promise<number>;
}

/** All that a card shows. */
export interface CardView {
  mention: Mention;
  keyword: Keyword | null;
  sourceLabel: string;
  /** Its events so far, in order. */
  events: readonly MentionEvent[];
  /** The next step of the escalation if nobody acts, and whom it will ask; null: none. */
  nextStep: UpcomingStep | null;
  /** By when a first answer is wanted; null without a target, and once there was one. */
  answerDueAt: Date | null;
  /** Who is writing an answer, so that two do not; absent: nobody. */
  writer?: Actor | null;
  now: Date;
}

export interface UpcomingStep extends Asked {
  at: Date;
  /** It takes the claim back. */
  release: boolean;
}

/** A mention in a list of several. */
export interface ListedMention {
  mention: Mention;
  keyword: Keyword | null;
  sourceLabel: string;
}

/** A message about many mentions, which is edited in place to stay true. */
export type Board =
  | { kind: 'digest'; since: Date; total: number; rows: readonly ListedMention[] }
  | { kind: 'held'; count: number; oldestFoundAt: Date }
  | ({ kind: 'storm' } & StormView);

export interface StormView {
  storm: Storm;
  /** Mentions that belong to it, and what became of them. */
  found: number;
  waiting: number;
  oldestWaitingAt: Date | null;
  open: number;
  claimed: number;
  answered: number;
  dismissed: number;
  /** Counts of the last hours in stretches of ten minutes, oldest first. */
  chart: readonly number[];
  words: readonly string[];
  places: readonly { label: string; count: number }[];
}

/** A post that speaks well of a keyword. */
export interface Praise {
  query: string;
  url: string;
}

/** Slack, as far as the flows need it. Nothing is thrown for what Slack may well answer. */
export interface Notifier {
  postCard(view: CardView, channelId: string): Promise<Sent>;
  updateCard(view: CardView, channelId: string, ts: string): Promise<Sent>;
  /** A line of the log in the card's thread. */
  postLine(event: MentionEvent, mention: Mention, channelId: string, ts: string): Promise<Sent>;
  /** Tells another channel of a mention that waits, with a link to its card and nothing of its text. */
  pointTo(mention: Mention, channelId: string): Promise<Sent>;
  postBoard(board: Board, channelId: string): Promise<Sent>;
  updateBoard(board: Board, channelId: string, ts: string): Promise<Sent>;
  /** Removes a message of Earshot's own; one that is not there counts as removed. */
  remove(workspaceId: string, channelId: string, ts: string): Promise<Sent>;
  /** A notice to the channel itself: a failing source, a gap. */
  notice(workspaceId: string, channelId: string, text: string): Promise<Sent>;
  /** Where somebody speaks well of a keyword; `place`: how people call the source. */
  praise(
    workspaceId: string,
    channelId: string,
    place: string,
    praise: readonly Praise[],
  ): Promise<Sent>;
}

export type Sent =
  | { ok: true; ts: string }
  /** Slack is unwell or told us to wait: the outbox tries again. */
  | { ok: false; outcome: 'later'; cause: string; retryAfterSeconds: number | null }
  /** The message is not there (deleted by hand). */
  | { ok: false; outcome: 'gone'; cause: string }
  /** It will never work like this: no such channel, not a member, a missing scope. A person must act. */
  | { ok: false; outcome: 'refused'; cause: string };
