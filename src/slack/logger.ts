import { LogLevel, type Logger } from '@slack/bolt';
import type { Log } from '../core/ports.ts';

/**
 * Bolt's and its clients' logger on ours. Their debug lines hold whole payloads, and so what
 * authors wrote: they go nowhere. Their errors are mostly connections that come back by
 * themselves, so nobody is woken for them.
 */
export function boltLogger(log: Log): Logger {
  const said = (words: unknown[]) => ({ said: words.map(String).join(' ').slice(0, 500) });
  return {
    debug: () => {},
    info: (...words) => log.debug(said(words), 'Slack client'),
    warn: (...words) => log.warn(said(words), 'Slack client'),
    error: (...words) => log.warn(said(words), 'Slack client'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
