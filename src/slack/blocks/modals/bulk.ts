import type { ModalView } from '@slack/web-api';
import { VIEWS } from '../../ids.ts';
import { dismissInputs } from './dismiss.ts';
import { field, modal } from './frame.ts';
import { snoozeInputs } from './snooze.ts';

/** One reason for all that is ticked. */
export function bulkDismissModal(mentionIds: readonly string[]): ModalView {
  return modal({
    callbackId: VIEWS.bulkDismiss,
    title: `Dismiss ${mentionIds.length}`,
    submit: 'Dismiss',
    metadata: carrying(mentionIds),
    blocks: dismissInputs('Why do these need no answer?'),
  });
}

export function bulkSnoozeModal(mentionIds: readonly string[]): ModalView {
  return modal({
    callbackId: VIEWS.bulkSnooze,
    title: `Snooze ${mentionIds.length}`,
    submit: 'Snooze',
    metadata: carrying(mentionIds),
    blocks: snoozeInputs(),
  });
}

function carrying(mentionIds: readonly string[]): { mentionIds: string } {
  return { mentionIds: mentionIds.join(' ') };
}

/** Ids of the mentions that a modal carries. */
export function readMany(metadata: string): string[] {
  return (field(metadata, 'mentionIds') ?? '').split(' ').filter(Boolean);
}
