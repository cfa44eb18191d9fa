import type { KnownBlock, RichTextBlock } from '@slack/web-api';
import {
  drawTimeline,
  explainPolicy,
  stepTitle,
  stepWords,
  type DryLine,
  type NamedPolicy,
  type NameOf,
  type Policy,
} from '../../core/escalation/index.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import type { Names } from '../people.ts';
import { button, confirm, context, section, type Message } from './message.ts';
import {
  brief,
  channel,
  clip,
  date,
  isGroup,
  joined,
  LIMITS,
  markup,
  oneLine,
  type Markup,
} from './text.ts';

/** Four blocks each, and a message holds fifty. */
const MOST = 10;

/** How many first answers came within their targets. */
export interface TargetCount {
  met: number;
  missed: number;
  waiting: number;
}

export interface PolicyListing {
  policies: readonly NamedPolicy[];
  /** What serves mentions that no policy does. */
  plain: Policy;
  markedFaster: boolean;
  /** The queries of keywords by their id. */
  queries: ReadonlyMap<string, string>;
  nameOf: NameOf;
  /** Of the last seven days; null where no policy has a target. */
  targets: TargetCount | null;
}

const MARKED =
  'Marked posts are faster: at safety and vulnerable people, help is called at once; at outage, money, legal and leaving, all comes in half the time. A policy of your own for a severity goes before this.';

/** The policies, each as a sentence and as a line of time, with its buttons. */
export function policyList(listing: PolicyListing): Message {
  const { policies, plain, markedFaster, nameOf, targets } = listing;
  const more = policies.length - MOST;
  return {
    text: 'Escalation',
    blocks: [
      ...policies.slice(0, MOST).flatMap((policy) => policyRow(policy, listing)),
      ...(more > 0 ? [context(markup`${more} more`)] : []),
      ...(policies.some(({ servesRest }) => servesRest)
        ? []
        : [
            section('Everything else, from the settings'),
            ...policyPicture(plain, nameOf),
            ...(markedFaster ? [context(MARKED)] : []),
            context(markup`Change it: \`${COMMAND} settings\``),
          ]),
      ...(targets === null ? [] : [context(targetWords(targets))]),
      {
        type: 'actions',
        elements: [button({ action: ACTIONS.policyNew, text: 'New policy', style: 'primary' })],
      },
      context(
        markup`What would happen: \`${COMMAND} escalation try SAT 22:10\` · who is on call: \`${COMMAND} oncall\``,
      ),
    ],
  };
}

function policyRow(policy: NamedPolicy, { queries, nameOf }: PolicyListing): KnownBlock[] {
  const { id, name } = policy;
  const sure = 'Its mentions come under the next policy that serves them, at once.';
  return [
    section(`${brief(name)}: ${serves(policy, queries)}`),
    ...policyPicture(policy, nameOf),
    {
      type: 'actions',
      elements: [
        button({ action: ACTIONS.policyEdit, text: 'Edit', value: id }),
        button({
          action: ACTIONS.policyRemove,
          text: 'Remove',
          value: id,
          style: 'danger',
          confirm: confirm('Remove this policy?', sure, 'Remove'),
        }),
      ],
    },
  ];
}

function serves(policy: NamedPolicy, queries: ReadonlyMap<string, string>): string {
  const { severities, keywordIds, servesRest } = policy;
  const parts = [
    ...severities.map((severity) => `severity ${severity}`),
    ...keywordIds.map((id) => brief(queries.get(id) ?? 'a removed keyword', 40)),
    ...(servesRest ? ['everything else'] : []),
  ];
  return parts.length === 0 ? 'serves nothing yet' : clip(parts.join(', '), 1000);
}

/** A policy as sentences and as a line of time. */
export function policyPicture(policy: Policy, nameOf: NameOf): KnownBlock[] {
  const timeline: RichTextBlock = {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_preformatted',
        elements: [{ type: 'text', text: clip(drawTimeline(policy, nameOf), LIMITS.section) }],
      },
    ],
  };
  return [context(clip(explainPolicy(policy, nameOf), LIMITS.context)), timeline];
}

function targetWords({ met, missed, waiting }: TargetCount): string {
  return `First answers, last seven days: ${met} in time, ${missed} late, ${waiting} still to come.`;
}

/** What was saved, drawn back, with a dry run where one was asked for. */
export function policySaved(
  policy: NamedPolicy,
  nameOf: NameOf,
  trial: readonly KnownBlock[],
): Message {
  return {
    text: markup`Saved: ${brief(policy.name)}`.markup,
    blocks: [section(`Saved: ${brief(policy.name)}`), ...policyPicture(policy, nameOf), ...trial],
  };
}

export interface Trial {
  foundAt: Date;
  /** How the policy is called. */
  name: string;
  timeZone: string;
  /** If nobody ever claims it, and if somebody claims it at once and never answers. */
  unclaimed: readonly DryLine[];
  claimed: readonly DryLine[];
}

/** What would happen to a mention found at an instant. */
export function trialBlocks(trial: Trial, nameOf: NameOf, names: Names): KnownBlock[] {
  const { foundAt, name, timeZone, unclaimed, claimed } = trial;
  const found = markup`Found ${when(foundAt, timeZone)}, under ${brief(name)}`;
  const lines = (all: readonly DryLine[]) =>
    all.map((line) => markup`${when(line.at, timeZone)}  ${dryWords(line, nameOf, names)}`);
  const nothing = [markup`nothing`];
  return [
    section(found),
    section(joined([markup`If nobody claims it:`, ...orElse(lines(unclaimed), nothing)], '\n')),
    section(
      joined(
        [
          markup`If you claim it at once, and it stays unanswered:`,
          ...orElse(lines(claimed), nothing),
        ],
        '\n',
      ),
    ),
  ];
}

function orElse<T>(all: T[], other: T[]): T[] {
  return all.length === 0 ? other : all;
}

/** By the clock of the policy: a dry run is about its hours, not about the reader's. */
function when(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}

function dryWords(line: DryLine, nameOf: NameOf, names: Names): Markup {
  if (line.type === 'answer-due') return markup`a first answer is due`;
  const { step, to, channels } = line;
  const who = [
    ...to.map((id) =>
      isGroup(id) ? markup`${nameOf({ kind: 'group', id })}` : markup`${brief(names(id), 40)}`,
    ),
    ...channels.map(channel),
  ];
  const isReminder = step.tell.every(({ kind }) => kind === 'claimer');
  const asks = isReminder ? 'reminds' : 'asks';
  const what = step.release === true || step.tell.length === 0 ? stepWords(step, nameOf) : asks;
  const whom = who.length === 0 ? markup`` : markup` ${joined(who, ', ')}`;
  const nobody = step.tell.length > 0 && who.length === 0 ? markup` nobody` : markup``;
  return markup`${what}${whom}${nobody} (${oneLine(stepTitle(step)).toLowerCase()})`;
}

/** An instant for people, in their own time zone. */
export function moment(at: Date): Markup {
  return date(at, '{date_short_pretty} at {time}');
}
