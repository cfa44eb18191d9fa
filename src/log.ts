import pino from 'pino';
import type { Log } from './core/ports.ts';

/**
 * One JSON object a line: to a file where a person looks at the terminal, else to stdout. Of an
 * error only its name, message, code and stack are written: what hangs on it besides may hold the
 * request with its token.
 */
export function createLog(level: string, file: string | null): Log {
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

function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const code = 'code' in error ? error.code : undefined;
  return { name, message: withoutTokens(message), code, stack: withoutTokens(stack ?? '') };
}

/** Slack tokens, and passwords in URLs. */
function withoutTokens(text: string): string {
  return text
    .replace(/\bx(?:ox[a-z]|app)-[\w-]+/gu, '[token]')
    .replace(/(\w:\/\/[^\s:/@]*):[^\s/@]+@/gu, '$1:[password]@');
}
