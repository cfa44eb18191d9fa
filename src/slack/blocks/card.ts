import type { Button, KnownBlock, Overflow, PlainTextOption, RichTextBlock } from '@slack/web-api';
import {
  BY_HAND,
  isClosed,
  type Actor,
  type DismissReason,
  type Mention,
} from '../../core/mention.ts';
import { postBody } from '../../core/post.ts';
import type { CardView, UpcomingStep } from '../../core/ports.ts';
import { ACTIONS, type Choice } from '../ids.ts';
import type { Names } from '../people.ts';
import { button, context, option, type Message } from './message.ts';
import {
  brief,
  channel,
  clean,
  clip,
  date,
  duration,
  isGroup,
  joined,
  markup,
  namedLink,
  oneLine,
  plain,
  safeUrl,
  type Markup,
} from './text.ts';
import { verdictWords } from './verdict.ts';

/** Longest quotation on a card, in characters; the rest is one click away, at the source. */
const QUOTE = 700;
const TITLE = 200;
/** Of an address in small print. */
const LONGEST_LINK = 1500;

export const REASONS: Readonly<Record<DismissReason, string>> = {
  'not-about-us': 'Not about us',
  'not-negative': 'Not negative',
  'already-solved': 'Already solved',
  spam: 'Spam',
  'better-not-answered': 'Better not answered',
};

/** The card of a mention, by its state: open and claimed ones in full, closed ones on one line. */
export function card(view: CardView, names: Names): Message {
  return isClosed(view.mention.status) ? closedCard(view, names) : liveCard(view, names);
}

function liveCard(view: CardView, names: Names): Message {
  const { mention, now } = view;
  const quote = quotation(mention);
  const blocks: KnownBlock[] = [
    context(`${dot(mention)} ${headline(view)}`, age(mention)),
    ...(quote === null ? [] : [quote]),
    ...afterTheAnswer(mention),
    ...caution(mention),
    ...why(mention),
    context(plainHandle(mention), ...nextStep(view, names), ...postLink(mention)),
    ...writing(view, names),
    { type: 'actions', elements: [...buttons(mention), menu(mention, now)] },
  ];
  const excerpt = brief(mention.text ?? mention.title ?? '', 150);
  const claimed =
    mention.claimedBy === null ? '' : ` Claimed by ${brief(names(mention.claimedBy))}.`;
  return { text: markup`${headline(view)}: ${excerpt}${claimed}`.markup, blocks };
}

function closedCard(view: CardView, names: Names): Message {
  const { mention } = view;
  const what = `${dot(mention)} ${ending(mention, names)}`;
  const line = [what, keywordOf(view), brief(view.sourceLabel)].join(' · ');
  const options = closedMenu(mention);
  const accessory: Overflow = { type: 'overflow', action_id: ACTIONS.more, options };
  return {
    text: markup`${what}`.markup,
    blocks: [
      {
        type: 'section',
        text: plain(line),
        ...(options.length === 0 ? {} : { accessory }),
      },
    ],
  };
}

function headline(view: CardView): string {
  const { mention } = view;
  const verdict = verdictWords(mention.verdict, mention.language);
  return [verdict, keywordOf(view), brief(view.sourceLabel)].join(' · ');
}

function keywordOf({ keyword, mention }: Pick<CardView, 'keyword' | 'mention'>): string {
  if (keyword !== null) return brief(keyword.query);
  return mention.keywordId === BY_HAND ? 'brought by hand' : 'a removed keyword';
}

/** Colour helps those who see it; the words beside it say the same. */
function dot({ status }: Mention): string {
  switch (status) {
    case 'claimed':
      return '🟡';
    case 'answered':
      return '🟢';
    case 'dismissed':
    case 'withdrawn':
    case 'expired':
      return '⚪';
    default:
      return '🔴';
  }
}

function age({ publishedAt, foundAt }: Mention): Markup {
  if (publishedAt === null) return markup`found ${date(foundAt, '{ago}')}`;
  return markup`${date(publishedAt, '{ago}')}`;
}

/** What the author wrote, where Slack parses nothing. */
function quotation(mention: Mention): RichTextBlock | null {
  const title = oneLine(mention.title ?? '');
  const body = clean(postBody({ title: mention.title, text: mention.text ?? '' })).trim();
  if (body === '') return null;
  const isTitled = title !== '' && body.startsWith(`${title}\n`);
  const rest = isTitled ? body.slice(title.length).trim() : body;
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_quote',
        elements: [
          ...(isTitled
            ? [{ type: 'text' as const, text: `${clip(title, TITLE)}\n`, style: { bold: true } }]
            : []),
          { type: 'text', text: clip(rest.replace(/\n{3,}/gu, '\n\n'), QUOTE) },
        ],
      },
    ],
  };
}

/** Why it is open again. */
function afterTheAnswer({ followUp }: Mention): KnownBlock[] {
  if (followUp === null || clean(followUp).trim() === '') return [];
  const text = clip(clean(followUp).trim(), QUOTE);
  return [
    context('After the answer, the author says that it is not solved:'),
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }],
    },
  ];
}

function caution({ sensitive }: Mention): KnownBlock[] {
  if (!sensitive) return [];
  return [
    context(
      'Do not quote, think first: this may tell of health, belief, union, sexuality or politics.',
    ),
  ];
}

function why({ verdict }: Mention): KnownBlock[] {
  const reasons = verdict.reasons.map((reason) => brief(reason, 60)).filter(Boolean);
  const because = reasons.length > 0 ? `Why: ${reasons.join(' · ')}` : '';
  const severity = verdict.severity === null ? '' : `Severity: ${verdict.severity}`;
  if (because === '' && severity === '') return [];
  return [context(because, severity)];
}

function plainHandle({ author }: Mention): string {
  const handle = brief(author ?? '');
  if (handle === '') return 'author unknown';
  return handle.startsWith('@') || /\s/u.test(handle) ? handle : `@${handle}`;
}

function nextStep(view: CardView, names: Names): (string | Markup)[] {
  const { claimedBy, claimedAt, snoozedUntil } = view.mention;
  const steps: (string | Markup)[] = [];
  if (claimedBy !== null && claimedAt !== null) {
    steps.push(`claimed by ${brief(names(claimedBy))}`, markup`${date(claimedAt, '{ago}')}`);
  }
  if (isSnoozed(view.mention, view.now) && snoozedUntil !== null) {
    steps.push(markup`snoozed until ${date(snoozedUntil, '{date_short_pretty} {time}')}`);
  } else if (view.nextStep !== null) {
    const when = date(view.nextStep.at, '{date_short_pretty} at {time}');
    const unless = claimedBy === null ? 'claimed' : 'answered';
    steps.push(markup`${stepWords(view.nextStep, claimedBy, names)} ${when} unless ${unless}`);
  }
  if (view.answerDueAt !== null) steps.push(answerDue(view.answerDueAt, view.now));
  return steps;
}

/** Names, which ping nobody: they are asked when the time has come. */
function stepWords(
  { to, channels, release }: UpcomingStep,
  claimedBy: Actor | null,
  names: Names,
): Markup {
  if (release) return markup`released`;
  if (to.length + channels.length === 0) return markup`reminder`;
  const people = to.map((id) =>
    isGroup(id) ? markup`a user group` : markup`${brief(names(id), 40)}`,
  );
  const isReminder = to.every((id) => id === claimedBy) && channels.length === 0;
  const what = isReminder ? 'reminds' : 'asks';
  return markup`${what} ${joined([...people, ...channels.map(channel)], ', ')}`;
}

/** Once it is claimed, its buttons are for the answer; whoever only wants to read goes this way. */
function postLink({ status, url }: Mention): Markup[] {
  const post = safeUrl(url);
  if (status !== 'claimed' || post === null || post.length > LONGEST_LINK) return [];
  return [namedLink(post, 'Open post')];
}

/** Slack keeps the distance true while the card itself stays as it is. */
function answerDue(due: Date, now: Date): Markup {
  const how = now > due ? 'was due' : 'due';
  return markup`first answer ${how} ${date(due, '{date_short_pretty} at {time}')} (${date(due, '{ago}')})`;
}

/** So that two do not answer the same person. */
function writing({ writer }: CardView, names: Names): KnownBlock[] {
  if (writer === null || writer === undefined) return [];
  return [context(`✍️ ${brief(names(writer))} is writing an answer`)];
}

function isSnoozed({ snoozedUntil }: Mention, now: Date): boolean {
  return snoozedUntil !== null && snoozedUntil > now;
}

function buttons(mention: Mention): Button[] {
  const { id: value, status } = mention;
  const url = safeUrl(mention.url);
  if (status === 'claimed') {
    // The post opens at the source, and here the modal with the draft, the rules and the log.
    const there = { action: ACTIONS.answerThere, text: 'Answer', value, style: 'primary' } as const;
    return [
      ...(url === null ? [] : [button({ ...there, url })]),
      button({ action: ACTIONS.answer, text: 'Log answer', value }),
      button({ action: ACTIONS.release, text: 'Release', value }),
    ];
  }
  return [
    button({ action: ACTIONS.claim, text: 'Claim', value, style: 'primary' }),
    ...(url === null ? [] : [button({ action: ACTIONS.open, text: 'Open post', value, url })]),
    button({ action: ACTIONS.dismiss, text: 'Dismiss', value }),
  ];
}

function menu(mention: Mention, now: Date): Overflow {
  const choices: [Choice, string][] = [
    ...(mention.status === 'claimed' ? [] : [['answer', 'Log answer…'] as [Choice, string]]),
    ['escalate', 'Escalate…'],
    ['assign', 'Assign to…'],
    isSnoozed(mention, now) ? ['wake', 'End the snooze'] : ['snooze', 'Snooze…'],
    ...(mention.status === 'claimed' ? [['dismiss', 'Dismiss…'] as [Choice, string]] : []),
    ['not-negative', 'Not negative'],
  ];
  return {
    type: 'overflow',
    action_id: ACTIONS.more,
    options: choices.map(([choice, text]) => option(text, `${choice}:${mention.id}`)),
  };
}

function closedMenu({ id, status, url, answerUrl }: Mention): PlainTextOption[] {
  if (status !== 'answered' && status !== 'dismissed') return [];
  const post = safeUrl(url);
  const answer = safeUrl(answerUrl);
  return [
    option('Reopen', `${'reopen' satisfies Choice}:${id}`),
    ...(post === null ? [] : [option('Open post', `${'open' satisfies Choice}:${id}`, post)]),
    ...(answer === null
      ? []
      : [option('See the answer', `${'see-answer' satisfies Choice}:${id}`, answer)]),
  ];
}

function ending(mention: Mention, names: Names): string {
  switch (mention.status) {
    case 'answered': {
      const by = mention.answeredBy === null ? '' : ` by ${brief(names(mention.answeredBy))}`;
      const seen = mention.verifiedAt === null ? ', not verified yet' : ', verified at the source';
      return `Answered in public${by}${seen}${delay(mention)}`;
    }
    case 'dismissed':
      return `Dismissed: ${mention.dismissedReason === null ? 'no reason' : REASONS[mention.dismissedReason].toLowerCase()}`;
    case 'withdrawn':
      return 'Withdrawn by its author: the post is gone from its source, and from here';
    default:
      return 'Expired: the text was kept long enough';
  }
}

function delay({ publishedAt, answeredAt }: Mention): string {
  if (publishedAt === null || answeredAt === null || answeredAt < publishedAt) return '';
  return `, ${duration(answeredAt.getTime() - publishedAt.getTime())} after the post`;
}
