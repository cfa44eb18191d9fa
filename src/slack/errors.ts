import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';

/**
 * What a failed call means for the one who made it. `wait`: Slack named the seconds. `later`: Slack
 * is unwell, and the same call may work soon. `gone`: the message is not there. `off`: this token
 * or this Slack cannot do that at all. `refused`: it will not work until a person changes something.
 */
export type Meaning = 'wait' | 'later' | 'gone' | 'off' | 'refused';

export interface Trouble {
  meaning: Meaning;
  /** For the log: Slack's error string, or what the network said. */
  cause: string;
  /** Seconds, where Slack named them. */
  retryAfterSeconds: number | null;
  /** The call cannot have reached Slack. */
  isUnsent?: true;
}

/**
 * Slack's error strings, by what follows from them; read from the method pages of its
 * documentation. A string that is not here is `refused`, so that one odd message does not hold up
 * the others.
 */
const MEANINGS = new Map<string, Meaning>([
  ...named('wait', 'ratelimited', 'rate_limited'),
  ...named('later', 'internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'),
  ...named('later', 'team_added_to_org'),
  ...named('gone', 'message_not_found', 'thread_not_found'),
  ...named('off', 'missing_scope', 'no_permission', 'access_denied', 'not_allowed_token_type'),
  ...named('off', 'unknown_method', 'method_deprecated', 'not_enabled', 'feature_not_enabled'),
  ...named('off', 'team_access_not_granted', 'paid_teams_only', 'plan_upgrade_required'),
]);

function named(meaning: Meaning, ...errors: string[]): [string, Meaning][] {
  return errors.map((error) => [error, meaning]);
}

/** Waited when Slack says "too many" without saying how long. */
const PLAIN_WAIT_SECONDS = 30;

/** Classifies what a `WebClient` call threw; what is no answer of Slack's is thrown again. */
export function readTrouble(error: unknown): Trouble {
  if (error instanceof WebAPIRateLimitedError) {
    return { meaning: 'wait', cause: 'ratelimited', retryAfterSeconds: error.retryAfter };
  }
  if (error instanceof WebAPIPlatformError) {
    const { error: name, response_metadata: metadata } = error.data;
    // A body that is not JSON ends up in `error`: a page of a proxy, or half of an answer.
    if (!/^[a-z0-9_]{1,80}$/u.test(name)) return later('an answer that is not JSON');
    const meaning = MEANINGS.get(name) ?? 'refused';
    const seconds = metadata?.retryAfter ?? PLAIN_WAIT_SECONDS;
    return { meaning, cause: name, retryAfterSeconds: meaning === 'wait' ? seconds : null };
  }
  if (error instanceof WebAPIHTTPError) {
    const meaning = httpMeaning(error.statusCode);
    const wait = meaning === 'wait' ? PLAIN_WAIT_SECONDS : null;
    return { meaning, cause: `HTTP ${error.statusCode}`, retryAfterSeconds: wait };
  }
  if (error instanceof WebAPIRequestError) {
    return ofNetwork(error.original);
  }
  if (isCutOff(error)) return later('the answer broke off');
  throw error;
}

function later(cause: string): Trouble {
  return { meaning: 'later', cause, retryAfterSeconds: null };
}

/** What is said of a way to Slack that does not even begin, by the code of the failure. */
const NO_WAY = new Map([
  ['ENOTFOUND', 'the name of Slack could not be looked up'],
  ['EAI_AGAIN', 'the name of Slack could not be looked up'],
  ['ECONNREFUSED', 'nobody takes the connection'],
  ['ENETUNREACH', 'there is no network'],
  ['EHOSTUNREACH', 'there is no network'],
  ['UND_ERR_CONNECT_TIMEOUT', 'nobody takes the connection'],
]);

/** The network's own code is one or two causes deep. */
function ofNetwork(error: Error): Trouble {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    const words = NO_WAY.get(code);
    if (words !== undefined) return { ...later(`${words} (${code})`), isUnsent: true };
    if (/^E[A-Z]+$/u.test(code)) return later(`the connection broke (${code})`);
  }
  return later(error.message);
}

/** The client wraps what goes wrong before an answer begins, and not what does in its middle. */
function isCutOff(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '' } = (error.cause ?? {}) as { code?: string };
  return /^(?:UND_ERR_|ECONNRESET)/u.test(code) || /^(?:Abort|Timeout)Error$/u.test(error.name);
}

/** Slack answers 200 to nearly everything; the rest comes from what stands before or in for it. */
function httpMeaning(status: number): Meaning {
  if (status === 429) return 'wait';
  if (status === 404 || status === 405 || status === 501) return 'off';
  return status >= 500 ? 'later' : 'refused';
}

/**
 * What the log may know of an error: its kind and where it arose. Not its message, since that of a
 * database holds the values of its query, and so what an author wrote.
 */
export function forLog(error: unknown): { cause: string; where: string } {
  if (!(error instanceof Error)) return { cause: typeof error, where: '' };
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  const data = error instanceof WebAPIPlatformError ? ` ${error.data.error.slice(0, 80)}` : '';
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  return {
    cause: `${error.name}${code}${data}`,
    where: frames
      .slice(0, 4)
      .map((line) => line.trim())
      .join(' | '),
  };
}
