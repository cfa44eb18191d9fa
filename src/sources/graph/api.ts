import type { Call, Existence, ExistsRequest, Failure } from '../../core/source.ts';
import { askOneByOne } from '../existence.ts';
import { fields, getJson, list, number, string, type Fields, type JsonOutcome } from '../json.ts';
import { limited } from '../limits.ts';
import { missing } from '../token.ts';

/** One of Meta's places: where it is asked, and by which settings. */
export interface Graph {
  /** Setting with the token of one's own account. */
  token: string;
  /** Setting with another host, and the host without it. */
  url: string;
  usual: string;
}

const THROTTLED = [4, 17, 32, 613, 80_001, 80_002];
const BAD_TOKEN = 190;
/** With the subcode 33: gone, or not to be seen. */
const NOT_FOUND = 100;
const NOT_FOUND_SUBCODE = 33;
/** Percent of the hour's calls from which the next poll waits for an hour. */
const NEARLY_USED = 80;
const HOUR = 3600;

export async function ask(
  call: Call,
  graph: Graph,
  path: string,
  query: Record<string, string>,
): Promise<JsonOutcome> {
  const token = call.settings[graph.token];
  if (!token) return missing(graph.token);
  const base = call.settings[graph.url] ?? graph.usual;
  const outcome = await getJson(call, `${base}/${path}?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return outcome.ok ? outcome : { ...outcome, failure: refusal(outcome, graph) };
}

/** Codes say more than the status, which is 400 for nearly everything. */
function refusal(outcome: JsonOutcome & { ok: false }, graph: Graph): Failure {
  const { failure, status, headers } = outcome;
  const { code } = errorOf(outcome);
  const cause = code === null ? failure.cause : `HTTP ${status}, code ${code}`;
  if (failure.kind === 'rate-limited' || (code !== null && THROTTLED.includes(code))) {
    return limited({ ...failure, cause }, regainSeconds(headers['x-business-use-case-usage']));
  }
  if (code === BAD_TOKEN || status === 401) {
    const message = `does not accept ${graph.token} any more; make a new token, and set it`;
    return { kind: 'rejected', cause, message };
  }
  if (code === 10 || (code !== null && code >= 200 && code < 300)) {
    const message = `does not let ${graph.token} read this; grant it the permissions that are listed for this source`;
    return { kind: 'rejected', cause, message };
  }
  return { ...failure, cause };
}

function errorOf({ value }: { value: unknown }): { code: number | null; subcode: number | null } {
  const error = fields(fields(value)['error']);
  return { code: number(error['code']), subcode: number(error['error_subcode']) };
}

/** Seconds until there are calls again, of the header that counts them for each business. */
function regainSeconds(header: string | undefined): number | null {
  const minutes = usesOf(header).map((use) => number(use['estimated_time_to_regain_access']) ?? 0);
  const longest = Math.max(0, ...minutes);
  return longest > 0 ? longest * 60 : null;
}

function usesOf(header: string | undefined): Fields[] {
  return Object.values(readUse(header)).flatMap((uses) => (list(uses) ?? []).map(fields));
}

function readUse(header: string | undefined): Fields {
  try {
    return fields(JSON.parse(header ?? '{}'));
  } catch {
    return {};
  }
}

/** Seconds to wait while there still are calls, but not many. */
export function patience(outcome: JsonOutcome): number | null {
  if (outcome.ok && outcome.notModified) return null;
  const { headers } = outcome;
  // One header counts for each business, the other for the app as a whole.
  const uses = [...usesOf(headers['x-business-use-case-usage']), readUse(headers['x-app-usage'])];
  const used = uses.flatMap((use) =>
    ['call_count', 'total_cputime', 'total_time'].map((name) => number(use[name]) ?? 0),
  );
  return Math.max(0, ...used) >= NEARLY_USED ? HOUR : null;
}

export interface GraphPage {
  ok: true;
  items: Fields[];
  /** Cursor of the page after this one. */
  next: string | null;
  waitSeconds: number | null;
}

/** A page of a list, newest first where the place is asked so. */
export async function readPage(
  call: Call,
  graph: Graph,
  path: string,
  query: Record<string, string>,
): Promise<GraphPage | { ok: false; failure: Failure; isForgotten: boolean }> {
  const outcome = await ask(call, graph, path, query);
  if (!outcome.ok) {
    const isForgotten = 'after' in query && errorOf(outcome).code === NOT_FOUND;
    return { ok: false, failure: outcome.failure, isForgotten };
  }
  const answer = outcome.notModified ? {} : fields(outcome.value);
  const items = list(answer['data']);
  if (items === null) return { ok: false, failure: NO_LIST, isForgotten: false };
  const paging = fields(answer['paging']);
  const after = string(fields(paging['cursors'])['after']);
  // The last page has a cursor as well, but no address of a next one.
  const next = string(paging['next']) === null ? null : after;
  return { ok: true, items: items.map(fields), next, waitSeconds: patience(outcome) };
}

const NO_LIST: Failure = {
  kind: 'malformed',
  cause: 'JSON without data',
  message: 'answers, but not with what was asked for; it may have changed its interface',
};

/** One at a time: in a batch, one that is missing spoils the answer for all. */
export async function exists(
  request: ExistsRequest,
  graph: Graph,
): Promise<Map<string, Existence>> {
  return askOneByOne(request, async ({ externalId }) => {
    const outcome = await ask(request, graph, encodeURIComponent(externalId), { fields: 'id' });
    if (outcome.ok) return 'there';
    const { code, subcode } = errorOf(outcome);
    if (code === NOT_FOUND && subcode === NOT_FOUND_SUBCODE) return 'gone';
    const { kind } = outcome.failure;
    // What one may not see of one object says nothing of the others; a token that does not work does.
    const isToken = code === BAD_TOKEN || outcome.status === 401 || outcome.status === null;
    const isTrouble = kind === 'rate-limited' || (kind === 'unavailable' && code === null);
    return isToken || isTrouble ? 'stop' : 'unknown';
  });
}
