import { hash } from 'node:crypto';
import { postKey } from '../../core/canonical-url.ts';
import {
  isErased,
  type DismissReason,
  type Mention,
  type Status,
  type Upkeep,
} from '../../core/mention.ts';
import type { Label, Severity } from '../../core/verdict.ts';
import { given, storable, toDate, toText } from '../columns.ts';
import type { Columns } from '../values.ts';

export interface MentionRow {
  workspace_id: string;
  id: string;
  keyword_id: string;
  source_id: string;
  source_kind: string;
  /** Null once erased: it often is the post's address. */
  external_id: string | null;
  /** Hash of the external id; stays, so that an erased post is known and not taken up again. */
  external_key: string;
  /** Hash of what the post shares with itself in another source; null where it has no address. */
  post_key: string | null;
  status: Status;
  version: number;
  /** When this version was made. */
  changed_at: string;

  url: string | null;
  author: string | null;
  title: string | null;
  text: string | null;
  follow_up: string | null;
  /** SQLite says 0 and 1. */
  sensitive: boolean | number;
  author_hash: string | null;
  language: string | null;
  published_at: string | null;
  found_at: string;
  label: Label;
  negativity: number;
  /** JSON. */
  reasons: string;
  severity: Severity | null;
  /** SQLite says 0 and 1. */
  question: boolean | number;
  judged: boolean | number;

  opened_at: string | null;
  claimed_by: string | null;
  claimed_at: string | null;
  answered_by: string | null;
  answered_at: string | null;
  answer_url: string | null;
  verified_at: string | null;
  dismissed_reason: DismissReason | null;
  snoozed_until: string | null;
  paused_until: string | null;
  escalation_level: number;
  /** Under which rules the next step was counted, and when it falls due; '' until it is. */
  step_rules: string;
  step_at: string | null;

  channel_id: string | null;
  card_ts: string | null;
  card_version: number;

  sweep_at: string;
  gone_since: string | null;
  look_at: string | null;
  looks: number;
  answer_gone_since: string | null;
}

/** What each column holds. */
export const COLUMNS: Columns<MentionRow> = {
  workspace_id: 'text',
  id: 'text',
  keyword_id: 'text',
  source_id: 'text',
  source_kind: 'text',
  external_id: 'text',
  external_key: 'text',
  post_key: 'text',
  status: 'text',
  version: 'integer',
  changed_at: 'text',
  url: 'text',
  author: 'text',
  title: 'text',
  text: 'text',
  follow_up: 'text',
  sensitive: 'boolean',
  author_hash: 'text',
  language: 'text',
  published_at: 'text',
  found_at: 'text',
  label: 'text',
  negativity: 'double precision',
  reasons: 'text',
  severity: 'text',
  question: 'boolean',
  judged: 'boolean',
  opened_at: 'text',
  claimed_by: 'text',
  claimed_at: 'text',
  answered_by: 'text',
  answered_at: 'text',
  answer_url: 'text',
  verified_at: 'text',
  dismissed_reason: 'text',
  snoozed_until: 'text',
  paused_until: 'text',
  escalation_level: 'integer',
  step_rules: 'text',
  step_at: 'text',
  channel_id: 'text',
  card_ts: 'text',
  card_version: 'integer',
  sweep_at: 'text',
  gone_since: 'text',
  look_at: 'text',
  looks: 'integer',
  answer_gone_since: 'text',
};

/** The columns of `upkeep`, which no version touches. */
type UpkeepColumns = 'sweep_at' | 'gone_since' | 'look_at' | 'looks' | 'answer_gone_since';

/** What never changes after the insert, what only the cards change, and what the events say. */
type FixedColumns =
  | 'workspace_id'
  | 'id'
  | 'keyword_id'
  | 'source_id'
  | 'source_kind'
  | 'external_key'
  | 'post_key'
  | 'found_at'
  | 'channel_id'
  | 'card_ts'
  | 'card_version'
  | 'changed_at'
  | UpkeepColumns;

/** For a new mention. */
export function toRow(mention: Mention): MentionRow {
  const key = postKey(mention);
  return {
    workspace_id: mention.workspaceId,
    id: mention.id,
    keyword_id: mention.keywordId,
    source_id: mention.sourceId,
    source_kind: mention.sourceKind,
    external_key: digest(mention.externalId),
    post_key: key === null ? null : digest(key),
    found_at: toText(mention.foundAt),
    channel_id: mention.channelId,
    card_ts: mention.cardTs,
    card_version: mention.cardVersion,
    changed_at: toText(mention.foundAt),
    ...toUpkeepRow(mention.upkeep),
    ...toVersionRow(mention),
  };
}

/** For a new version of a stored mention. */
export function toVersionRow(mention: Mention): Omit<MentionRow, FixedColumns> {
  return {
    external_id: isErased(mention) ? null : storable(mention.externalId),
    status: mention.status,
    version: mention.version,
    url: storable(mention.url),
    author: storable(mention.author),
    title: storable(mention.title),
    text: storable(mention.text),
    follow_up: storable(mention.followUp),
    sensitive: mention.sensitive,
    author_hash: mention.authorHash,
    language: storable(mention.language),
    published_at: toText(mention.publishedAt),
    label: mention.verdict.label,
    negativity: mention.verdict.negativity,
    reasons: JSON.stringify(mention.verdict.reasons),
    severity: mention.verdict.severity,
    question: mention.verdict.question,
    judged: mention.verdict.judged,
    opened_at: toText(mention.openedAt),
    claimed_by: mention.claimedBy,
    claimed_at: toText(mention.claimedAt),
    answered_by: mention.answeredBy,
    answered_at: toText(mention.answeredAt),
    answer_url: storable(mention.answerUrl),
    verified_at: toText(mention.verifiedAt),
    dismissed_reason: mention.dismissedReason,
    snoozed_until: toText(mention.snoozedUntil),
    paused_until: toText(mention.pausedUntil),
    escalation_level: mention.escalationLevel,
    step_rules: '',
    step_at: null,
  };
}

function toUpkeepRow(upkeep: Upkeep): Pick<MentionRow, UpkeepColumns> {
  return {
    sweep_at: toText(upkeep.sweepAt),
    gone_since: toText(upkeep.goneSince),
    look_at: toText(upkeep.lookAt),
    looks: upkeep.looks,
    answer_gone_since: toText(upkeep.answerGoneSince),
  };
}

/** Only what is given. */
export function toUpkeepChange(change: Partial<Upkeep>): Partial<MentionRow> {
  const { sweepAt, goneSince, lookAt, looks, answerGoneSince } = change;
  return given({
    sweep_at: sweepAt && toText(sweepAt),
    gone_since: goneSince === undefined ? undefined : toText(goneSince),
    look_at: lookAt === undefined ? undefined : toText(lookAt),
    looks,
    answer_gone_since: answerGoneSince === undefined ? undefined : toText(answerGoneSince),
  });
}

export function fromRow(row: MentionRow): Mention {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    keywordId: row.keyword_id,
    sourceId: row.source_id,
    sourceKind: row.source_kind,
    externalId: row.external_id ?? '',
    status: row.status,
    version: row.version,
    url: row.url,
    author: row.author,
    title: row.title,
    text: row.text,
    followUp: row.follow_up,
    sensitive: Boolean(row.sensitive),
    authorHash: row.author_hash,
    language: row.language,
    publishedAt: toDate(row.published_at),
    foundAt: toDate(row.found_at),
    verdict: {
      label: row.label,
      negativity: row.negativity,
      reasons: JSON.parse(row.reasons) as string[],
      severity: row.severity,
      question: Boolean(row.question),
      judged: Boolean(row.judged),
    },
    openedAt: toDate(row.opened_at),
    claimedBy: row.claimed_by,
    claimedAt: toDate(row.claimed_at),
    answeredBy: row.answered_by,
    answeredAt: toDate(row.answered_at),
    answerUrl: row.answer_url,
    verifiedAt: toDate(row.verified_at),
    dismissedReason: row.dismissed_reason,
    snoozedUntil: toDate(row.snoozed_until),
    pausedUntil: toDate(row.paused_until),
    escalationLevel: row.escalation_level,
    channelId: row.channel_id,
    cardTs: row.card_ts,
    cardVersion: row.card_version,
    upkeep: {
      sweepAt: toDate(row.sweep_at),
      goneSince: toDate(row.gone_since),
      lookAt: toDate(row.look_at),
      looks: row.looks,
      answerGoneSince: toDate(row.answer_gone_since),
    },
  };
}

export function digest(text: string): string {
  return hash('sha256', text, 'base64url');
}
