import { postBody, type Post, type Span } from '../../core/post.ts';
import type { Keyword } from '../../core/ports.ts';
import { compileQueries, parseQuery, type Matcher } from '../../core/query/index.ts';

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

/** A set of keywords, ready for posts. */
interface Compiled {
  matcher: Matcher;
  byId: ReadonlyMap<string, Keyword>;
}

/** Sets of keywords whose compiled form is kept: one a workspace, mostly. */
const KEPT = 100;

/**
 * Matches posts against all keywords at once. The compiled form of a set of keywords is kept, since
 * the same set comes back at every poll: often as the very same list, else under its signature.
 */
export function createMatching(): MatchPosts {
  const byList = new WeakMap<readonly Keyword[], Compiled>();
  const bySignature = new Map<string, Matcher>();

  function compile(keywords: readonly Keyword[]): Compiled {
    const active = keywords.filter(({ paused }) => !paused);
    const signature = active.map(({ id, query }) => `${id} ${query}`).join('\n');
    const matcher = bySignature.get(signature) ?? compileQueries(active.flatMap(parsed));
    // The one that was not asked for longest goes.
    bySignature.delete(signature);
    bySignature.set(signature, matcher);
    const [oldest] = bySignature.keys();
    if (bySignature.size > KEPT && oldest !== undefined) bySignature.delete(oldest);
    return { matcher, byId: new Map(active.map((one) => [one.id, one])) };
  }

  return (sourceKind, keywords, posts) => {
    if (keywords.length === 0 || posts.length === 0) return [];
    const compiled = byList.get(keywords) ?? compile(keywords);
    byList.set(keywords, compiled);
    const { matcher, byId } = compiled;
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
