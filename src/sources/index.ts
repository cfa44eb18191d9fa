import type { Source } from '../core/source.ts';
import { appStore } from './appstore.ts';
import { bluesky } from './bluesky.ts';
import { discourse } from './discourse.ts';
import { facebook } from './facebook.ts';
import { feed } from './feed.ts';
import { github } from './github.ts';
import { googlePlay } from './googleplay.ts';
import { hackerNews } from './hackernews.ts';
import { instagram } from './instagram.ts';
import { lemmy } from './lemmy.ts';
import { mastodon } from './mastodon.ts';
import { reddit } from './reddit.ts';
import { stackExchange } from './stackexchange.ts';
import { trustpilot } from './trustpilot.ts';
import { x } from './x.ts';
import { youTube } from './youtube.ts';

/** Every source, the most specific first: what somebody typed is offered to them in this order. */
export const sources: readonly Source[] = [
  hackerNews,
  bluesky,
  github,
  stackExchange,
  reddit,
  youTube,
  appStore,
  googlePlay,
  trustpilot,
  facebook,
  instagram,
  x,
  mastodon,
  lemmy,
  discourse,
  feed,
];
