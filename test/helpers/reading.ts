import { instantOf, offsetMs, wallOf } from '../../src/core/time/zone.ts';

/** Slack's markup as a person reads it; `PING` is what makes a telephone ring. */
export function readable(
  markup: string,
  now: Date,
  timeZone: string,
  nameOf: (id: string) => string,
): string {
  return markup
    .replace(/<@([A-Z0-9]+)>|<!subteam\^([A-Z0-9]+)>/gu, (_, a, b) => `PING ${nameOf(a ?? b)}`)
    .replace(/<#([A-Z0-9]+)>/gu, (_, id: string) => nameOf(id))
    .replace(/<!date\^(\d+)\^([^|]*)\|[^>]*>/gu, (_, seconds: string, format: string) =>
      moment(new Date(Number(seconds) * 1000), format, now, timeZone),
    )
    .replace(/<https?:[^|>]+\|([^>]+)>/gu, '[$1]')
    .replace(/<(https?:[^>]+)>/gu, '$1');
}

function moment(at: Date, format: string, now: Date, timeZone: string): string {
  if (format.includes('{ago}')) return away(at.getTime() - now.getTime());
  const isToday = said(at, timeZone, DATE) === said(now, timeZone, DATE);
  return isToday || !format.includes('{date')
    ? time(at, timeZone)
    : `${said(at, timeZone, { weekday: 'short' })} ${time(at, timeZone)}`;
}

const DATE = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;

export function said(at: Date, timeZone: string, format: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...format }).format(at);
}

function time(at: Date, timeZone: string): string {
  return said(at, timeZone, { hour: '2-digit', minute: '2-digit' });
}

/** On a day on which clocks change, with the name of the time that they show. */
export function stamp(at: Date, timeZone: string): string {
  const { date } = wallOf(at, timeZone);
  const [before, after] = [instantOf(date, 0, timeZone), instantOf(date, 1440, timeZone)];
  const changes = offsetMs(before, timeZone) !== offsetMs(after, timeZone);
  const zone = changes ? ({ timeZoneName: 'short' } as const) : {};
  return said(at, timeZone, { hour: '2-digit', minute: '2-digit', ...zone });
}

function away(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes === 0) return 'now';
  const long = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return ms < 0 ? `${long} ago` : `in ${long}`;
}
