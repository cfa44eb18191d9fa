import { postBody, type Post, type Span } from '../core/post.ts';
import type { Keyword } from '../core/ports.ts';
import { compileQueries, parseQuery, type Matcher } from '../core/query/index.ts';

export interface PostMatches {
  post: Post;
  matches: { keyword: Keyword; spans: Span[] }[];
}

/** The posts that match at least one of the keywords, with the places that made them match. */
export type MatchPosts = (
  sourceKind: string,
  keywords: readonly Keyword[],
  posts: readonly Post[],
) => PostMatches[];

/**
 * Matches posts against all keywords at once. The compiled form of the last set of keywords is
 * kept, since the same set comes back at every poll.
 */
export function createMatching(): MatchPosts {
  let compiled: { signature: string; matcher: Matcher } | null = null;
  return (sourceKind, keywords, posts) => {
    const active = keywords.filter(({ paused }) => !paused);
    if (active.length === 0 || posts.length === 0) return [];
    const signature = active.map(({ id, query }) => `${id} ${query}`).join('\n');
    if (compiled?.signature !== signature) {
      compiled = { signature, matcher: compileQueries(active.flatMap(parsed)) };
    }
    const { matcher } = compiled;
    const byId = new Map(active.map((keyword) => [keyword.id, keyword]));
    return posts.flatMap((post) => {
      const { author, url, language } = post;
      const input = { text: postBody(post), author, url, language, source: sourceKind };
      const matches = matcher.match(input).flatMap(({ id, spans }) => {
        const keyword = byId.get(id);
        return keyword ? [{ keyword, spans }] : [];
      });
      return matches.length > 0 ? [{ post, matches }] : [];
    });
  };
}

/** A stored query was parsed before it was saved; one that a newer grammar refuses is left out. */
function parsed({ id, query }: Keyword) {
  const outcome = parseQuery(query);
  return outcome.ok ? [{ id, query: outcome.query }] : [];
}
