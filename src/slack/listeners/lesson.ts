import type { Command } from '../../core/lifecycle.ts';
import type { Mention } from '../../core/mention.ts';
import { proposeExclusion } from '../../flows/set-up/exclude.ts';
import { learnFrom } from '../../flows/hear/learn.ts';
import { lessonNote } from '../blocks/learned.ts';
import { forLog } from '../errors.ts';
import { tell, type Audience } from '../respond.ts';
import type { Listening } from './context.ts';

/**
 * What a click on a mention teaches. Never fails: what the person did is done, whatever becomes of
 * the lesson. Corrections are confirmed to the person; an answer only agrees, and needs no words.
 */
export async function learn(
  deps: Listening,
  person: Audience,
  mention: Mention,
  command: Command,
): Promise<void> {
  try {
    const lesson = await learnFrom(deps.flows, mention, command);
    if (lesson === null || lesson.said === 'answered') return;
    const exclusion =
      lesson.said === 'not-about-us' ? await proposeExclusion(deps.flows, mention) : null;
    await tell(deps, person, lessonNote(lesson, exclusion));
  } catch (error) {
    deps.log.error(forLog(error), 'a correction could not be learned');
  }
}
