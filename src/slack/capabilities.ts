import type { Clock, Log } from '../core/ports.ts';
import { readTrouble } from './errors.ts';

/** What Earshot can do without, and how it then behaves; `earshot doctor` shows these sentences. */
const WITHOUT = {
  members:
    'Earshot cannot see who is in a channel: whoever can press the buttons of a card may act on it.',
  people:
    'Earshot cannot look people up: it knows the names only of those who have clicked, and not who is an admin; until managers are named in the settings, everybody may change them.',
  usergroups: 'User groups cannot be chosen in the settings; people can.',
  channels: 'Earshot cannot list channels: name the support channel by its id.',
  home: 'The Home tab stays empty.',
  history:
    'Earshot cannot look whether Slack took a message just before a crash: one may appear twice, until somebody touches the spare one.',
} as const;
export type Capability = keyof typeof WITHOUT;

export interface MissingCapability {
  capability: Capability;
  /** Slack's error string. */
  cause: string;
  effect: string;
}

export interface Capabilities {
  /** The answer, or null when this Slack or this token cannot do it. Other troubles are thrown. */
  use<T>(capability: Capability, call: () => Promise<T>): Promise<T | null>;
  missing(): MissingCapability[];
}

/** Scopes change when an app is installed again; then the feature comes back by itself. */
const ASK_AGAIN_MS = 10 * 60_000;

/** Remembers which optional calls do not work, so that one missing scope turns off one feature. */
export function createCapabilities(clock: Clock, log: Log): Capabilities {
  const off = new Map<Capability, { cause: string; since: number }>();
  return {
    async use(capability, call) {
      const known = off.get(capability);
      if (known !== undefined && clock().getTime() - known.since < ASK_AGAIN_MS) return null;
      try {
        const answer = await call();
        off.delete(capability);
        return answer;
      } catch (error) {
        const { meaning, cause } = readTrouble(error);
        if (meaning !== 'off') throw error;
        if (known === undefined) log.warn({ capability, cause }, 'Slack does not offer this');
        off.set(capability, { cause, since: clock().getTime() });
        return null;
      }
    },
    missing: () =>
      [...off].map(([capability, { cause }]) => ({
        capability,
        cause,
        effect: WITHOUT[capability],
      })),
  };
}
