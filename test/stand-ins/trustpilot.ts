import { jsonReply, startPlace, type Place } from './place.ts';

export type SampleReview = Record<string, unknown> & { id: string; createdAt: string };

export interface TrustpilotPlace extends Place {
  reviews: Map<string, SampleReview>;
  add(id: string, at: Date, over?: Record<string, unknown>): SampleReview;
}

export const KEY = 'sample-key';

/** Trustpilot: companies by their website's name, reviews newest first, by number of the page. */
export async function startTrustpilot(): Promise<TrustpilotPlace> {
  return trustpilotOn(await startPlace());
}

/** The same on a place that runs already. */
export function trustpilotOn(place: Place): TrustpilotPlace {
  const reviews = new Map<string, SampleReview>();
  const self: TrustpilotPlace = Object.assign(place, {
    reviews,
    add(id: string, at: Date, over: Record<string, unknown> = {}) {
      const review: SampleReview = {
        id,
        stars: 1,
        title: 'Sample: no refund',
        text: 'Acme never answered',
        language: 'en',
        createdAt: at.toISOString(),
        updatedAt: null,
        consumer: { id: '55sample', displayName: 'Sample', numberOfReviews: 3 },
        companyReply: null,
        ...over,
      };
      reviews.set(id, review);
      guarded(`/v1/reviews/${id}`, () => {
        return reviews.get(id) ?? jsonReply({ message: 'Not found' }, { status: 404 });
      });
      return review;
    },
  });
  place.settings['TRUSTPILOT_API_URL'] = place.web.url;
  place.settings['TRUSTPILOT_API_KEY'] = KEY;

  function guarded(path: string, answer: (query: URLSearchParams) => unknown): void {
    place.json(path, (query, { headers }) =>
      headers['apikey'] === KEY ? answer(query) : jsonReply({}, { status: 401 }),
    );
  }

  guarded('/v1/business-units/find', (query) =>
    query.get('name') === 'acme.example'
      ? { id: 'unit1', displayName: 'Acme' }
      : jsonReply({ message: 'Not found' }, { status: 404 }),
  );
  guarded('/v1/business-units/unit1/reviews', (query) => {
    const size = Math.min(Number(query.get('perPage') ?? 20), 100);
    const sign = query.get('orderBy') === 'createdat.desc' ? 1 : -1;
    const all = [...reviews.values()].sort((a, b) => (a.createdAt < b.createdAt ? sign : -sign));
    const start = (Number(query.get('page') ?? 1) - 1) * size;
    return { reviews: all.slice(start, start + size), links: [] };
  });
  return self;
}
