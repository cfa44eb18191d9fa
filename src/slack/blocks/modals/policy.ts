import type { KnownBlock, ModalView, PlainTextOption } from '@slack/web-api';
import {
  COUNTRIES,
  COUNTRY_NAMES,
  MOST_STEPS,
  span,
  time,
  type NamedPolicy,
  type Rota,
  type Step,
} from '../../../core/escalation/index.ts';
import { SEVERITIES } from '../../../core/verdict.ts';
import { INPUTS, VIEWS } from '../../ids.ts';
import { option } from '../message.ts';
import { input, modal, severalInput } from './frame.ts';
import type { UserGroup } from './settings.ts';

/** What a policy's modal offers to choose from. */
export interface PolicyOffer {
  keywords: readonly { id: string; query: string }[];
  rotas: readonly Rota[];
  groups: readonly UserGroup[];
}

export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MOST_OPTIONS = 100;
/** Each step repeats them, and a view holds 250 KB. */
const MOST_WHO = 50;
const SPARE_STEPS = 2;
const FEWEST_STEPS = 4;

/** The ids of the inputs of one step; `slot` counts from 0. */
export function stepInputs(slot: number) {
  const id = (part: string) => `step_${slot}_${part}`;
  return {
    after: id('after'),
    phase: id('while'),
    people: id('people'),
    who: id('who'),
    channel: id('channel'),
  };
}

/** `id` null: a new policy. `channelId`: where to answer. */
export function policyModal(
  policy: Omit<NamedPolicy, 'id' | 'workspaceId' | 'createdBy' | 'createdAt'>,
  id: string | null,
  offer: PolicyOffer,
  channelId: string | null,
): ModalView {
  const { calendar, steps } = policy;
  const slots = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, steps.length + SPARE_STEPS));
  const dates = [...calendar.closed, ...calendar.open.map((date) => `-${date}`)].join(' ');
  const countries = [
    option('None', 'none'),
    ...COUNTRIES.map((country) => option(COUNTRY_NAMES[country], country)),
  ];
  return modal({
    callbackId: VIEWS.policy,
    title: 'Escalation policy',
    submit: 'Save',
    metadata: { channelId, policyId: id, slots },
    blocks: [
      words(INPUTS.name, 'Name', policy.name),
      severalInput(
        INPUTS.severities,
        'For these severities',
        SEVERITIES.map((severity) => option(severity, severity)),
        policy.severities,
      ),
      ...keywordInput(offer, policy.keywordIds),
      tick(INPUTS.rest, 'And for', 'everything that no other policy serves', policy.servesRest),
      ...Array.from({ length: slots }, (_, slot) => stepBlocks(slot, steps[slot], offer)).flat(),
      words(INPUTS.target, 'First answer within', length(policy.answerMinutes), {
        optional: true,
        hint: 'As in 30 min or 2 h, of the clock below, from when it was found.',
      }),
      tick(INPUTS.clock, 'The clock', 'runs in working hours only', policy.clock === 'working'),
      severalInput(
        INPUTS.days,
        'Working days',
        WEEKDAYS.map((day, at) => option(day, String(at + 1))),
        calendar.days.map(String),
      ),
      words(INPUTS.hours, 'Working hours', range(calendar.hours), { hint: 'As in 09:00-17:00.' }),
      words(INPUTS.timeZone, 'Time zone', calendar.timeZone, { hint: 'As in Europe/London.' }),
      input(INPUTS.country, 'Public holidays of', {
        type: 'static_select',
        options: countries,
        initial_option: countries.find(({ value }) => value === calendar.country) ?? countries[0]!,
      }),
      words(INPUTS.dates, 'Other days off', dates, {
        optional: true,
        hint: 'As in 2026-12-24 2027-01-02; with a - in front, a holiday on which you work.',
      }),
      words(INPUTS.quiet, 'Quiet hours', policy.quiet === null ? '' : range(policy.quiet), {
        optional: true,
        hint: 'As in 22:00-07:00: nobody is told, what falls due waits for their end.',
      }),
      words(INPUTS.pause, '“I see it” stops the clock for', length(policy.pauseMinutes)),
      words(INPUTS.trial, 'Try it: what if one is found on', '', {
        optional: true,
        hint: 'As in SAT 22:10 or 2026-12-25 08:00; the answer shows what would happen.',
      }),
    ],
  });
}

function stepBlocks(slot: number, step: Step | undefined, offer: PolicyOffer): KnownBlock[] {
  const ids = stepInputs(slot);
  const number = slot + 1;
  const tells = step?.tell ?? [];
  const people = tells.flatMap((tell) => (tell.kind === 'person' ? [tell.id] : []));
  const channel = tells.flatMap((tell) => (tell.kind === 'channel' ? [tell.id] : []))[0];
  const others = tells.flatMap((tell) => {
    if (tell.kind === 'rota' || tell.kind === 'group') return [`${tell.kind}:${tell.id}`];
    return tell.kind === 'claimer' || tell.kind === 'everybody' ? [tell.kind] : [];
  });
  if (step?.release === true) others.push('release');
  const phases = [option('unclaimed', 'unclaimed'), option('claimed, unanswered', 'unanswered')];
  return [
    { type: 'divider' },
    words(ids.after, `Step ${number}: after`, length(step?.afterMinutes ?? null), {
      optional: true,
      hint: 'As in at once, 15 min, 2 h or 1 day. Empty: no such step.',
    }),
    input(ids.phase, `Step ${number}: while it is`, {
      type: 'static_select',
      options: phases,
      initial_option: phases.find(({ value }) => value === step?.while) ?? phases[0]!,
    }),
    input(
      ids.people,
      `Step ${number}: ask people`,
      { type: 'multi_users_select', ...(people.length === 0 ? {} : { initial_users: people }) },
      { optional: true, hint: 'Nobody at all: a reminder that pings nobody.' },
    ),
    severalInput(ids.who, `Step ${number}: and`, whoOptions(offer, others), others),
    input(
      ids.channel,
      `Step ${number}: tell a channel`,
      {
        type: 'conversations_select',
        filter: { include: ['public', 'private'] },
        ...(channel === undefined ? {} : { initial_conversation: channel }),
      },
      { optional: true },
    ),
  ];
}

/** What is chosen and not offered any more stays on offer, or saving would lose it. */
function whoOptions({ rotas, groups }: PolicyOffer, chosen: readonly string[]): PlainTextOption[] {
  const options = [
    option('everybody named so far', 'everybody'),
    option('remind whoever claimed it', 'claimer'),
    option('release it, if claimed', 'release'),
    ...rotas.map(({ id, name }) => option(`on call: ${name}`, `rota:${id}`)),
    ...groups.map(({ id, name }) => option(`group: ${name}`, `group:${id}`)),
  ];
  const known = new Set(options.map(({ value }) => value));
  const lost = chosen.filter((value) => !known.has(value)).map((value) => option(value, value));
  const first = options.filter(({ value }) => chosen.includes(value ?? ''));
  const rest = options.filter(({ value }) => !chosen.includes(value ?? ''));
  return [...lost, ...first, ...rest].slice(0, MOST_WHO);
}

function keywordInput({ keywords }: PolicyOffer, chosen: readonly string[]): KnownBlock[] {
  const known = new Set(keywords.map(({ id }) => id));
  const lost = chosen.filter((id) => !known.has(id)).map((id) => option('a removed keyword', id));
  const first = keywords.filter(({ id }) => chosen.includes(id));
  const rest = keywords.filter(({ id }) => !chosen.includes(id));
  const options = [...lost, ...[...first, ...rest].map(({ id, query }) => option(query, id))];
  if (options.length === 0) return [];
  const shown = options.slice(0, MOST_OPTIONS);
  return [severalInput(INPUTS.keywords, 'For these keywords', shown, chosen)];
}

function words(
  id: string,
  label: string,
  value: string,
  options: { optional?: boolean; hint?: string } = {},
) {
  const initial = value === '' ? {} : { initial_value: value };
  return input(id, label, { type: 'plain_text_input', max_length: 2000, ...initial }, options);
}

function tick(id: string, label: string, text: string, isTicked: boolean) {
  const options = [option(text, 'yes')];
  const initial = isTicked ? { initial_options: options } : {};
  return input(id, label, { type: 'checkboxes', options, ...initial }, { optional: true });
}

function length(minutes: number | null): string {
  if (minutes === null) return '';
  return minutes === 0 ? 'at once' : span(minutes);
}

function range({ from, to }: { from: number; to: number }): string {
  return `${time(from)}-${time(to)}`;
}
