import { createHmac } from 'node:crypto';

/** Posts to Earshot as Slack does over HTTP: signed, with the time of signing. */
export async function postSigned(
  url: string,
  body: string,
  options: { secret: string; ageSeconds?: number; type?: string },
): Promise<Response> {
  const { secret, ageSeconds = 0, type = 'application/x-www-form-urlencoded' } = options;
  const at = Math.floor(Date.now() / 1000) - ageSeconds;
  const signed = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return fetch(`${url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-slack-signature': `v0=${signed}`,
      'x-slack-request-timestamp': String(at),
    },
  });
}
