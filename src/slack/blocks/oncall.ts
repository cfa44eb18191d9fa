import type { KnownBlock } from '@slack/web-api';
import { and, daysWords, duties, time, type Duty, type Rota } from '../../core/escalation/index.ts';
import { weekdayOf } from '../../core/time/zone.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import type { Names } from '../people.ts';
import { moment } from './escalation.ts';
import { button, confirm, context, section, type Message } from './message.ts';
import { brief, joined, markup, type Markup } from './text.ts';

/** Up to seven blocks each, and a message holds fifty. */
const MOST = 6;
const AHEAD = 4;
const SWAPS = 2;

/** Who is on call in each rota, now and next. Names, which ping nobody. */
export function onCallMessage(rotas: readonly Rota[], names: Names, now: Date): Message {
  const [first] = rotas;
  const duty = first === undefined ? undefined : duties(first, now, 1)[0];
  const text =
    duty === undefined ? markup`No rota yet` : markup`On call: ${brief(names(duty.person))}`;
  const none = markup`No rota yet. Make one, then let a policy ask it: \`${COMMAND} escalation\``;
  const more = rotas.length - MOST;
  return {
    text: text.markup,
    blocks: [
      ...(rotas.length === 0 ? [section(none)] : []),
      ...rotas.slice(0, MOST).flatMap((rota) => rotaRows(rota, names, now)),
      ...(more > 0 ? [context(markup`${more} more`)] : []),
      {
        type: 'actions',
        elements: [button({ action: ACTIONS.rotaNew, text: 'New rota' })],
      },
    ],
  };
}

function rotaRows(rota: Rota, names: Names, now: Date): KnownBlock[] {
  const { id, name } = rota;
  const [current, ...next] = duties(rota, now, AHEAD);
  const head =
    current === undefined
      ? markup`${brief(name)}: nobody`
      : markup`${brief(name)}: ${whose(current, names)} until ${moment(current.to)}`;
  const then = next.map((duty) => markup`${moment(duty.from)} ${whose(duty, names)}`);
  return [
    section(head),
    ...(then.length === 0 ? [] : [context(markup`then ${joined(then, ' · ')}`)]),
    context(rotaWords(rota, names)),
    ...swapRows(rota, names, now),
    {
      type: 'actions',
      elements: [
        button({ action: ACTIONS.swapNew, text: 'Swap…', value: id }),
        button({ action: ACTIONS.rotaEdit, text: 'Edit', value: id }),
        button({
          action: ACTIONS.rotaRemove,
          text: 'Remove',
          value: id,
          style: 'danger',
          confirm: confirm(
            'Remove this rota?',
            'Policies that ask it ask nobody in its place.',
            'Remove',
          ),
        }),
      ],
    },
  ];
}

function whose({ person, insteadOf }: Duty, names: Names): Markup {
  const name = markup`${brief(names(person), 40)}`;
  return insteadOf === null ? name : markup`${name} (for ${brief(names(insteadOf), 40)})`;
}

/** "Sam, Kim and Alex in turn, week by week, from Monday 09:00 (Europe/London)". */
export function rotaWords(rota: Rota, names: Names): string {
  const { people, turn, handOver, timeZone, startsOn } = rota;
  const who = and(people.map((id) => brief(names(id), 40)));
  const at = time(handOver);
  const when =
    turn === 'day'
      ? `day by day, at ${at}`
      : `week by week, ${daysWords([weekdayOf(startsOn)])} at ${at}`;
  return `${who} in turn, ${when} (${timeZone})`;
}

function swapRows({ id, swaps }: Rota, names: Names, now: Date): KnownBlock[] {
  const ahead = swaps.filter(({ to }) => to > now);
  return ahead.slice(0, SWAPS).map((swap) => ({
    ...section(
      markup`Swap: ${brief(names(swap.takes), 40)} for ${brief(names(swap.turnOf), 40)}, ${moment(swap.from)} to ${moment(swap.to)}`,
    ),
    accessory: button({
      action: ACTIONS.swapRemove,
      text: 'Take back',
      value: `${id}:${swap.id}`,
    }),
  }));
}
