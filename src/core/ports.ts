/** What the flows need of the world: the clock, the log, the stores and Slack. */
export * from './ports/mention-store.ts';
export * from './ports/message-stores.ts';
export * from './ports/notifier.ts';
export * from './posting.ts';
export * from './ports/records.ts';
export * from './ports/shared.ts';
export * from './ports/stores.ts';

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
