import {
  checkPolicy,
  COUNTRIES,
  MOST_STEPS,
  PAUSE_MINUTES,
  readHours,
  readDelay,
  readMinutes,
  type Hours,
  type Step,
  type Tell,
} from '../../../core/escalation/index.ts';
import { SEVERITIES } from '../../../core/verdict.ts';
import type { PolicyEdit } from '../../../flows/set-up/policies.ts';
import { INPUTS } from '../../ids.ts';
import { textOf, valueOf, type InputErrors, type InputValues } from './frame.ts';
import { stepInputs } from './policy.ts';

/** `trial`: what was typed to try it, not yet understood; null for nothing. */
export type PolicyRead = { ok: true; edit: PolicyEdit; trial: string | null } | InputErrors;

/** Reads the modal back; what cannot be read is said beside its input. */
export function readPolicy(values: InputValues): PolicyRead {
  const errors: Record<string, string> = {};
  const steps = readSteps(values, errors);
  const hours = readRange(values, INPUTS.hours, errors) ?? { from: 540, to: 1020 };
  const quiet = readRange(values, INPUTS.quiet, errors);
  const answerMinutes = readLength(values, INPUTS.target, errors);
  const pauseMinutes = readLength(values, INPUTS.pause, errors) ?? PAUSE_MINUTES;
  const dates = (textOf(values, INPUTS.dates) ?? '').split(/[\s,]+/u).filter(Boolean);
  const country = valueOf(values, INPUTS.country).selected_option?.value;
  const severities = chosen(values, INPUTS.severities);
  const edit: PolicyEdit = {
    name: textOf(values, INPUTS.name) ?? '',
    severities: SEVERITIES.filter((severity) => severities.includes(severity)),
    keywordIds: chosen(values, INPUTS.keywords),
    servesRest: chosen(values, INPUTS.rest).length > 0,
    steps,
    clock: chosen(values, INPUTS.clock).length > 0 ? 'working' : 'always',
    calendar: {
      timeZone: textOf(values, INPUTS.timeZone) ?? '',
      days: chosen(values, INPUTS.days).map(Number).sort(),
      hours,
      country: COUNTRIES.find((one) => one === country) ?? null,
      closed: dates.filter((date) => !date.startsWith('-')),
      open: dates.filter((date) => date.startsWith('-')).map((date) => date.slice(1)),
    },
    quiet,
    answerMinutes,
    pauseMinutes,
  };
  if (edit.name === '') errors[INPUTS.name] = 'Give it a name.';
  if (Object.keys(errors).length === 0) Object.assign(errors, wrongWith(edit));
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, edit, trial: textOf(values, INPUTS.trial) };
}

/** What is wrong with the whole, beside the input that it is most likely about. */
function wrongWith(edit: PolicyEdit): Record<string, string> {
  const sentence = checkPolicy(edit);
  if (sentence === null) return {};
  const places: [RegExp, string][] = [
    [/time zone/iu, INPUTS.timeZone],
    [/working day/iu, INPUTS.days],
    [/hours/iu, INPUTS.hours],
    [/date/iu, INPUTS.dates],
  ];
  const place = places.find(([word]) => word.test(sentence))?.[1] ?? stepInputs(0).after;
  return { [place]: sentence };
}

function readSteps(values: InputValues, errors: Record<string, string>): Step[] {
  const steps: Step[] = [];
  for (let slot = 0; slot < MOST_STEPS; slot++) {
    const ids = stepInputs(slot);
    const typed = textOf(values, ids.after);
    const who = chosen(values, ids.who);
    const tell = readTells(values, ids, who);
    if (typed === null) {
      if (tell.length > 0 || who.length > 0) errors[ids.after] = 'After how long? As in 15 min.';
      continue;
    }
    const afterMinutes = readDelay(typed);
    if (afterMinutes === null) {
      errors[ids.after] = 'A length of time, such as 15 min, 2 h or 1 day; or: at once.';
      continue;
    }
    const phase = valueOf(values, ids.phase).selected_option?.value;
    steps.push({
      afterMinutes,
      while: phase === 'unanswered' ? 'unanswered' : 'unclaimed',
      tell,
      ...(who.includes('release') ? { release: true } : {}),
    });
  }
  // In order of time, whatever the order in which they were typed.
  return steps.sort(
    (a, b) =>
      Number(a.while === 'unanswered') - Number(b.while === 'unanswered') ||
      a.afterMinutes - b.afterMinutes,
  );
}

function readTells(
  values: InputValues,
  ids: ReturnType<typeof stepInputs>,
  who: readonly string[],
): Tell[] {
  const people = valueOf(values, ids.people).selected_users ?? [];
  const channelId = valueOf(values, ids.channel).selected_conversation ?? null;
  return [
    ...people.map((id): Tell => ({ kind: 'person', id })),
    ...who.flatMap(readTell),
    ...(channelId === null ? [] : [{ kind: 'channel', id: channelId } as const]),
  ];
}

function readTell(value: string): Tell[] {
  if (value === 'everybody' || value === 'claimer') return [{ kind: value }];
  const [kind, id = ''] = value.split(':');
  return (kind === 'rota' || kind === 'group') && id !== '' ? [{ kind, id }] : [];
}

function chosen(values: InputValues, id: string): string[] {
  return (valueOf(values, id).selected_options ?? []).map(({ value }) => value);
}

function readLength(
  values: InputValues,
  id: string,
  errors: Record<string, string>,
): number | null {
  const typed = textOf(values, id);
  const minutes = typed === null ? null : readMinutes(typed);
  if (typed !== null && minutes === null) {
    errors[id] = 'A length of time, such as 30 min or 2 h.';
  }
  return minutes;
}

function readRange(values: InputValues, id: string, errors: Record<string, string>): Hours | null {
  const typed = textOf(values, id);
  const hours = typed === null ? null : readHours(typed);
  if (typed !== null && hours === null) errors[id] = 'Two times of day, such as 09:00-17:00.';
  return hours;
}
