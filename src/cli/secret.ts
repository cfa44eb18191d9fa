import { openBase, secretOf, secretTrouble } from '../base.ts';
import type { Config } from '../config.ts';
import { fingerprintOf } from '../secret.ts';
import { replaceFingerprint } from '../store/tables/fingerprints.ts';
import { CommandError, message, result } from './io.ts';

/**
 * `earshot secret`: whether the database was made with the secret that is set. With `--accept`, the
 * one that is set holds from now on, and what was made with another is void.
 */
export async function secret(config: Config, options: { accept?: boolean }): Promise<void> {
  const { db, stores, close } = await openBase(config);
  try {
    const trouble = await secretTrouble(config, db);
    if (trouble === null) {
      await result('The database and the secret that is set belong together.');
      return;
    }
    let [objections, tokens] = [0, 0];
    for (const { id } of await stores.workspaces.list()) {
      objections += await stores.suppressions.count(id);
      if ((await stores.installations.find(id)) !== null) tokens += 1;
    }
    const costs =
      `${objections} objections that nobody can recognise any more, ` +
      `${tokens} workspaces that have to install Earshot again, and what corrections have taught`;
    if (options.accept !== true) {
      throw new CommandError(
        `${trouble}\nTo go on with the one that is set costs ${costs}: earshot secret --accept, once every Earshot has been stopped.`,
      );
    }
    await replaceFingerprint(db, fingerprintOf(secretOf(config)));
    message(`That has cost ${costs}.`);
    message('Go through the objections by hand: /earshot forget for each, in Slack.');
    await result('The secret that is set holds from now on.');
  } finally {
    await close();
  }
}
