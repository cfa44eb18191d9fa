import type { Span } from '../../post.ts';

/** What a stretch of text turned out to be. */
export const KINDS = [
  'email',
  'phone',
  'card',
  'account',
  'address',
  'national-insurance',
  'social-security',
  'national-id',
  'number',
] as const;
export type Kind = (typeof KINDS)[number];

/** The words that take its place. They hold no digit, so that no second look finds anything. */
export const PLACEHOLDERS: Readonly<Record<Kind, string>> = {
  email: 'e-mail address',
  phone: 'telephone number',
  card: 'card number',
  account: 'account number',
  address: 'postal address',
  'national-insurance': 'national insurance number',
  'social-security': 'social security number',
  'national-id': 'national id number',
  number: 'customer number',
};

/** A find; `name` is what the team calls a number of its own. */
export interface Hit extends Span {
  kind: Kind;
  name?: string;
}

/** The calling country of a number without a country code, and the shapes of the team's numbers. */
export interface Options {
  /** ISO 3166 code of two letters; GB. */
  country?: string;
  /**
   * What the team's own numbers look like: `#` is a digit, `@` a letter, everything else itself,
   * a space in the text allowed between any two. A shape needs four digits or letters at least.
   */
  shapes?: readonly Shape[];
}

export interface Shape {
  /** What the placeholder calls it: "order number". */
  name: string;
  pattern: string;
}
