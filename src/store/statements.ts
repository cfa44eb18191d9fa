import pg from 'pg';

/** SQL of the job queue, on connections of its own, so that neither waits for the other's. */
export interface Statements {
  executeSql(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
  close(): Promise<void>;
}

const CONNECTIONS = 4;
const TIMEOUT_MS = 10_000;

export function openStatements(url: string): Statements {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'earshot jobs',
    max: CONNECTIONS,
    connectionTimeoutMillis: TIMEOUT_MS,
    keepAlive: true,
  });
  // A connection that breaks while nobody uses it; the next statement opens another.
  pool.on('error', () => undefined);
  return {
    executeSql: (text, values) => pool.query(text, values),
    close: () => pool.end(),
  };
}
