/**
 * What is wrong with the database, in a sentence for the operator, by the code of an error; null for
 * what is no trouble of the database. Of all but the last two Earshot recovers by itself.
 */
export function databaseTrouble(error: unknown): string | null {
  const { code = '', name = '' } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (name === 'KnexTimeoutError') return BUSY;
  if (typeof code !== 'string') return null;
  return SENTENCES[code] ?? (code.startsWith('08') ? GONE : null);
}

const BUSY = 'The database does not answer in time. Earshot goes on by itself as soon as it does.';
const GONE =
  'The connection to Postgres broke. Earshot goes on by itself as soon as Postgres is there again.';
const FULL =
  'The disk is full. Make room: Earshot goes on by itself, and nothing is lost meanwhile.';
const HELD =
  'Another process holds the database. Stop it: Earshot goes on by itself as soon as it is free.';
const UNWRITABLE =
  'The database cannot be written. Make the file and its folder writable for this user.';
const DAMAGED =
  'The database file is damaged. Stop Earshot, see what `earshot doctor` says, and restore a backup.';

const SENTENCES: Readonly<Record<string, string>> = {
  SQLITE_FULL: FULL,
  // Postgres: no disk, and too little memory.
  '53100': FULL,
  '53200': BUSY,
  '53300': 'Postgres takes no more connections. Raise max_connections, or run fewer processes.',
  SQLITE_BUSY: HELD,
  SQLITE_LOCKED: HELD,
  // A shutdown, a crash, a start that is not done yet.
  '57P01': GONE,
  '57P02': GONE,
  '57P03': GONE,
  SQLITE_IOERR: UNWRITABLE,
  SQLITE_READONLY: UNWRITABLE,
  SQLITE_CANTOPEN: UNWRITABLE,
  SQLITE_CORRUPT: DAMAGED,
  SQLITE_NOTADB: DAMAGED,
  XX001: DAMAGED,
  XX002: DAMAGED,
};

/** Remembers that the database was in trouble, for whoever asks whether all is well. */
export interface Trouble {
  /** The sentence for an error, which is remembered for two minutes. */
  see(error: unknown): string | null;
  /** What was wrong lately; null: nothing. */
  lately(): string | null;
}

const LATELY_MS = 2 * 60_000;

export function createTrouble(clock: () => Date): Trouble {
  let last: { sentence: string; until: number } | null = null;
  return {
    see(error) {
      const sentence = databaseTrouble(error);
      if (sentence !== null) last = { sentence, until: clock().getTime() + LATELY_MS };
      return sentence;
    },
    lately: () => (last !== null && last.until > clock().getTime() ? last.sentence : null),
  };
}
