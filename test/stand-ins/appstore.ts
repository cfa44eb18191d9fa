import { generateKeyPairSync, verify } from 'node:crypto';
import type { RecordedRequest } from '../helpers/web.ts';
import { jsonReply, startPlace, type Place } from './place.ts';

export type SampleReview = {
  id: string;
  attributes: Record<string, unknown> & { createdDate: string };
};

export interface AppStorePlace extends Place {
  reviews: Map<string, SampleReview>;
  add(id: string, at: Date, over?: Record<string, unknown>): SampleReview;
  /** The developer's responses, by review. */
  responses: Map<string, Record<string, unknown>>;
  remaining: number;
}

const PAIR = generateKeyPairSync('ec', { namedCurve: 'P-256' });
/** The text of a .p8 file. */
export const PRIVATE_KEY = PAIR.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const API = 'https://api.appstoreconnect.apple.com';

/**
 * App Store Connect: tokens signed with ES256 that live twenty minutes at most, reviews of one's own
 * app newest first, 200 a page, the next page by a whole address, responses beside them.
 */
export async function startAppStore(): Promise<AppStorePlace> {
  return appStoreOn(await startPlace());
}

/** The same on a place that runs already. */
export function appStoreOn(place: Place): AppStorePlace {
  const reviews = new Map<string, SampleReview>();
  const responses = new Map<string, Record<string, unknown>>();
  const self: AppStorePlace = Object.assign(place, {
    reviews,
    responses,
    remaining: 3500,
    add(id: string, at: Date, over: Record<string, unknown> = {}) {
      const review: SampleReview = {
        id,
        attributes: {
          rating: 1,
          title: 'Sample: crashes',
          body: 'Crashes on login',
          reviewerNickname: 'Sample',
          createdDate: at.toISOString().replace('.000Z', '-00:00'),
          territory: 'USA',
          ...over,
        },
      };
      reviews.set(id, review);
      place.json(`/v1/customerReviews/${id}`, (query, request) => {
        if (!isSigned(request, place.now)) return jsonReply({ errors: [] }, { status: 401 });
        const data = reviews.get(id);
        if (data === undefined) return jsonReply({ errors: [] }, { status: 404 });
        const attributes = responses.get(id);
        const isAsked = query.get('include') === 'response' && attributes !== undefined;
        const response = { type: 'customerReviewResponses', id: `${id}-r`, attributes };
        return isAsked ? { data, included: [response] } : { data };
      });
      return review;
    },
  });
  Object.assign(place.settings, {
    APPSTORE_API_URL: place.web.url,
    APPSTORE_KEY_ID: 'SAMPLEKEY1',
    APPSTORE_ISSUER_ID: 'sample-issuer',
    // As a line of .env has it.
    APPSTORE_PRIVATE_KEY: PRIVATE_KEY.replaceAll('\n', '\\n'),
  });

  place.json('/v1/apps/123/customerReviews', (query, request) => {
    if (!isSigned(request, place.now)) return jsonReply({ errors: [] }, { status: 401 });
    const limit = Number(query.get('limit') ?? 50);
    const isRight = query.get('sort') === '-createdDate' && limit <= 200;
    const cursor = query.get('cursor');
    if (!isRight || (cursor !== null && !cursor.startsWith('after-'))) {
      return jsonReply({ errors: [{ code: 'PARAMETER_ERROR' }] }, { status: 400 });
    }
    const all = [...reviews.values()].sort((a, b) =>
      a.attributes.createdDate < b.attributes.createdDate ? 1 : -1,
    );
    const start = Number(cursor?.slice('after-'.length) ?? 0);
    const data = all.slice(start, start + limit).map((review) => ({
      type: 'customerReviews',
      ...review,
      relationships: { response: { data: null } },
    }));
    const isLast = start + limit >= all.length;
    const next = `${API}/v1/apps/123/customerReviews?cursor=after-${start + limit}`;
    const headers = { 'x-rate-limit': `user-hour-lim:3600;user-hour-rem:${self.remaining};` };
    return jsonReply({ data, links: isLast ? {} : { next } }, { headers });
  });

  return self;
}

function isSigned({ headers }: RecordedRequest, now: Date): boolean {
  const [head = '', claims = '', signature = ''] =
    headers['authorization']?.replace('Bearer ', '').split('.') ?? [];
  const key = { key: PAIR.publicKey, dsaEncoding: 'ieee-p1363' } as const;
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) return false;
  const { alg, kid } = decoded(head);
  const { iss, aud, iat, exp } = decoded(claims);
  const seconds = now.getTime() / 1000;
  return (
    alg === 'ES256' &&
    kid === 'SAMPLEKEY1' &&
    iss === 'sample-issuer' &&
    aud === 'appstoreconnect-v1' &&
    Number(exp) - Number(iat) <= 1200 &&
    Number(exp) > seconds
  );
}

function decoded(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}
