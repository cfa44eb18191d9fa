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
  await told();
  message('Stopping...');
  setTimeout(() => {
    message('It takes too long. What was under way is done again at the next start.');
    process.exit(1);
  }, PATIENCE_MS).unref();
  await earshot.stop();
  process.exit(0);
}

/** Resolves at the first Ctrl-C or SIGTERM; the second means: at once. */
function told(): Promise<void> {
  let signals = 0;
  return new Promise((resolve) => {
    const hear = () => {
      signals += 1;
      if (signals > 1) process.exit(1);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear);
  });
}
