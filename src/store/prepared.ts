/** What is used of a connection of the driver `sqlite3`. */
export interface SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void;
  all(sql: string, values: unknown[], done: Done): unknown;
  run(sql: string, values: unknown[], done: Done): unknown;
  prepare(sql: string, done: (error: Error | null) => void): SqliteStatement;
  close(done: (error: Error | null) => void): void;
}

interface SqliteStatement {
  all(values: unknown[], done: Done): unknown;
  run(values: unknown[], done: Done): unknown;
  finalize(): void;
}

/** Called with the figures of the statement as `this`. */
type Done = (this: Figures, error: Error | null, rows?: unknown[]) => void;

interface Figures {
  lastID: number;
  changes: number;
}

/** Statements of a connection that are kept. */
const KEPT = 60;
/** What is longer is made for one occasion. */
const LONGEST = 4000;
/** Characters of a value beyond which a statement goes at once, for it would hold on to them. */
const HEAVY = 256 * 1024;

/**
 * Lets a connection keep the statements that it has prepared. The driver prepares each anew at every
 * call: a way to its thread and back, and of a small statement most of SQLite's work.
 */
export function keepPrepared(connection: SqliteConnection): void {
  const kept = new Map<string, SqliteStatement>();
  const plain = { all: connection.all, run: connection.run, close: connection.close };

  function drop(sql: string, statement: SqliteStatement): void {
    if (kept.get(sql) !== statement) return;
    kept.delete(sql);
    statement.finalize();
  }

  /** As the one that was used last; that which was not used for longest makes room. */
  function keep(sql: string, statement: SqliteStatement): void {
    kept.delete(sql);
    const [oldest] = kept;
    if (oldest !== undefined && kept.size >= KEPT) drop(...oldest);
    kept.set(sql, statement);
  }

  function prepare(sql: string, done: Done): SqliteStatement {
    const statement = connection.prepare(sql, (error) => {
      // The driver forgets what waits for a statement that cannot be prepared.
      if (error !== null) return done.call({ lastID: 0, changes: 0 }, error);
      const other = kept.get(sql);
      if (other !== undefined) drop(sql, other);
      keep(sql, statement);
    });
    return statement;
  }

  function use(method: 'all' | 'run', sql: string, values: unknown[], done: Done): void {
    const known = kept.get(sql);
    if (known !== undefined) keep(sql, known);
    const statement = known ?? prepare(sql, done);
    statement[method](values, function (error, rows) {
      // One that failed may still hold what it held when it did.
      if (error !== null || values?.some(isHeavy)) drop(sql, statement);
      // The statement's own figures change with its next use.
      done.call({ lastID: this.lastID, changes: this.changes }, error, rows);
    });
  }

  for (const method of ['all', 'run'] as const) {
    connection[method] = (sql, values, done) =>
      sql.length > LONGEST
        ? plain[method].call(connection, sql, values, done)
        : use(method, sql, values, done);
  }
  connection.close = (done) => {
    for (const one of kept) drop(...one);
    plain.close.call(connection, done);
  };
}

function isHeavy(value: unknown): boolean {
  return typeof value === 'string' && value.length > HEAVY;
}
