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

const NO_PEOPLE = 'Earshot does not follow people.';
const IN_THE_FEDIVERSE = `${NO_PEOPLE} To hear what is said about you there, add a hashtag (#yourname@mastodon.social) or all that the server’s own people post (https://mastodon.social/public/local).`;
const ON_BLUESKY = `${NO_PEOPLE} Add \`bluesky\`: it hears every public post, and your keywords choose among them; watch for your handle there.`;
const ON_X = `${NO_PEOPLE} Add a search (x:"your name") or your own handle (x.com/yourname) for what mentions it; both need a paid key, and a monthly budget that you set.`;
const ON_GOOGLE_MAPS =
  'Google shows reviews of places to programs of their owners only, and Earshot has no part for that yet. Use the notifications of your Google Business Profile.';
const BY_REVIEWERS =
  'That site forbids reading its reviews by programs. Use the notifications of its account for companies.';

/** What is no address, and yet it is plain what is meant. */
const FORMS: readonly { typed: RegExp; sentence: string }[] = [
  {
    typed: /^#[\p{L}\p{N}_]+$/u,
    sentence:
      'A hashtag is heard on one server at a time: name it, as in #acme@mastodon.social. For all of Bluesky add `bluesky`.',
  },
  { typed: /^@?[\w.-]+\.bsky\.social$/iu, sentence: ON_BLUESKY },
  { typed: /^@?[\w.-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/iu, sentence: IN_THE_FEDIVERSE },
  {
    typed: /^\/?u(?:ser)?\/[\w-]+\/?$/iu,
    sentence: `${NO_PEOPLE} Add a subreddit (r/name), or a search (reddit:"your name").`,
  },
  {
    typed: /^@[\w.-]+$/u,
    sentence: `${NO_PEOPLE} Name the place too: a hashtag (#acme@mastodon.social), your YouTube channel (youtube.com/@acme), or your handle on X (x.com/acme).`,
  },
];

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
    path: /^\/(?:r\/(?:all|popular)\/?|best|hot|new|top|rising)?$/iu,
    sentence: 'That is all of Reddit. Add a subreddit (r/name), or a search (reddit:"your name").',
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
    host: /^(?:(?:chat|web|api|www)\.)?whatsapp\.com$|^wa\.me$/u,
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
    host: /^(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com$/u,
    path: /^\/(?:home|notifications|messages|i|explore|settings)(?:\/|$)/iu,
    sentence:
      'That page of X is for the person who is logged in. Add a search (x:"your name") or a handle (x.com/yourname); both need a paid key, and a monthly budget that you set.',
  },
  {
    host: /^(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com$/u,
    path: /^\/\w+\/status\/\d+/iu,
    sentence: ON_X.replace(NO_PEOPLE, 'That is a single post.'),
  },
  {
    host: /(?:^|\.)(?:nitter\.[a-z.]+|xcancel\.com)$/u,
    path: /^/u,
    sentence:
      'Copies of X read it against its terms, and break without notice. Add a search (x:"your name") with a paid key and a monthly budget that you set.',
  },
  {
    host: /^(?:(?:www|m)\.)?youtube\.com$/u,
    path: /^\/(?:c\/|(?!watch|results|hashtag|feed|feeds|playlist|shorts|live|embed)[a-z\d]+\/?$)/iu,
    sentence:
      'YouTube’s interface does not know such old addresses of channels. Open the channel and paste its address with @ or /channel/UC in it.',
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
    host: /^(?:[a-z]{2,3}(?:-[a-z]{2})?\.)?trustpilot\.com$/u,
    path: /^\/(?:categories(?:\/|$)|$)/iu,
    sentence:
      'Trustpilot forbids reading its pages by programs. Add the page of your company, trustpilot.com/review/your.example, with a key of its interface.',
  },
  {
    host: /^(?:www\.)?trustpilot\.com$|^[a-z]{2,3}\.trustpilot\.com$/u,
    path: /^\/users(?:\/|$)/iu,
    sentence:
      'Earshot does not follow people. Add the page of your company: trustpilot.com/review/your.example.',
  },
  {
    host: /^(?:(?:www|m)\.)?youtube\.com$/u,
    path: /^\/playlist$/iu,
    sentence:
      'Comments are heard on a channel or under a video, not on a playlist. Add your own channel, youtube.com/@yourname, or single videos.',
  },
  {
    host: /^apps\.apple\.com$/u,
    path: /\/(?:developer|charts|story|search)(?:\/|$)/iu,
    sentence: 'That page shows many apps. Add the page of your own: apps.apple.com/app/id...',
  },
  {
    host: /^(?:podcasts\.apple\.com|open\.spotify\.com|podcasts\.google\.com)$/u,
    path: /^/u,
    sentence:
      'A directory of podcasts has no feed of its own. Paste the address of the podcast’s RSS feed; its website names it.',
  },
  {
    host: /^play\.google\.com$/u,
    path: /^\/store\/(?!apps\/details)/iu,
    sentence:
      'That page shows many apps. Add the page of your own: play.google.com/store/apps/details?id=...',
  },
  {
    host: /^(?:www\.)?google\.[a-z.]{2,6}$/u,
    path: /^\/(?:search|alerts\/?$)/iu,
    sentence:
      'Google’s search is for people. Make a Google Alert that delivers to an RSS feed, and add the address of that feed.',
  },
  {
    host: /^(?:www\.)?google\.[a-z.]{2,6}$/u,
    path: /^\/(?:maps|local|travel)(?:\/|$)/iu,
    sentence: ON_GOOGLE_MAPS,
  },
  {
    host: /^maps\.google\.[a-z.]{2,6}$|^maps\.app\.goo\.gl$|^g\.page$/u,
    path: /^/u,
    sentence: ON_GOOGLE_MAPS,
  },
  {
    host: /^(?:www\.)?redd\.it$/u,
    path: /^/u,
    sentence:
      'A short address says nothing of the place behind it. Add the subreddit (r/name), or a search (reddit:"your name").',
  },
  {
    host: /^(?:[a-z]{2}\.)?(?:www\.)?quora\.com$/u,
    path: /^/u,
    sentence:
      'Quora forbids reading it by programs, and has no interface for them. Use the notifications of your company’s space there.',
  },
  {
    host: /(?:^|\.)nextdoor\.(?:[a-z]{2,3}|co\.uk|com\.au)$/u,
    path: /^/u,
    sentence:
      'What is said on Nextdoor is said to neighbours, not to everyone. Use the notifications of your business page there.',
  },
  {
    host: /^(?:(?:www|web)\.)?(?:t\.me|telegram\.(?:me|dog))$/u,
    path: /^/u,
    sentence:
      'Telegram’s groups are for their members, and its channels have no comments that programs may read. Where a channel has a feed or a blog beside it, add that.',
  },
  {
    host: /^(?:(?:www|[a-z]{2})\.)?(?:yelp|tripadvisor|glassdoor|g2|capterra|amazon|indeed|kununu)\.(?:[a-z]{2,3}|co\.[a-z]{2}|com\.[a-z]{2})$/u,
    path: /^/u,
    sentence: BY_REVIEWERS,
  },
  {
    host: /^(?:www\.)?github\.com$/u,
    path: /^\/(?!search$|topics|trending|explore)[\w-]+\/?$/iu,
    sentence:
      'Earshot hears repositories, not accounts. Add one (github.com/owner/repo), or a search of all issues (github:"your name").',
  },
  { host: /^bsky\.app$/u, path: /^\/profile(?:\/|$)/iu, sentence: ON_BLUESKY },
  { host: /\.bsky\.social$/u, path: /^/u, sentence: ON_BLUESKY },
  {
    // A person's page on some server of the fediverse; elsewhere such paths are channels or blogs.
    host: /^(?!(?:(?:www|m|mobile)\.)?(?:medium|youtube|tiktok|threads|substack|dev|x|twitter)\.)/u,
    path: /^\/(?:web\/|deck\/)?@[\w-]+(?:@[\w.-]+)?(?:\.rss|\/\d+)?\/?$/iu,
    sentence: IN_THE_FEDIVERSE,
    mayGiveLeave: true,
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
  const form = FORMS.find((one) => one.typed.test(typed));
  if (form !== undefined) return form.sentence;
  const bare = typed.replace(/^feed:(?:\/\/)?/iu, '');
  const address = /^https?:\/\//iu.test(bare) ? bare : `https://${bare}`;
  if (!URL.canParse(address)) return null;
  const { hostname, pathname } = new URL(address);
  const host = hostname.toLowerCase().replace(/\.$/u, '');
  const place = CLOSED.find((one) => one.host.test(host) && one.path.test(pathname));
  const hasLeave = place?.mayGiveLeave === true && bare !== typed;
  return place === undefined || hasLeave ? null : place.sentence;
}
