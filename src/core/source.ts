import type { Post } from './post.ts';

/**
 * The contract of a source: one object in one file under `src/sources`, registered by one line in
 * `src/sources/index.ts`. A source reads without logging in as a person, or with an official key
 * for content that is public anyway. It never stores: it returns posts, and what it wants to
 * remember comes back to it as its cursor.
 */
export interface Source {
  /** Stable short name: the `kind` column, and what `source:` means in a query. */
  kind: string;
  /** For people: "RSS, Atom and JSON feeds". */
  name: string;
  /** One sentence each, said to the person who adds it. */
  hears: string;
  cannotHear: string;
  rules: SourceRules;
  politeness: Politeness;
  /** What must be set before it can be used; null: it is on without a key. */
  needs: SourceNeeds | null;
  /**
   * What somebody typed, as an address of this source, or null when it is not for us. Pure: no
   * look-ups. Short forms ("hn", "r/name", "#tag@instance") count. The most specific source is
   * asked first, feeds last.
   */
  recognise(input: string): Address | null;
  /**
   * Looks at an address that no source recognised by its shape, with one or two requests: is it one
   * of ours? Null when it is not, or when the place did not answer.
   */
  probe?(request: ProbeRequest): Promise<Address | null>;
  /** Fetches what is new. Never throws for a failure of the place. */
  poll?(request: PollRequest): Promise<PollOutcome>;
  /** A stream: yields batches until `signal` aborts. A source polls or listens, not both. */
  listen?(request: ListenRequest): AsyncIterable<StreamBatch>;
  /**
   * What the place does not say in `poll` or `listen`, asked for the few posts that matched, before
   * they are stored: completed, and without those that are gone or whose author opted out.
   */
  complete?(request: CompleteRequest): Promise<CompleteOutcome>;
  /**
   * Are these posts still public? In batches of at most `rules.sweepBatch`. An id that the place
   * could not answer for (an outage, a refusal) is `unknown`, never `gone`.
   */
  exists?(request: ExistsRequest): Promise<Map<string, Existence>>;
  /** The public answers under one post, oldest first; for `verify`. */
  replies?(request: RepliesRequest): Promise<RepliesOutcome>;
  /** `replies` shows the newest alone: an answer that is not among them may stand all the same. */
  repliesScroll?: true;
  /** Reads one post by the link that a person pasted, if it is public. */
  lookUp?(request: LookUpRequest): Promise<Post | null>;
}

/** What to poll: canonical, so that two spellings of one place are one source. */
export interface Address {
  /** Canonical; unique together with the kind. Often a URL, else a short form such as "hn". */
  address: string;
  /** How people see it, without secrets: "forum.example, newest posts". */
  label: string;
}

export interface SourceRules {
  /** Opt-outs that the source honours, in words; they go into the privacy table. */
  consent: string[];
  /** How long text from here may be kept at most, in days; null: the general retention. */
  keepDays: number | null;
  /** How often deletions must be looked for, in hours. */
  sweepHours: number;
  /** Ids in one `exists` request. */
  sweepBatch: number;
  /** What a person who answers here must respect, one short sentence each. */
  answering: string[];
  /** Longest reply that the place takes, in characters; null: no limit worth naming. */
  replyLimit: number | null;
}

export interface Politeness {
  /** Seconds between polls of one address when nothing else is said. */
  intervalSeconds: number;
  /** Never faster than this, whatever a person sets. */
  minimumSeconds: number;
}

export interface SourceNeeds {
  /** Environment variables that must be set. */
  settings: string[];
  /** What it takes and costs, for the person who asks for it. */
  how: string;
}

/** Secrets and places for the sources, by setting name; read from the environment by `main` only. */
export type SourceSettings = Readonly<Record<string, string | undefined>>;

/** The only way to the network. `src/sources/http.ts` makes it. */
export interface Http {
  /** Never throws for a failure of the place; follows redirects, and guards each of them. */
  get(request: HttpRequest): Promise<HttpOutcome>;
  /** For what is no request (a WebSocket): may it go there, and by which look-up of names? */
  guard(url: string): Guard;
}

export type Guard =
  { ok: true; lookup: NameLookup; userAgent: string } | { ok: false; failure: Failure };

/** Shaped like Node's `dns.lookup`, for the `lookup` option of a socket. */
export type NameLookup = (
  hostname: string,
  options: object,
  callback: (
    error: Error | null,
    address: string | { address: string; family: number }[],
    family?: number,
  ) => void,
) => void;

export interface HttpRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Validators of the last answer; a 304 comes back as `notModified`. */
  validators?: Validators;
  signal?: AbortSignal;
  /** Seconds and bytes for this request; the door's own limits stand where these are absent. */
  timeoutSeconds?: number;
  maxBytes?: number;
  /** A page for people, which Earshot looks at by itself: what its host's robots.txt asks is obeyed. */
  asRobot?: true;
}

export interface Validators {
  etag?: string;
  lastModified?: string;
}

export type HttpOutcome =
  | { ok: true; notModified: true; movedTo: string | null; freshSeconds: number | null }
  | { ok: true; notModified: false; answer: HttpAnswer; freshSeconds: number | null }
  /** `answer`: what the place said with it, where it answered at all; for what only it words so. */
  | { ok: false; failure: Failure; answer?: HttpAnswer };

export interface HttpAnswer {
  /** After redirects. */
  url: string;
  /** The new home when every hop so far was permanent (301, 308), else null. */
  movedTo: string | null;
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  validators: Validators;
}

/**
 * Failures are classified once, in `http.ts`; sources add only what their place says in its own
 * way (a throttle inside a 400, a quota inside a 403).
 */
export interface Failure {
  kind: FailureKind;
  /** For the log: status, error code. No credentials, no post text. */
  cause: string;
  /** For a person, with the way out: "answers with a web page instead of a feed". */
  message: string;
  /** Not before this many seconds from now. */
  retryAfterSeconds?: number;
}

/**
 * `rate-limited` and `unavailable` pass by themselves; `rejected` (401, 403, a block) and
 * `malformed` may need a person; `gone` (410) ends the source; `refused` is our own no (a private
 * address, a body over the limit).
 */
export type FailureKind =
  'rate-limited' | 'unavailable' | 'rejected' | 'malformed' | 'gone' | 'refused';

/** What every request to a source brings along. */
export interface Call {
  http: Http;
  settings: SourceSettings;
  now: Date;
  signal: AbortSignal;
  /** Absent where nothing is counted: then what a place charges for is not read. */
  purse?: Purse;
}

/** Counts what a place charges for: one hard budget a month for all that a workspace reads there. */
export interface Purse {
  /**
   * Takes up to `wanted` of what is left of `most` this month (UTC) without touching the `spare`; 0
   * where that is less than `least`. Taken before asking, so that a crash counts too much rather
   * than too little.
   */
  take(request: {
    kind: string;
    most: number;
    spare: number;
    wanted: number;
    least: number;
  }): Promise<number>;
  /** What was taken and not used. */
  giveBack(kind: string, unused: number): Promise<void>;
}

export interface ProbeRequest extends Call {
  url: string;
}

export interface PollRequest extends Call {
  address: string;
  /** What the last successful poll returned; null at the first, whose posts are a silent baseline. */
  cursor: string | null;
}

export type PollOutcome =
  | {
      ok: true;
      /** In any order; the flow sorts. Empty when nothing is new. */
      posts: Post[];
      /** JSON text of the source's own making; stored together with the posts or not at all. */
      cursor: string;
      /** The place asks for at least this many seconds until the next poll. */
      waitSeconds: number | null;
      /** Posts were probably missed: why, in words, and between which times. */
      gap: Gap | null;
      /** The place moved for good; the flow stores the new address. */
      movedTo: string | null;
      /**
       * Ids of stored posts that the place reports as deleted. One that ends in a slash stands for
       * all ids that begin so: an account is gone.
       */
      deleted: string[];
      /** What the place calls itself, for the label. */
      title: string | null;
      /** Items that could not be read, for the log. */
      malformed: number;
    }
  | { ok: false; failure: Failure };

export interface Gap {
  from: Date | null;
  to: Date;
  reason: string;
}

export interface ListenRequest extends Call {
  address: string;
  cursor: string | null;
  /** Reads the clock, since a stream outlives one `now`. */
  clock: () => Date;
}

export type StreamBatch =
  | { ok: true; posts: Post[]; deleted: string[]; cursor: string; gap: Gap | null }
  | { ok: false; failure: Failure };

export interface CompleteRequest extends Call {
  posts: readonly Post[];
}

export type CompleteOutcome = { ok: true; posts: Post[] } | { ok: false; failure: Failure };

export type Existence = 'there' | 'gone' | 'unknown';

/** Enough to find a post again at its place. */
export interface PostRef {
  externalId: string;
  url: string | null;
}

export interface ExistsRequest extends Call {
  address: string;
  posts: readonly PostRef[];
}

export interface RepliesRequest extends Call {
  address: string;
  post: PostRef;
}

export interface Reply {
  externalId: string;
  url: string | null;
  author: string | null;
  text: string;
  publishedAt: Date | null;
}

export type RepliesOutcome = { ok: true; replies: Reply[] } | { ok: false; failure: Failure };

export interface LookUpRequest extends Call {
  url: string;
}
