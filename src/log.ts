import pino from 'pino';
import type { Log } from './core/ports.ts';

/**
 * One JSON object a line: to a file where a person looks at the terminal, else to stdout. Of an
 * error only its name, message, code and stack are written: what hangs on it besides may hold the
 * request with its token, and a statement of the database what an author wrote. `advise`: what an
 * operator does about an error, where somebody knows.
 */
export function createLog(
  level: string,
  file: string | null,
  advise: (error: unknown) => string | null = () => null,
): Log {
  const plainError = (error: unknown) => {
    const advice = advise(error);
    return { ...bareError(error), ...(advice === null ? {} : { advice }) };
  };
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: plainError },
  };
  return file === null
    ? pino(options)
    : pino(options, pino.destination({ dest: file, mkdir: true, sync: false }));
}

function bareError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const code = 'code' in error ? error.code : undefined;
  const said = withoutStatement(message);
  const where = (stack ?? '').replace(message, () => said);
  return { name, message: withoutTokens(said), code, stack: withoutTokens(where) };
}

/** knex puts the statement with all its values before what the database said. */
function withoutStatement(message: string): string {
  const isStatement = /^(?:insert|update|delete|select|with|pragma|begin|commit|rollback)\b/iu;
  return isStatement.test(message) ? message.slice(message.lastIndexOf(' - ') + 3) : message;
}

/** Slack tokens, and passwords in URLs. */
function withoutTokens(text: string): string {
  return text
    .replace(/\bx(?:ox[a-z]|app)-[\w-]+/gu, '[token]')
    .replace(/(\w:\/\/[^\s:/@]*):[^\s/@]+@/gu, '$1:[password]@');
}
