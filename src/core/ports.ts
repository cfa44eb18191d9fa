/** What the flows need of the world: the clock, the log, the stores and Slack. */
export * from './mention-store.ts';
export * from './message-stores.ts';
export * from './notifier.ts';
export * from './posting.ts';
export * from './records.ts';
export * from './shared.ts';
export * from './stores.ts';

/** The instant now. Only `main` builds the real one. */
export type Clock = () => Date;

/** A new id: unique, and later ids sort after earlier ones. */
export type NewId = () => string;

/** Fixed message plus fields; never tokens, feed credentials or what an author wrote. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  /** A person must act. */
  error(fields: object, message: string): void;
}
