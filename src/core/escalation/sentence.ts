import { COUNTRY_NAMES } from './holidays.ts';
import { stepsOf, type Phase, type Policy, type Step, type Tell } from './policy.ts';

/** How those are called who have an id: people, groups, rotas and channels. */
export type NameOf = (tell: Exclude<Tell, { kind: 'claimer' } | { kind: 'everybody' }>) => string;

/** A policy as people say it, in a few sentences of plain text. */
export function explainPolicy(policy: Policy, nameOf: NameOf): string {
  const { answerMinutes, pauseMinutes } = policy;
  return [
    ...policy.steps.map((step) => `${stepTitle(step)}: ${stepWords(step, nameOf)}.`),
    ...(policy.steps.length === 0 ? ['Nobody is told by the clock.'] : []),
    clockWords(policy),
    ...quietWords(policy),
    ...(answerMinutes === null ? [] : [`First answer wanted within ${span(answerMinutes)}.`]),
    `Who says that they see it stops the clock for ${span(pauseMinutes)}.`,
  ].join(' ');
}

/** A policy on a line a phase: when each step comes, and what it does. */
export function drawTimeline(policy: Policy, nameOf: NameOf): string {
  const line = (phase: Phase, start: string) => {
    const steps = stepsOf(policy, phase);
    if (steps.length === 0) return [];
    const marks = steps.map((step) => `──● ${whenWords(step)} ${short(step, nameOf)}`);
    return [`${start} ${marks.join(' ')}`];
  };
  return [...line('unclaimed', 'opened '), ...line('unanswered', 'claimed')].join('\n');
}

/** When a step comes, as in "Unclaimed for 30 min". */
export function stepTitle({ afterMinutes, while: phase }: Step): string {
  const state = phase === 'unclaimed' ? 'Unclaimed' : 'Claimed and unanswered';
  if (afterMinutes === 0) return phase === 'unclaimed' ? 'At once' : 'Once it is claimed';
  return `${state} for ${span(afterMinutes)}`;
}

function whenWords({ afterMinutes }: Step): string {
  return afterMinutes === 0 ? 'at once' : span(afterMinutes);
}

/** What a step does, as in "ask @kim and whoever is on call (Evenings)". */
export function stepWords(step: Pick<Step, 'tell' | 'release' | 'while'>, nameOf: NameOf): string {
  if (step.release === true) return 'release it';
  const asked = step.tell.filter(({ kind }) => kind !== 'channel' && kind !== 'claimer');
  const claimer = step.tell.filter(({ kind }) => kind === 'claimer');
  const channels = step.tell.filter(({ kind }) => kind === 'channel');
  const parts = [
    ...(claimer.length === 0 ? [] : ['remind whoever claimed it']),
    ...(asked.length === 0 ? [] : [`ask ${and(asked.map((tell) => tellWords(tell, nameOf)))}`]),
    ...(channels.length === 0 ? [] : [`tell ${and(channels.map((t) => tellWords(t, nameOf)))}`]),
  ];
  return parts.length === 0 ? 'a reminder in the thread' : and(parts);
}

function short(step: Step, nameOf: NameOf): string {
  if (step.release === true) return 'release';
  if (step.tell.length === 0) return 'reminder';
  return step.tell
    .map((tell) => (tell.kind === 'everybody' ? 'everybody' : tellWords(tell, nameOf)))
    .join(', ');
}

function tellWords(tell: Tell, nameOf: NameOf): string {
  switch (tell.kind) {
    case 'claimer':
      return 'whoever claimed it';
    case 'everybody':
      return 'everybody named so far';
    case 'rota':
      return `whoever is on call (${nameOf(tell)})`;
    default:
      return nameOf(tell);
  }
}

function clockWords({ clock, calendar }: Policy): string {
  if (clock === 'always') return `The clock runs day and night (${calendar.timeZone}).`;
  const { days, hours, country, closed, open, timeZone } = calendar;
  const when = `The clock runs ${daysWords(days)}, ${time(hours.from)} to ${time(hours.to)} (${timeZone})`;
  const except = [
    ...(country === null ? [] : [`on public holidays of ${COUNTRY_NAMES[country]}`]),
    ...(closed.length === 0 ? [] : [`on ${and(closed)}`]),
  ];
  const not = except.length === 0 ? '' : `, not ${and(except)}`;
  const still = country === null || open.length === 0 ? '' : `, but on ${and(open)}`;
  return `${when}${not}${still}; it stops in between.`;
}

function quietWords({ quiet }: Policy): string[] {
  if (quiet === null) return [];
  const [from, to] = [time(quiet.from), time(quiet.to)];
  return [`Nobody is told between ${from} and ${to}: what falls due then waits until ${to}.`];
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export function daysWords(days: readonly number[]): string {
  const sorted = [...days].sort((a, b) => a - b);
  const first = sorted[0] ?? 1;
  const isRow = sorted.length > 2 && sorted.every((day, at) => day === first + at);
  if (sorted.length === 7) return 'every day';
  const names = sorted.map((day) => WEEKDAYS[day - 1] ?? '');
  return isRow ? `${names[0]} to ${names.at(-1)}` : and(names);
}

/** 570 as "09:30". */
export function time(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** 90 as "1 h 30 min". */
export function span(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  return [
    ...(days === 0 ? [] : [days === 1 ? '1 day' : `${days} days`]),
    ...(hours === 0 ? [] : [`${hours} h`]),
    ...(rest === 0 ? [] : [`${rest} min`]),
  ].join(' ');
}

/** "a, b and c". */
export function and(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
