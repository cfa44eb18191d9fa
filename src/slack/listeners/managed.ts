import { sentence } from '../blocks/message.ts';
import { NOT_A_MANAGER, tell, type Audience } from '../respond.ts';
import type { Listening } from './context.ts';

/** Whether the person may change keywords, sources and settings; if not, they have been told who may. */
export async function managed(deps: Listening, person: Audience): Promise<boolean> {
  if (await deps.access.mayManage(deps.workspace.id, person.userId)) return true;
  await tell(deps, person, sentence(NOT_A_MANAGER));
  return false;
}
