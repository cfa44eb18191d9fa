import type { Mention, MentionEvent } from '../../core/mention.ts';
import type { Stores } from '../../core/ports.ts';

export interface ExportDeps {
  stores: Pick<Stores, 'mentions' | 'keywords' | 'sources'>;
}

/** One mention as a row, and the events behind it. Times are UTC ISO text; absent ones are null. */
export interface ExportRow {
  id: string;
  keyword: string | null;
  source: string;
  status: string;
  url: string | null;
  negativity: number;
  severity: string | null;
  publishedAt: string | null;
  foundAt: string;
  claimedBy: string | null;
  claimedAt: string | null;
  minutesToClaim: number | null;
  answeredBy: string | null;
  answeredAt: string | null;
  minutesToAnswer: number | null;
  answerUrl: string | null;
  verified: boolean;
  dismissedReason: string | null;
  events: ExportEvent[];
}

export type ExportEvent = { type: string; at: string; by: string } & Record<string, unknown>;

const PAGE = 500;

/** Every mention of a workspace with its events, oldest first. Holds no text of any author. */
export async function* exportRows(deps: ExportDeps, workspaceId: string): AsyncIterable<ExportRow> {
  const { mentions } = deps.stores;
  const keywords = await deps.stores.keywords.list(workspaceId);
  const sources = await deps.stores.sources.list(workspaceId);
  const queries = new Map(keywords.map(({ id, query }) => [id, query]));
  const labels = new Map(sources.map(({ id, label }) => [id, label]));
  for (let offset = 0; ; offset += PAGE) {
    const page = await mentions.list(workspaceId, {}, { limit: PAGE, offset, order: 'oldest' });
    for (const mention of page) {
      const events = await mentions.events(workspaceId, mention.id);
      yield {
        ...toRow(mention),
        keyword: queries.get(mention.keywordId) ?? null,
        source: labels.get(mention.sourceId) ?? mention.sourceKind,
        events: events.map(toEvent),
      };
    }
    if (page.length < PAGE) return;
  }
}

function toRow(mention: Mention): Omit<ExportRow, 'keyword' | 'source' | 'events'> {
  const { id, status, url, verdict, foundAt } = mention;
  return {
    id,
    status,
    url,
    negativity: verdict.negativity,
    severity: verdict.severity,
    publishedAt: iso(mention.publishedAt),
    foundAt: foundAt.toISOString(),
    claimedBy: mention.claimedBy,
    claimedAt: iso(mention.claimedAt),
    minutesToClaim: minutes(foundAt, mention.claimedAt),
    answeredBy: mention.answeredBy,
    answeredAt: iso(mention.answeredAt),
    minutesToAnswer: minutes(foundAt, mention.answeredAt),
    answerUrl: mention.answerUrl,
    verified: mention.verifiedAt !== null,
    dismissedReason: mention.dismissedReason,
  };
}

function toEvent(event: MentionEvent): ExportEvent {
  const { id: _id, workspaceId: _w, mentionId: _m, logTs: _l, version: _v, ...rest } = event;
  const { at, actor, ...body } = rest;
  return { ...body, at: at.toISOString(), by: actor };
}

function iso(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}

function minutes(from: Date, to: Date | null): number | null {
  return to === null ? null : Math.round((to.getTime() - from.getTime()) / 60_000);
}

const COLUMNS = [
  'id',
  'keyword',
  'source',
  'status',
  'url',
  'negativity',
  'severity',
  'publishedAt',
  'foundAt',
  'claimedBy',
  'claimedAt',
  'minutesToClaim',
  'answeredBy',
  'answeredAt',
  'minutesToAnswer',
  'answerUrl',
  'verified',
  'dismissedReason',
] as const satisfies readonly (keyof ExportRow)[];

/** The head line of the CSV, then a line a row; events are left to the JSON. */
export const CSV_HEAD = COLUMNS.join(',');

/**
 * One row as a CSV line (RFC 4180). A cell that a spreadsheet would run as a formula gets an
 * apostrophe in front: a query or a URL may come from a stranger.
 */
export function csvLine(row: ExportRow): string {
  return COLUMNS.map((column) => {
    const value = row[column];
    if (value === null) return '';
    const text = String(value);
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
    return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }).join(',');
}
