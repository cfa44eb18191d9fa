import { CHOICES, type Choice } from '../../ids.ts';
import type { CardClick, Click } from '../click.ts';
import type { Listening } from '../context.ts';
import { answer } from './answer.ts';
import { assign } from './assign.ts';
import { dismiss } from './dismiss.ts';
import { escalate } from './escalate.ts';
import { notNegative } from './not-negative.ts';
import { reopen } from './reopen.ts';
import { snooze } from './snooze.ts';
import { wake } from './wake.ts';

const DOES: Readonly<Record<Choice, (deps: Listening, click: CardClick) => Promise<void>>> = {
  answer,
  assign,
  dismiss,
  escalate,
  reopen,
  snooze,
  wake,
  'not-negative': notNegative,
  // These open an address; there is nothing left to do.
  open: async () => {},
  'see-answer': async () => {},
};

/** What was chosen in the overflow menu of a card: `<choice>:<mention id>`. */
export async function more(deps: Listening, click: Click, value: string): Promise<void> {
  const colon = value.indexOf(':');
  const choice = CHOICES.find((one) => one === value.slice(0, colon));
  if (choice === undefined) return;
  await DOES[choice](deps, { ...click, mentionId: value.slice(colon + 1) });
}
