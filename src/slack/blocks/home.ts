import type { HomeView, KnownBlock } from '@slack/web-api';
import type { Keyword } from '../../core/ports.ts';
import type { Mention } from '../../core/mention.ts';
import type { Status } from '../../flows/report.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import { button, context, header, section } from './message.ts';
import { failing, figuresOf } from './status.ts';
import { brief, date, markup, safeUrl } from './text.ts';

export interface HomeRow {
  mention: Mention;
  keyword: Keyword | null;
  /** Where its card is; null without one. */
  cardUrl: string | null;
}

export interface HomeContent {
  status: Status;
  /** Mine, the oldest claim first. */
  claims: readonly HomeRow[];
  /** Unclaimed, the oldest first. */
  open: readonly HomeRow[];
  mayManage: boolean;
}

/** Three blocks each; the Home tab holds a hundred. */
const MOST_CLAIMS = 15;
const MOST_OPEN = 5;
const MOST_FAILING = 5;
const EXCERPT = 200;

/** The Home tab of one person. */
export function home(content: HomeContent): HomeView {
  const { status, claims, open, mayManage } = content;
  const { today, sources } = status;
  return {
    type: 'home',
    blocks: [
      header('My claims'),
      ...rows(claims, MOST_CLAIMS, 'Nothing is claimed by you.'),
      header('Oldest unclaimed'),
      ...rows(open, MOST_OPEN, 'Nothing waits. Every mention is claimed or closed.'),
      header('Today'),
      context(figuresOf(status)),
      context(
        markup`${today.found} found, ${today.claimed} claimed, ${today.answered} answered, ${today.dismissed} dismissed`,
      ),
      ...sources.failing.slice(0, MOST_FAILING).map(failing),
      ...(mayManage
        ? [
            {
              type: 'actions' as const,
              elements: [button({ action: ACTIONS.settings, text: 'Settings' })],
            },
          ]
        : []),
      context(markup`All commands: \`${COMMAND} help\``),
    ],
  };
}

function rows(shown: readonly HomeRow[], most: number, none: string): KnownBlock[] {
  if (shown.length === 0) return [context(none)];
  const more = shown.length - most;
  return [
    ...shown.slice(0, most).flatMap(row),
    ...(more > 0 ? [context('and more, in the channel')] : []),
  ];
}

function row({ mention, keyword, cardUrl }: HomeRow): KnownBlock[] {
  const { id: value, status, claimedAt, foundAt } = mention;
  const excerpt = brief(mention.title ?? mention.text ?? '', EXCERPT);
  const since =
    claimedAt === null
      ? markup`found ${date(foundAt, '{ago}')}`
      : markup`claimed ${date(claimedAt, '{ago}')}`;
  const post = safeUrl(mention.url);
  return [
    section(excerpt),
    context(keyword === null ? '' : brief(keyword.query), since),
    {
      type: 'actions',
      elements: [
        status === 'claimed'
          ? button({ action: ACTIONS.answer, text: 'Log answer', value, style: 'primary' })
          : button({ action: ACTIONS.claim, text: 'Claim', value, style: 'primary' }),
        ...(post === null
          ? []
          : [button({ action: ACTIONS.open, text: 'Open post', value, url: post })]),
        ...(cardUrl === null
          ? []
          : [button({ action: ACTIONS.link, text: 'See the card', value, url: cardUrl })]),
      ],
    },
  ];
}
