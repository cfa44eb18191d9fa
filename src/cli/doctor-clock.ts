import { bad, broken, good, type Finding } from './finding.ts';

/** Slack refuses, and deadlines mislead, long before a clock is off by as much as five minutes. */
const MOST_SKEW_SECONDS = 30;
const PATIENCE_MS = 30_000;

/** This machine's clock against the one that Slack puts into every answer. */
export async function clockFinding(apiUrl: string): Promise<Finding> {
  try {
    const started = Date.now();
    const url = new URL('api.test', apiUrl);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { headers } = await fetch(url, { method: 'POST', signal });
    const theirs = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(theirs)) return good('clock: Slack did not say what time it is');
    const ours = (started + Date.now()) / 2;
    const skew = Math.round((ours - theirs) / 1000);
    if (Math.abs(skew) <= MOST_SKEW_SECONDS) return good('clock: the same as that of Slack');
    const [seconds, way] = [Math.abs(skew), skew > 0 ? 'ahead of' : 'behind'];
    return bad(
      `clock: this machine is ${seconds} seconds ${way} Slack`,
      'Let it keep the time by NTP (timedatectl set-ntp true): deadlines and ages are off until then.',
    );
  } catch (error) {
    return broken('clock: Slack could not be asked', error);
  }
}
