import type { ViewOutput, ViewSubmitAction } from '@slack/bolt';
import {
  channelOf,
  readRef,
  type InputErrors,
  type InputValues,
} from '../../blocks/modals/frame.ts';
import type { Listening } from '../context.ts';
import { perform, type ByPerson, type Target } from '../perform.ts';

/** A modal that was sent off, read from Slack's payload. */
export interface Submission {
  userId: string;
  /** Where to answer; null when the modal came from the Home tab. */
  channelId: string | null;
  values: InputValues;
  metadata: string;
  /** Tells a redelivery from a second submission. */
  deliveryId: string;
}

export function readSubmission(body: ViewSubmitAction, view: ViewOutput): Submission {
  return {
    userId: body.user.id,
    channelId: channelOf(view.private_metadata),
    values: view.state.values as InputValues,
    metadata: view.private_metadata,
    deliveryId: `view ${body.trigger_id ?? view.hash}`,
  };
}

/** What a submission makes of its inputs: errors to show in place, or work for after the answer. */
export type Handled = InputErrors | { ok: true; work: () => Promise<void> };

/** The mention that a modal is about; null for a payload that we did not make. */
export function targetOf({ userId, metadata }: Submission): Target | null {
  const ref = readRef(metadata);
  if (ref === null) return null;
  const { mentionId, channelId, ts } = ref;
  const card = channelId === null || ts === null ? null : { channelId, ts };
  return { userId, channelId, respond: null, mentionId, card };
}

/**
 * False the second time that Slack delivers the same thing. Slack names every interaction; without
 * a name nothing can be told apart.
 */
export async function isFirst(deps: Listening, deliveryId: string): Promise<boolean> {
  if (deliveryId.endsWith(' undefined')) return true;
  const { stores, clock } = deps.flows;
  return stores.deliveries.first(deps.workspace.id, deliveryId, clock());
}

/** Does to the mention of a modal what the person asked for, once. */
export function about(
  deps: Listening,
  submission: Submission,
  command: ByPerson | (() => Promise<ByPerson>),
): Handled {
  return {
    ok: true,
    async work() {
      const target = targetOf(submission);
      if (target === null || !(await isFirst(deps, submission.deliveryId))) return;
      await perform(deps, target, typeof command === 'function' ? await command() : command);
    },
  };
}
