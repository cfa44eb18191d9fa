import type { Span } from '../post.ts';
import { accounts } from './redact/account.ts';
import { addresses } from './redact/address.ts';
import { cards } from './redact/card.ts';
import { emails } from './redact/email.ts';
import type { Finder } from './redact/finder.ts';
import { PLACEHOLDERS, type Hit, type Kind, type Options, type Shape } from './redact/found.ts';
import { identities } from './redact/identity.ts';
import { numberingPlans } from './redact/numbering.ts';
import { links } from './redact/link.ts';
import { phones } from './redact/phone.ts';
import type { Reading } from './redact/reading.ts';
import { teamNumbers } from './redact/shape.ts';
import { spelled } from './redact/spelled.ts';
import { originalSpan, specialSigns, toSkeleton, withBarriers } from './redact/skeleton.ts';

export { isUsableShape } from './redact/shape.ts';
export type { Kind, Options, Shape } from './redact/found.ts';

/** A contact detail, and where it stood in the original text. */
export interface Found {
  kind: Kind;
  span: Span;
}

export interface Redacted {
  text: string;
  /** In order of place. */
  found: Found[];
}

/**
 * A find can lay the next one open, so the whole is read until nothing new is found; twice does for
 * what people write. The bound keeps a text that was built for it from being read for ever.
 */
const MOST_LOOKS = 8;

/** A team's country where none is set. */
const COUNTRY = 'GB';

/** In the order in which they look: what one takes, none behind it sees. */
export const FINDERS: readonly Finder[] = [
  ...[teamNumbers, emails, links, accounts, cards, identities, addresses, phones, spelled],
];

const plans = numberingPlans();
const NO_SHAPES: readonly Shape[] = [];
/** Made once a list: the same one comes with every text of a poll. */
const signs = new WeakMap<readonly Shape[], RegExp>();

/**
 * Takes contact data out of a text: each find gives way to a placeholder that says what it was, and
 * everything else stays as it is, sign by sign. Doing it twice changes nothing more. The time it
 * takes grows with the length of the text, whatever the text is.
 *
 * Not taken for contact data: handles (`@name`, `@name@server.example`), IP addresses, postal codes
 * without a house number, and numbers that nothing but a check digit would make a person's.
 */
export function redact(text: string, options: Options = {}): Redacted {
  return redactWith(FINDERS, text, options);
}

/** As `redact` does, by other finders. */
export function redactWith(
  finders: readonly Finder[],
  text: string,
  { country = COUNTRY, shapes = NO_SHAPES }: Options = {},
): Redacted {
  const place = { country: country.toUpperCase(), plans, shapes };
  let skeleton = toSkeleton(text, signsOf(shapes));
  let reading: Reading = { text: skeleton.text };
  const found: (Found & { placeholder: string })[] = [];
  for (let look = 0, fresh = true; fresh && look < MOST_LOOKS; look++) {
    fresh = false;
    for (const finder of finders) {
      if (!finder.mayFind(reading, place)) continue;
      const hits = apart(finder.find(reading, place));
      if (hits.length === 0) continue;
      fresh = true;
      for (const hit of hits) {
        found.push({
          kind: hit.kind,
          span: originalSpan(skeleton, hit),
          placeholder: bracketed(hit.name ?? PLACEHOLDERS[hit.kind]),
        });
      }
      skeleton = withBarriers(skeleton, hits);
      reading = { text: skeleton.text };
    }
  }
  found.sort((a, b) => a.span.start - b.span.start);
  return { text: replaced(text, found), found: found.map(({ kind, span }) => ({ kind, span })) };
}

/** What a team's settings say of contact data. */
export function contactOptions({
  country,
  ownNumbers,
}: {
  country: string | null;
  ownNumbers: readonly Shape[];
}): Options {
  return { shapes: ownNumbers, ...(country === null ? {} : { country }) };
}

/** What finds the placeholders of our own kinds, and of the team's shapes. */
function signsOf(shapes: readonly Shape[]): RegExp {
  let special = signs.get(shapes);
  if (special === undefined) {
    const names = [...Object.values(PLACEHOLDERS), ...shapes.map(({ name }) => name)];
    special = specialSigns(names.map(bracketed));
    signs.set(shapes, special);
  }
  return special;
}

function bracketed(name: string): string {
  return `[${name}]`;
}

/** Hits in order of place; of two that overlap the one that begins first, then the longer. */
function apart(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = [];
  for (const hit of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (hit.start >= (kept.at(-1)?.end ?? 0)) kept.push(hit);
  }
  return kept;
}

function replaced(text: string, finds: readonly { span: Span; placeholder: string }[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { span, placeholder } of finds) {
    parts.push(text.slice(done, span.start), placeholder);
    done = span.end;
  }
  return parts.join('') + text.slice(done);
}
