import { checkRota, checkSwap, type Rota, type Swap } from '../../core/escalation/index.ts';
import type { Actor } from '../../core/mention.ts';
import type { Clock, Log, NewId, Stores } from '../../core/ports.ts';

export interface OnCallDeps {
  stores: Pick<Stores, 'rotas'>;
  clock: Clock;
  newId: NewId;
  log: Log;
}

export type RotaEdit = Pick<
  Rota,
  'name' | 'people' | 'turn' | 'handOver' | 'timeZone' | 'startsOn'
>;
export type RotaOutcome = { ok: true; rota: Rota } | { ok: false; message: string };

const MOST_ROTAS = 50;
const LONGEST_NAME = 60;
const GONE = 'That rota is not there any more.';

/** Saves a rota, if it makes sense; its swaps stay. `id` null: a new one. */
export async function saveRota(
  deps: OnCallDeps,
  request: { workspaceId: string; id: string | null; edit: RotaEdit; actor: Actor },
): Promise<RotaOutcome> {
  const { workspaceId, id, edit, actor } = request;
  const rotas = await deps.stores.rotas.list(workspaceId);
  const before = rotas.find((rota) => rota.id === id);
  if (id !== null && before === undefined) return { ok: false, message: GONE };
  if (before === undefined && rotas.length >= MOST_ROTAS) {
    return { ok: false, message: `There are ${MOST_ROTAS} rotas already.` };
  }
  const rota: Rota = {
    ...edit,
    name: edit.name.trim(),
    people: [...new Set(edit.people)],
    id: id ?? deps.newId(),
    workspaceId,
    swaps: before?.swaps ?? [],
    createdBy: before?.createdBy ?? actor,
    createdAt: before?.createdAt ?? deps.clock(),
  };
  const wrong = checkName(rota.name) ?? checkRota(rota);
  if (wrong !== null) return { ok: false, message: wrong };
  if (!(await deps.stores.rotas.save(rota))) {
    return { ok: false, message: `There is a rota called ${rota.name} already.` };
  }
  deps.log.info({ workspaceId, rotaId: rota.id, actor }, 'rota saved');
  return { ok: true, rota };
}

function checkName(name: string): string | null {
  if (name === '') return 'Give the rota a name.';
  return name.length > LONGEST_NAME ? `A name has at most ${LONGEST_NAME} characters.` : null;
}

/** Returns what was removed; policies that name it ask nobody in its place. */
export async function removeRota(
  deps: OnCallDeps,
  request: { workspaceId: string; id: string; actor: Actor },
): Promise<Rota | null> {
  const { workspaceId, id, actor } = request;
  const rota = await deps.stores.rotas.find(workspaceId, id);
  if (rota === null || !(await deps.stores.rotas.remove(workspaceId, id))) return null;
  deps.log.info({ workspaceId, rotaId: id, actor }, 'rota removed');
  return rota;
}

/** One person takes what another's turns hold of a time. */
export async function addSwap(
  deps: OnCallDeps,
  request: {
    workspaceId: string;
    rotaId: string;
    edit: Pick<Swap, 'takes' | 'turnOf' | 'from' | 'to'>;
    actor: Actor;
  },
): Promise<RotaOutcome> {
  const { workspaceId, rotaId, edit, actor } = request;
  const rota = await deps.stores.rotas.find(workspaceId, rotaId);
  if (rota === null) return { ok: false, message: GONE };
  const now = deps.clock();
  const swap: Swap = { ...edit, id: deps.newId(), createdBy: actor, createdAt: now };
  const wrong = checkSwap(rota, swap, now);
  if (wrong !== null) return { ok: false, message: wrong };
  if (!(await deps.stores.rotas.addSwap(workspaceId, rotaId, swap))) {
    return { ok: false, message: GONE };
  }
  deps.log.info({ workspaceId, rotaId, swapId: swap.id, actor }, 'swap agreed');
  return { ok: true, rota: { ...rota, swaps: [...rota.swaps, swap] } };
}

export async function removeSwap(
  deps: OnCallDeps,
  request: { workspaceId: string; rotaId: string; swapId: string; actor: Actor },
): Promise<boolean> {
  const { workspaceId, rotaId, swapId, actor } = request;
  const done = await deps.stores.rotas.removeSwap(workspaceId, rotaId, swapId);
  if (done) deps.log.info({ workspaceId, rotaId, swapId, actor }, 'swap taken back');
  return done;
}
