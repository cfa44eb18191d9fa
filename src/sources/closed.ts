/** A place that may not be polled: where it is, and what to say to the person who pasted it. */
interface Closed {
  host: RegExp;
  path: RegExp;
  sentence: string;
  /** Whether its operators may give leave; `feed:` in front of the address says that they did. */
  mayGiveLeave?: true;
}

const MEMBERS_OF_DISCORD =
  'What is said on a Discord server is said to its members, not to everyone. Earshot reads only what anyone can read.';

const CLOSED: readonly Closed[] = [
  {
    host: /^news\.google\.[a-z.]{2,6}$/u,
    path: /^/u,
    sentence:
      'Google News allows its feeds for personal, non-commercial reading only, and they hide the real addresses. Make a Google Alert that delivers to an RSS feed and add that, or add the feeds of the papers that matter to you.',
  },
  {
    host: /(?:^|\.)reddit\.com$/u,
    path: /\.(?:json|rss|xml)$|\/\.(?:json|rss|xml)$/u,
    sentence:
      'Reddit closed its pages for programs that do not log in (.json in May 2026; .rss gives about one answer a minute, and never tells what was deleted). Add the subreddit itself, such as r/name: Earshot then asks as an app that Reddit has approved.',
  },
  {
    host: /(?:^|\.)reddit\.com$/u,
    path: /^\/(?:u|user|message|chat|settings)(?:\/|$)/iu,
    sentence:
      'Earshot does not follow people, on Reddit or elsewhere. Add a subreddit (r/name), or a search (reddit:"your name").',
  },
  {
    host: /^(?:www\.)?lobste\.rs$/u,
    path: /^/u,
    sentence:
      'Lobsters asks programs by its robots.txt to stay away. Ask its operators for leave first; if they give it, paste the address of the RSS feed with feed: in front, and poll every ten minutes at most.',
    mayGiveLeave: true,
  },
  {
    host: /(?:^|\.)threads\.(?:net|com)$/u,
    path: /^/u,
    sentence:
      'Threads shows its posts only to apps that Meta has reviewed, by a search that gives a sample. Earshot does not read it; answer there by hand.',
  },
  {
    host: /^(?:(?:www|[a-z]{2})\.)?linkedin\.com$/u,
    path: /^/u,
    sentence:
      'LinkedIn forbids reading it by programs, and its interface for company pages is for approved partners only. Use its own notifications for your company page.',
  },
  {
    host: /^(?:(?:www|m|vm)\.)?tiktok\.com$/u,
    path: /^/u,
    sentence:
      'TikTok forbids reading it by programs, and opens its interface to researchers only. Use the comment centre of your business account.',
  },
  {
    host: /^(?:(?:www|ptb|canary)\.)?(?:discord|discordapp)\.com$/u,
    path: /^\/(?:channels|invite)(?:\/|$)/iu,
    sentence: MEMBERS_OF_DISCORD,
  },
  {
    host: /^(?:www\.)?discord\.gg$/u,
    path: /^/u,
    sentence: MEMBERS_OF_DISCORD,
  },
  {
    host: /^(?:chat|web|api|www)\.whatsapp\.com$|^wa\.me$/u,
    path: /^/u,
    sentence:
      'WhatsApp groups and channels are read by their members. Earshot reads only what anyone can read.',
  },
  {
    host: /(?:^|\.)slack\.com$/u,
    path: /^\/(?:archives|client)(?:\/|$)/iu,
    sentence:
      'A Slack workspace is for its members. Earshot reads only what anyone can read, elsewhere.',
  },
  {
    host: /(?:^|\.)(?:facebook|fb)\.com$/u,
    path: /^\/groups(?:\/|$)/iu,
    sentence:
      'Facebook shows what is said in groups to their members only, and to no program. Add your own Page instead: facebook.com/YourPage.',
  },
  {
    host: /(?:^|\.)(?:facebook|fb)\.com$/u,
    path: /^\/(?:people|friends|messages|search|hashtag|stories|watch|events)(?:\/|$)/iu,
    sentence:
      'Earshot reads no profiles, and Facebook has no public search for programs. Add your own Page instead: facebook.com/YourPage.',
  },
  {
    host: /^(?:www\.)?instagram\.com$/u,
    path: /^\/(?:explore|stories|direct|p|reel|reels|tv)(?:\/|$)/iu,
    sentence:
      'Instagram shows programs only what people say under your own posts. Add your professional account: instagram.com/yourname.',
  },
  {
    host: /^(?:(?:www|mobile)\.)?(?:x|twitter)\.com$/u,
    path: /^\/(?:home|notifications|messages|i|explore|settings)(?:\/|$)/iu,
    sentence:
      'That page of X is for the person who is logged in. Add a search (x:"your name") or a handle (x.com/yourname); both need a paid key, and a monthly budget that you set.',
  },
  {
    host: /(?:^|\.)(?:nitter\.[a-z.]+|xcancel\.com)$/u,
    path: /^/u,
    sentence:
      'Copies of X read it against its terms, and break without notice. Add a search (x:"your name") with a paid key and a monthly budget that you set.',
  },
  {
    host: /^(?:(?:www|m)\.)?youtube\.com$/u,
    path: /^\/c\//iu,
    sentence:
      'YouTube’s interface does not know the old /c/ addresses. Open the channel and paste its address with @ or /channel/UC in it.',
  },
  {
    host: /^(?:(?:www|m)\.)?youtube\.com$/u,
    path: /^\/(?:results|hashtag|feed)(?:\/|$)/iu,
    sentence:
      'YouTube has no search for comments. Add your own channel, youtube.com/@yourname, or single videos.',
  },
  {
    host: /^itunes\.apple\.com$/u,
    path: /\/rss\/customerreviews\//iu,
    sentence:
      'Apple’s public feed of reviews is empty for most apps by now, and an empty feed says nothing. Add the app itself, apps.apple.com/app/id..., with a key of App Store Connect.',
  },
  {
    host: /^(?:www\.)?trustpilot\.com$|^[a-z]{2,3}\.trustpilot\.com$/u,
    path: /^\/users(?:\/|$)/iu,
    sentence:
      'Earshot does not follow people. Add the page of your company: trustpilot.com/review/your.example.',
  },
];

/**
 * Why an address is not listened to, though it is public at first sight: its place is closed to
 * programs, forbids them, or is about people and not about what they say of you. One or two
 * sentences that name the lawful way; null for all other addresses. Pure; to be asked before the
 * sources, of which one might otherwise take the address for a feed.
 */
export function closedPlace(input: string): string | null {
  const typed = input.trim();
  const bare = typed.replace(/^feed:(?:\/\/)?/iu, '');
  const address = /^https?:\/\//iu.test(bare) ? bare : `https://${bare}`;
  if (!URL.canParse(address)) return null;
  const { hostname, pathname } = new URL(address);
  const host = hostname.toLowerCase().replace(/\.$/u, '');
  const place = CLOSED.find((one) => one.host.test(host) && one.path.test(pathname));
  const hasLeave = place?.mayGiveLeave === true && bare !== typed;
  return place === undefined || hasLeave ? null : place.sentence;
}
