/**
 * The plain form of a reply's address, by kind of place: what it takes to open it, without how it
 * was shared, on which device it was copied, and whose words a thread's title is.
 */
export function plainForm(sourceKind: string, url: URL): string {
  FORMS[sourceKind]?.(url);
  return url.href;
}

/** Each changes the address that it is given, or leaves it as it is. */
const FORMS: Readonly<Record<string, (url: URL) => void>> = {
  discourse(url) {
    const { pathname: path } = url;
    const [, topic, place = ''] = /\/t\/(?:[^/]*[^/\d][^/]*\/)?(\d+)(\/\d+)?$/u.exec(path) ?? [];
    if (topic === undefined) return;
    url.pathname = `${path.slice(0, path.indexOf('/t/'))}/t/${topic}${place}`;
    url.searchParams.delete('u');
    if (/^#post_\d+$/u.test(url.hash)) url.hash = '';
  },

  stackexchange(url) {
    const answer = answerId(url);
    if (answer === null || url.hash.startsWith('#comment')) return;
    url.pathname = `/a/${answer}`;
    url.search = '';
    url.hash = '';
  },

  mastodon(url) {
    url.pathname = url.pathname.replace(/^\/(?:web|deck)(?=\/@)/u, '');
  },

  reddit(url) {
    const [, thread, comment] =
      /^(.*\/comments\/[a-z0-9]+)\/[^/]*\/([a-z0-9]+)$/iu.exec(url.pathname) ?? [];
    if (comment === undefined) return;
    url.pathname = `${thread}/_/${comment}`;
    url.search = '';
  },

  x(url) {
    const [, name, id] = /^\/([^/]+)\/(?:web\/)?status(?:es)?\/(\d+)/u.exec(url.pathname) ?? [];
    if (id === undefined || !isOf(url, 'x.com', 'twitter.com')) return;
    url.host = 'x.com';
    url.pathname = `/${name}/status/${id}`;
    url.search = '';
    url.hash = '';
  },

  youtube(url) {
    if (!isOf(url, 'youtube.com', 'youtu.be')) return;
    const inPath = /^\/(?:(?:shorts|live|embed)\/)?([\w-]{6,})$/u.exec(url.pathname)?.[1];
    const video = url.searchParams.get('v') ?? inPath;
    const comment = url.searchParams.get('lc');
    if (video === undefined || comment === null) return;
    url.host = 'www.youtube.com';
    url.pathname = '/watch';
    url.search = new URLSearchParams({ v: video, lc: comment }).toString();
    url.hash = '';
  },

  facebook(url) {
    if (!isOf(url, 'facebook.com')) return;
    url.host = 'www.facebook.com';
    keepParameters(url, ['story_fbid', 'id', 'fbid', 'v', 'comment_id', 'reply_comment_id']);
  },

  instagram(url) {
    if (!isOf(url, 'instagram.com')) return;
    url.pathname = url.pathname.replace(/^\/[^/]+(?=\/(?:p|reel|tv)\/)/u, '');
    url.search = '';
  },

  lemmy(url) {
    const comment = /^#comment-(\d+)$/u.exec(url.hash)?.[1];
    if (comment === undefined || !/^\/post\/\d+$/u.test(url.pathname)) return;
    url.pathname = `/comment/${comment}`;
    url.search = '';
    url.hash = '';
  },

  trustpilot(url) {
    if (isOf(url, 'trustpilot.com')) url.host = 'www.trustpilot.com';
  },

  googleplay(url) {
    keepParameters(url, ['id', 'reviewId']);
  },
};

/** Whether a host is one of these, in whatever dress: `m.`, `de.`, `touch.`. */
function isOf({ hostname }: URL, ...hosts: string[]): boolean {
  return hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

function keepParameters(url: URL, names: readonly string[]): void {
  for (const name of new Set(url.searchParams.keys())) {
    if (!names.includes(name)) url.searchParams.delete(name);
  }
}

function answerId({ pathname, hash }: URL): string | null {
  const shared = /^\/a\/(\d+)(?:\/\d+)?$/u.exec(pathname)?.[1];
  const inPath = /^\/questions\/\d+\/[^/]+\/(\d+)$/u.exec(pathname)?.[1];
  const inHash = pathname.startsWith('/questions/')
    ? /^#(?:answer-)?(\d+)$/u.exec(hash)?.[1]
    : undefined;
  return shared ?? inPath ?? inHash ?? null;
}
