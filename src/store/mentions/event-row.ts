import type { EventBody, EventType, Mention, MentionEvent } from '../../core/mention.ts';
import { namesStaff } from '../../core/privacy/staff.ts';
import { toDate, toText } from '../columns.ts';

export interface EventRow {
  workspace_id: string;
  id: string;
  mention_id: string;
  at: string;
  actor: string;
  type: EventType;
  /** JSON of what the type brings along. */
  body: string;
  version: number;
  log_ts: string | null;
  /**
   * Whether the thread still owes its line: false too where there is no thread, since the mention
   * was never opened. One column, so that Postgres can tell how few they are. SQLite says 0 and 1.
   */
  line_due: boolean | number;
  /** Whether it may still say who of the team did something, or was asked to. */
  named: boolean | number;
}

/** `mention` as the event left it. */
export function toRow(event: MentionEvent, mention: Mention): EventRow {
  const { id, workspaceId, mentionId, at, actor, version, logTs, type, ...body } = event;
  return {
    workspace_id: workspaceId,
    id,
    mention_id: mentionId,
    at: toText(at),
    actor,
    type,
    body: JSON.stringify(body),
    version,
    log_ts: logTs,
    line_due: logTs === null && mention.openedAt !== null,
    named: namesStaff(event),
  };
}

export function fromRow(row: EventRow): MentionEvent {
  const body = { ...(JSON.parse(row.body) as object), type: row.type } as EventBody;
  if (body.type === 'snoozed') body.until = toDate(body.until as unknown as string | null);
  if (body.type === 'acknowledged') body.until = toDate(body.until as unknown as string);
  return {
    ...body,
    id: row.id,
    workspaceId: row.workspace_id,
    mentionId: row.mention_id,
    at: toDate(row.at),
    actor: row.actor,
    version: row.version,
    logTs: row.log_ts,
  };
}
