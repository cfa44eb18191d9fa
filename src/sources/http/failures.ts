import type { Failure, FailureKind, HttpAnswer } from '../../core/source.ts';
import { PRIVATE_ADDRESS } from './addresses.ts';
import { BodyError } from './body.ts';
import { retryAfterSeconds } from './times.ts';

/** What an answer's status means when it is not the wanted answer; null for success. */
export function failureOfStatus(
  status: number,
  headers: HttpAnswer['headers'],
  now: Date,
): Failure | null {
  if (status >= 200 && status < 300) return null;
  const isChallenge = headers['cf-mitigated'] === 'challenge';
  const [kind, message] = isChallenge ? CHALLENGE : (BY_STATUS[status] ?? byClass(status));
  const seconds = retryAfterSeconds(headers, now);
  return {
    kind,
    cause: isChallenge ? `HTTP ${status}, Cloudflare challenge` : `HTTP ${status}`,
    message,
    ...(seconds === null ? {} : { retryAfterSeconds: seconds }),
  };
}

export const NO_WEB_ADDRESS: Failure = {
  kind: 'refused',
  cause: 'not an http(s) address',
  message: 'is no web address; it must begin with https:// or http://',
};

export const LEADS_ASTRAY: Failure = {
  kind: 'refused',
  cause: 'redirect to something that cannot be followed',
  message: 'sends visitors to something that is no web page; check the address',
};

export const IN_CIRCLES: Failure = {
  kind: 'malformed',
  cause: 'redirects in a loop, or too many',
  message: 'sends visitors from one address to the next without end; check the address',
};

/** The host has told somebody here to wait, and for so many milliseconds more it is not asked. */
export function leftAlone(milliseconds: number): Failure {
  return {
    kind: 'rate-limited',
    cause: 'the host asked to be left alone',
    message: 'has asked for fewer requests; trying again when it said',
    retryAfterSeconds: Math.ceil(milliseconds / 1000),
  };
}

type Meaning = readonly [FailureKind, string];

const CHALLENGE: Meaning = [
  'rejected',
  'lets only browsers in (a Cloudflare challenge); ask its owner to admit Earshot',
];

const BY_STATUS: Readonly<Record<number, Meaning>> = {
  401: ['rejected', 'wants a login; Earshot reads only what anyone can read'],
  403: ['rejected', 'refuses Earshot (403); ask its owner, or choose another address'],
  404: ['unavailable', 'has nothing at this address (404); check the address'],
  408: ['unavailable', 'took too long to answer; trying again'],
  410: ['gone', 'says that it has ended for good (410)'],
  425: ['unavailable', 'is not ready yet; trying again'],
  429: ['rate-limited', 'asks for fewer requests (429); trying again later'],
  451: ['rejected', 'may not be read for legal reasons (451)'],
  503: ['unavailable', 'is busy or under maintenance (503); trying again'],
};

function byClass(status: number): Meaning {
  if (status >= 500) return ['unavailable', `has trouble of its own (${status}); trying again`];
  if (status >= 400) return ['rejected', `refuses the request (${status}); check the address`];
  return ['malformed', `answers in a way that leads nowhere (${status}); check the address`];
}

/** What an error on the way means: names, sockets, certificates, limits. */
export function failureOfError(error: unknown, ended: 'timeout' | 'abort' | null): Failure {
  if (ended === 'timeout') return TIMEOUT;
  if (ended === 'abort') {
    return { kind: 'unavailable', cause: 'aborted', message: 'was interrupted; trying again' };
  }
  if (error instanceof BodyError) return BODY[error.reason];
  const code = codeOf(error);
  const [kind, message] = BY_CODE[code] ?? byFamily(code);
  return { kind, cause: code === '' ? 'connection failed' : code, message };
}

const TIMEOUT: Failure = {
  kind: 'unavailable',
  cause: 'deadline passed',
  message: 'answers too slowly; trying again',
};

const BODY: Readonly<Record<BodyError['reason'], Failure>> = {
  'too-large': {
    kind: 'refused',
    cause: 'body over the limit',
    message: 'sends more than Earshot reads at once; look for a shorter feed of this place',
  },
  bomb: {
    kind: 'refused',
    cause: 'compressed body expands too far',
    message: 'sends data that is packed to harm; it is not read',
  },
  encoding: {
    kind: 'malformed',
    cause: 'body does not decompress',
    message: 'sends data that cannot be unpacked; trying again',
  },
};

const SLOW = 'does not answer; trying again';
const CUT = 'broke off the connection; trying again';

const BY_CODE: Readonly<Record<string, Meaning>> = {
  [PRIVATE_ADDRESS]: [
    'refused',
    'leads to a private address; only an operator can allow that, with EARSHOT_PRIVATE_HOSTS',
  ],
  ENOTFOUND: ['unavailable', 'has a name that does not exist; check the address'],
  EAI_AGAIN: ['unavailable', 'could not be looked up by name; trying again'],
  ECONNREFUSED: ['unavailable', 'takes no connections; trying again'],
  ECONNRESET: ['unavailable', CUT],
  EPIPE: ['unavailable', CUT],
  UND_ERR_SOCKET: ['unavailable', CUT],
  ETIMEDOUT: ['unavailable', SLOW],
  UND_ERR_CONNECT_TIMEOUT: ['unavailable', SLOW],
  UND_ERR_HEADERS_TIMEOUT: ['unavailable', SLOW],
  UND_ERR_BODY_TIMEOUT: ['unavailable', SLOW],
  UND_ERR_HEADERS_OVERFLOW: ['refused', 'sends endless headers; they are not read'],
  CERT_HAS_EXPIRED: ['unavailable', 'has a certificate that has expired; its owner must renew it'],
};

function byFamily(code: string): Meaning {
  if (/CERT|TLS|SSL|SELF_SIGNED|ISSUER|EPROTO/u.test(code)) {
    return ['unavailable', 'has no valid certificate; its owner must mend that'];
  }
  if (code.startsWith('HPE_') || code.startsWith('UND_ERR_RES')) {
    return ['malformed', 'does not speak HTTP properly; check the address'];
  }
  return ['unavailable', 'cannot be reached; trying again'];
}

/** The innermost code: a failed connection wraps one error for each address that was tried. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const inner = Array.isArray(errors) ? codeOf(errors[0]) : codeOf(cause);
  return inner || (typeof code === 'string' ? code : '');
}
