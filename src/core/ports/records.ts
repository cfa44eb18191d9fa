import type { Actor } from '../mention.ts';
import type { Shape } from '../privacy/redact.ts';
import type { Language } from '../privacy/reply-letter.ts';
import type { Rhythm } from '../rhythm.ts';

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
  /** Whether a mark of severity makes the reminder and the ping come sooner. */
  markedFaster: boolean;
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
  /** Languages of the notice, and of the letter to somebody who objects; the first comes first. */
  languages: Language[];
  /** ISO 3166 country whose telephone numbers are written without a country code; else null. */
  country: string | null;
  /** What the team's own order and customer numbers look like; they are taken out of texts. */
  ownNumbers: Shape[];
  /** Who may see figures by person, beside themselves; `named`: those of `figuresNamed`. */
  figuresFor: 'nobody' | 'admins' | 'named';
  figuresNamed: string[];
  /** Days after which the log no longer says who of the team did something. */
  staffDays: number;
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
  markedFaster: true,
  managers: [],
  timeZone: 'UTC',
  maximumAgeHours: 72,
  brandAccounts: [],
  neverHear: [],
  retentionDays: 30,
  noticeUrl: null,
  languages: ['en'],
  country: null,
  ownNumbers: [],
  figuresFor: 'nobody',
  figuresNamed: [],
  staffDays: 180,
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
