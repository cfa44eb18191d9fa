import type { Config } from '../config.ts';
import { startEarshot } from '../main.ts';
import { INSTALL_PATH } from '../slack/oauth.ts';
import { message, result } from './io.ts';

/** After this long a stop is no longer waited for. */
const PATIENCE_MS = 9000;

/** `earshot start`: runs until Ctrl-C or SIGTERM, then ends what is under way. */
export async function start(config: Config): Promise<void> {
  const earshot = await startEarshot(config);
  if (earshot.isLocal) {
    await result(`Earshot is listening in a local workspace: ${earshot.url}`);
    message('Ctrl-C stops it; what happened is kept. For your own Slack, see the README.');
  } else if (earshot.own === null) {
    await result('Earshot is listening for every workspace that installs it.');
    message(`They do so at ${earshot.url}${INSTALL_PATH}, from outside at your public address.`);
  } else {
    await result(`Earshot is listening in ${earshot.own.team}.`);
    if (earshot.own.channelId === null) {
      message('No support channel yet: type /earshot settings in Slack, or set EARSHOT_CHANNEL.');
    }
  }
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  message('Stopping...');
  setTimeout(() => {
    message('It takes too long. What was under way is done again at the next start.');
    process.exit(1);
  }, PATIENCE_MS).unref();
  // A second Ctrl-C means: at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  await earshot.stop();
  process.exit(0);
}
