/** One setting, as `.env.example` shows it. */
export interface Variable {
  name: string;
  /** What stands there when nothing is set; empty: nothing. */
  fallback: string;
  secret: boolean;
  /** Lines of explanation. */
  about: string[];
}

/** What Earshot itself reads. */
const OWN: readonly Variable[] = [
  {
    name: 'SLACK_BOT_TOKEN',
    fallback: '',
    secret: true,
    about: [
      'The bot token of your Slack app (xoxb-...). Without any Slack variable, Earshot',
      'opens its local workspace.',
    ],
  },
  {
    name: 'SLACK_APP_TOKEN',
    fallback: '',
    secret: true,
    about: ['The app-level token (xapp-..., scope connections:write): joins over Socket Mode.'],
  },
  {
    name: 'SLACK_SIGNING_SECRET',
    fallback: '',
    secret: true,
    about: ['Instead of the app-level token: Slack calls Earshot over HTTP on PORT.'],
  },
  {
    name: 'SLACK_CLIENT_ID',
    fallback: '',
    secret: false,
    about: [
      'Instead of the bot token, together with the next: every workspace may install Earshot,',
      'at /slack/install on PORT. Needs EARSHOT_SECRET, with which their tokens are encrypted.',
    ],
  },
  {
    name: 'SLACK_CLIENT_SECRET',
    fallback: '',
    secret: true,
    about: ['From "Basic Information" of your app.'],
  },
  {
    name: 'SLACK_API_URL',
    fallback: 'https://slack.com/api/',
    secret: false,
    about: ['Another Slack Web API, for stand-ins and tests.'],
  },
  {
    name: 'EARSHOT_CHANNEL',
    fallback: '',
    secret: false,
    about: ['The support channel, id or name. Without it, the one chosen with /earshot settings.'],
  },
  {
    name: 'DATABASE_URL',
    fallback: 'sqlite:data/earshot.db',
    secret: true,
    about: ['Where everything is kept: sqlite:PATH, or postgres://USER:PASSWORD@HOST/NAME.'],
  },
  {
    name: 'PORT',
    fallback: '3000',
    secret: false,
    about: ['The page of the local workspace, /healthz, /metrics, and Slack in HTTP mode.'],
  },
  {
    name: 'POLL_CRON',
    fallback: '*/30 * * * * *',
    secret: false,
    about: ['How often Earshot looks which sources are due (cron, seconds first).'],
  },
  {
    name: 'EARSHOT_SECRET',
    fallback: '',
    secret: true,
    about: [
      'The key of the hashes that stand for authors, 32 characters or more. Without it, one',
      'is made and kept beside the database. Changing it forgets all objections. Processes that',
      'share one Postgres must share it too.',
    ],
  },
  {
    name: 'EARSHOT_CONTACT',
    fallback: '',
    secret: false,
    about: [
      'An address or a page where the owner of a site can reach you; goes into the User-Agent.',
    ],
  },
  {
    name: 'EARSHOT_PRIVATE_HOSTS',
    fallback: '',
    secret: false,
    about: [
      'Private addresses that sources may read, as host:port, separated by commas: an intranet',
      'forum, say. All others are refused.',
    ],
  },
  {
    name: 'LOG_LEVEL',
    fallback: 'info',
    secret: false,
    about: ['trace, debug, info, warn, error, fatal or silent.'],
  },
];

/** What the sources read; it is handed to them as it stands. Keys are secrets, addresses are not. */
export const SOURCE_VARIABLES: readonly Variable[] = [
  key('GITHUB_TOKEN', [
    'GitHub: any token without rights; raises the limit from 60 to 5,000 requests an hour and',
    'lets discussions be heard.',
  ]),
  key('STACKEXCHANGE_KEY', [
    'Stack Exchange: a free app key; 10,000 requests a day instead of 300.',
  ]),
  key('REDDIT_CLIENT_ID', [
    'Reddit: id and secret of an app that Reddit has approved, and the account',
    'that owns it.',
  ]),
  key('REDDIT_CLIENT_SECRET'),
  key('REDDIT_USERNAME'),
  key('YOUTUBE_API_KEY', ['YouTube: an API key with the "YouTube Data API v3"; free.']),
  key('APPSTORE_KEY_ID', [
    'App Store: an API key of your own app with the role Customer Support: its id, the',
    "issuer's id, and the text of the .p8 file.",
  ]),
  key('APPSTORE_ISSUER_ID'),
  key('APPSTORE_PRIVATE_KEY'),
  key('GOOGLE_PLAY_SERVICE_ACCOUNT', [
    'Google Play: the JSON key of a service account that may reply to reviews of your app.',
  ]),
  key('TRUSTPILOT_API_KEY', ['Trustpilot: an API key of your business account.']),
  key('FACEBOOK_PAGE_TOKEN', ['Facebook: an access token of your own Page.']),
  key('INSTAGRAM_TOKEN', ['Instagram: a token of your own professional account.']),
  key('X_BEARER_TOKEN', [
    'X: a bearer token (about $15 for 1,000 posts), the most posts that are read in a month',
    'by all your sources of this kind together, the same in dollars, and what X charges for a post.',
  ]),
  key('X_MONTHLY_POSTS'),
  key('X_MONTHLY_DOLLARS'),
  key('X_DOLLARS_PER_POST'),
  place('HACKERNEWS_SEARCH_URL', 'https://hn.algolia.com/api/v1', [
    'Where the services are, should one of them move.',
  ]),
  place('HACKERNEWS_API_URL', 'https://hacker-news.firebaseio.com/v0'),
  place('BLUESKY_API_URL', 'https://public.api.bsky.app'),
  place('STACKEXCHANGE_API_URL', 'https://api.stackexchange.com/2.3'),
  place('GITHUB_API_URL', 'https://api.github.com'),
  place('REDDIT_API_URL', 'https://oauth.reddit.com'),
  place('REDDIT_TOKEN_URL', 'https://www.reddit.com/api/v1/access_token'),
  place('YOUTUBE_API_URL', 'https://www.googleapis.com/youtube/v3'),
  place('APPSTORE_API_URL', 'https://api.appstoreconnect.apple.com'),
  place('GOOGLE_PLAY_API_URL', 'https://androidpublisher.googleapis.com'),
  place('GOOGLE_TOKEN_URL', 'https://oauth2.googleapis.com/token'),
  place('TRUSTPILOT_API_URL', 'https://api.trustpilot.com'),
  place('FACEBOOK_API_URL', 'https://graph.facebook.com/v26.0'),
  place('INSTAGRAM_API_URL', 'https://graph.instagram.com/v26.0'),
  place('X_API_URL', 'https://api.x.com/2'),
  place('BLUESKY_JETSTREAM_URL', '', [
    'Bluesky: other Jetstream hosts than the four public ones, separated by commas.',
  ]),
];

/** Every variable that Earshot reads, in the order of `.env.example`. */
export const VARIABLES: readonly Variable[] = [...OWN, ...SOURCE_VARIABLES];

/** `.env.example`, whole. */
export function envExample(): string {
  const head = [
    '# Copy this file to .env and set what you need. Nothing has to be set to try Earshot:',
    '# `npm start` then opens a local workspace.',
  ];
  const blocks = VARIABLES.map(({ name, fallback, about }) => {
    // What belongs to the variable above it stands right below it.
    const gap = about.length > 0 ? '\n' : '';
    return `${gap}${[...about.map((line) => `# ${line}`), `${name}=${fallback}`].join('\n')}\n`;
  });
  return `${head.join('\n')}\n${blocks.join('')}`;
}

function key(name: string, about: string[] = []): Variable {
  return { name, fallback: '', secret: true, about };
}

function place(name: string, fallback: string, about: string[] = []): Variable {
  return { name, fallback, secret: false, about };
}
