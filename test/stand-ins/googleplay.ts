import { generateKeyPairSync, verify } from 'node:crypto';
import { jsonReply, startPlace, type Place } from './place.ts';

export interface SampleUserComment {
  text: string;
  lastModified: { seconds: string; nanos: number };
  [field: string]: unknown;
}

export interface PlayPlace extends Place {
  reviews: Map<string, SampleUserComment>;
  add(id: string, at: Date, over?: Partial<SampleUserComment>): void;
  answers: Map<string, string>;
  tokens: Set<string>;
}

const PAIR = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PACKAGE = 'com.acme.sample';
/** A service account's key file. */
export const ACCOUNT = JSON.stringify({
  type: 'service_account',
  client_email: 'earshot@sample.example',
  private_key_id: 'sample-key-id',
  private_key: PAIR.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
});
const WINDOW = 7 * 24 * 3_600_000;

/**
 * The Play Developer interface: a token for an assertion signed with RS256, the last week's reviews
 * by their last change, newest first, 100 a page, and no list at all where there is no review.
 */
export async function startGooglePlay(): Promise<PlayPlace> {
  return googlePlayOn(await startPlace());
}

/** The same on a place that runs already. */
export function googlePlayOn(place: Place): PlayPlace {
  const reviews = new Map<string, SampleUserComment>();
  const answers = new Map<string, string>();
  const root = `/androidpublisher/v3/applications/${PACKAGE}/reviews`;
  const self: PlayPlace = Object.assign(place, {
    reviews,
    answers,
    tokens: new Set<string>(),
    add(id: string, at: Date, over: Partial<SampleUserComment> = {}) {
      reviews.set(id, {
        text: 'Login fails',
        lastModified: { seconds: String(at.getTime() / 1000), nanos: 0 },
        starRating: 2,
        reviewerLanguage: 'en',
        device: 'sample-device',
        ...over,
      });
      guarded(`${root}/${encodeURIComponent(id)}`, () => {
        const review = reviewOf(id);
        return review ?? jsonReply({ error: { code: 404 } }, { status: 404 });
      });
    },
  });
  Object.assign(place.settings, {
    GOOGLE_PLAY_API_URL: place.web.url,
    GOOGLE_TOKEN_URL: `${place.web.url}/token`,
    GOOGLE_PLAY_SERVICE_ACCOUNT: ACCOUNT,
  });

  function guarded(path: string, answer: (query: URLSearchParams) => unknown): void {
    place.json(path, (query, { headers }) => {
      const token = headers['authorization']?.replace('Bearer ', '') ?? '';
      if (self.tokens.has(token)) return answer(query);
      return jsonReply({ error: { code: 401, status: 'UNAUTHENTICATED' } }, { status: 401 });
    });
  }

  function reviewOf(id: string): object | null {
    const userComment = reviews.get(id);
    if (userComment === undefined) return null;
    const text = answers.get(id);
    const developerComment = { text, lastModified: { seconds: '1795425300', nanos: 0 } };
    const comments =
      text === undefined ? [{ userComment }] : [{ userComment }, { developerComment }];
    return { reviewId: id, authorName: 'Sample', comments };
  }

  place.json('/token', (_, { body }) => {
    const form = new URLSearchParams(body);
    const isGrant = form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const assertion = form.get('assertion') ?? '';
    if (!isGrant || !isAssertion(assertion, `${place.web.url}/token`)) {
      return jsonReply({ error: 'invalid_grant', error_description: 'Sample' }, { status: 400 });
    }
    const token = `sample-token-${place.web.requests.length}`;
    self.tokens.add(token);
    return { access_token: token, token_type: 'Bearer', expires_in: 3599 };
  });

  guarded(root, (query) => {
    const size = Math.min(Number(query.get('maxResults') ?? 10), 100);
    const seconds = ({ lastModified }: SampleUserComment) => Number(lastModified.seconds);
    const all = [...reviews]
      .filter(([, comment]) => !(seconds(comment) * 1000 < place.now.getTime() - WINDOW))
      .sort(([, a], [, b]) => seconds(b) - seconds(a));
    if (all.length === 0) return {};
    const start = Number(query.get('token')?.slice('token-'.length) ?? 0);
    const page = all.slice(start, start + size).map(([id]) => reviewOf(id));
    const isLast = start + size >= all.length;
    return {
      reviews: page,
      ...(isLast ? {} : { tokenPagination: { nextPageToken: `token-${start + size}` } }),
    };
  });

  return self;
}

function isAssertion(assertion: string, audience: string): boolean {
  const [head = '', claims = '', signature = ''] = assertion.split('.');
  const signed = Buffer.from(`${head}.${claims}`);
  const isSigned = verify('sha256', signed, PAIR.publicKey, Buffer.from(signature, 'base64url'));
  const { iss, aud, scope } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
    string,
    unknown
  >;
  const isOurs = iss === 'earshot@sample.example' && aud === audience;
  return isSigned && isOurs && String(scope).endsWith('/androidpublisher');
}
