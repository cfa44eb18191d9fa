import { duties, onCall, type Rota } from '../../core/escalation/index.ts';
import { addDays, wallOf, weekdayOf } from '../../core/time/zone.ts';
import type { RotaEdit } from '../../flows/set-up/oncall.ts';
import { rotaModal, swapModal } from '../blocks/modals/rota.ts';
import { onCallMessage } from '../blocks/oncall.ts';
import { sentence, type Message } from '../blocks/message.ts';
import { markup } from '../blocks/text.ts';
import { tell, type Audience } from '../respond.ts';
import type { Listening } from './context.ts';
import { managed } from './managed.ts';

/** Nine in the morning. */
const HAND_OVER = 540;

export async function whoIsOnCall(deps: Listening): Promise<Message> {
  const rotas = await deps.flows.stores.rotas.list(deps.workspace.id);
  return onCallMessage(rotas, await namesOf(deps, rotas), deps.flows.clock());
}

function namesOf(deps: Listening, rotas: readonly Rota[]) {
  return deps.people.names(
    rotas.flatMap(({ people, swaps }) => [
      ...people,
      ...swaps.flatMap(({ takes, turnOf }) => [takes, turnOf]),
    ]),
  );
}

/** Opens a rota to change, or a new one that begins with the week. */
export async function openRota(
  deps: Listening,
  person: Audience & { triggerId: string },
  id: string | null,
): Promise<void> {
  if (!(await managed(deps, person))) return;
  const { stores, clock } = deps.flows;
  const rota = id === null ? null : await stores.rotas.find(deps.workspace.id, id);
  if (id !== null && rota === null) return rotaGone(deps, person);
  const { timeZone } = await stores.workspaces.settings(deps.workspace.id);
  const view = rotaModal(rota ?? newRota(clock(), timeZone), id, person.channelId);
  await deps.client.views.open({ trigger_id: person.triggerId, view });
}

function newRota(now: Date, timeZone: string): RotaEdit {
  const { date } = wallOf(now, timeZone);
  const monday = addDays(date, 1 - weekdayOf(date));
  return { name: '', people: [], turn: 'week', handOver: HAND_OVER, timeZone, startsOn: monday };
}

/** Suggests to take the next turn that is somebody else's. */
export async function openSwap(
  deps: Listening,
  person: Audience & { triggerId: string },
  rotaId: string,
): Promise<void> {
  const rota = await deps.flows.stores.rotas.find(deps.workspace.id, rotaId);
  if (rota === null) return rotaGone(deps, person);
  if (!(await maySwap(deps, person, rota))) return;
  const now = deps.flows.clock();
  const ahead = [onCall(rota, now), ...duties(rota, now, 4)];
  const other = ahead.find((duty) => duty !== null && duty.person !== person.userId);
  const suggestion = { takes: person.userId, turnOf: other?.person ?? null };
  const view = swapModal(rota, suggestion, person.channelId);
  await deps.client.views.open({ trigger_id: person.triggerId, view });
}

/** The people of a rota agree on swaps among themselves; managers may too. */
export async function maySwap(deps: Listening, person: Audience, rota: Rota): Promise<boolean> {
  const known = [...rota.people, ...rota.swaps.map(({ takes }) => takes)];
  return known.includes(person.userId) || managed(deps, person);
}

export function rotaGone(deps: Listening, person: Audience): Promise<void> {
  return tell(deps, person, sentence(markup`That rota is not there any more.`));
}
