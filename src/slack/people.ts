import type { WebClient } from '@slack/web-api';
import { SOMEBODY, SYSTEM, type Actor } from '../core/mention.ts';
import type { Clock } from '../core/ports.ts';
import { unescaped } from './blocks/text.ts';
import type { Capabilities } from './capabilities.ts';
import { readTrouble } from './errors.ts';

export interface Person {
  name: string;
  isAdmin: boolean;
  /** IANA name, null where Slack does not say. */
  timeZone: string | null;
}

export interface People {
  /** Null when people cannot be looked up, or there is no such person. */
  find(userId: string): Promise<Person | null>;
  /** The display name as plain text, which pings nobody; without one, what is known, last the id. */
  name(actor: Actor): Promise<string>;
  /** The names of several, as a look-up for what draws them. */
  names(actors: Iterable<Actor | null>): Promise<Names>;
  /** A payload tells the handle of the one who clicked. */
  learn(userId: string, handle: string | undefined): void;
}

export type Names = (actor: Actor) => string;

/** An admin who is one no longer loses the right within this time. */
const FRESH_MS = 60_000;

export function createPeople(
  client: Pick<WebClient, 'users'>,
  capabilities: Capabilities,
  clock: Clock,
): People {
  const cached = new Map<string, { at: number; person: Promise<Person | null> }>();
  const handles = new Map<string, string>();

  async function look(userId: string): Promise<Person | null> {
    const answer = await capabilities.use('people', () => client.users.info({ user: userId }));
    const user = answer?.user;
    if (user === undefined) return null;
    const names = [user.profile?.display_name, user.real_name, user.name, handles.get(userId)];
    return {
      name: unescaped(names.find((name) => name !== undefined && name !== '') ?? userId),
      isAdmin: user.is_admin === true || user.is_owner === true,
      timeZone: user.tz ?? null,
    };
  }

  async function find(userId: string): Promise<Person | null> {
    const now = clock().getTime();
    const known = cached.get(userId);
    if (known !== undefined && now - known.at < FRESH_MS) return known.person;
    const person = look(userId).catch((error: unknown) => {
      if (readTrouble(error).meaning === 'refused') return null;
      // An outage takes no name away; a name that was not known is asked for again at once.
      if (known === undefined) cached.delete(userId);
      return known?.person ?? null;
    });
    cached.set(userId, { at: now, person });
    return person;
  }

  async function name(actor: Actor): Promise<string> {
    if (actor === SYSTEM) return 'Earshot';
    if (actor === SOMEBODY) return actor;
    const person = await find(actor);
    return person?.name ?? handles.get(actor) ?? actor;
  }

  return {
    find,
    name,
    async names(actors) {
      const wanted = [...new Set(actors)].filter((actor) => actor !== null);
      const known = new Map(
        await Promise.all(wanted.map(async (actor) => [actor, await name(actor)] as const)),
      );
      return (actor) => known.get(actor) ?? handles.get(actor) ?? actor;
    },
    learn(userId, handle) {
      if (handle !== undefined && handle !== '') handles.set(userId, handle);
    },
  };
}
