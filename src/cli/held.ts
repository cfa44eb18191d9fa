import type { Config } from '../config.ts';
import { findAuthor, heldAbout } from '../flows/forget/forget.ts';
import { openBase, trustedSecret } from '../base.ts';
import { authorHasher } from '../secret.ts';
import { sources } from '../sources/index.ts';
import { CommandError, result } from './io.ts';

/**
 * `earshot export --handle NAME`: everything held about one author, for the answer to somebody who
 * asks (GDPR, article 15): an object a mention with its events, then whether they are suppressed.
 */
export async function exportHeld(config: Config, target: string): Promise<void> {
  const base = await openBase(config);
  const { stores, close } = base;
  try {
    const hashAuthor = authorHasher(await trustedSecret(config, base));
    const deps = { stores, sources, hashAuthor };
    for (const { id: workspaceId } of await stores.workspaces.list()) {
      const found = await findAuthor(deps, { workspaceId, target });
      if (!found.ok) throw new CommandError(found.message, 2);
      for await (const row of heldAbout(deps, { workspaceId, target })) {
        await result(JSON.stringify(row));
      }
    }
  } finally {
    await close();
  }
}
