import type { Source } from '../core/source.ts';
import { bluesky } from './bluesky.ts';
import { discourse } from './discourse.ts';
import { feed } from './feed.ts';
import { github } from './github.ts';
import { hackerNews } from './hackernews.ts';
import { lemmy } from './lemmy.ts';
import { mastodon } from './mastodon.ts';
import { stackExchange } from './stackexchange.ts';

/** Every source, the most specific first: what somebody typed is offered to them in this order. */
export const sources: readonly Source[] = [
  hackerNews,
  bluesky,
  github,
  stackExchange,
  mastodon,
  lemmy,
  discourse,
  feed,
];
