import type { TestContext } from 'node:test';
import type { Mention } from '../../src/core/mention.ts';
import type { Settings } from '../../src/core/ports.ts';
import { drain } from '../../src/flows/tell/outbox.ts';
import type { ForgetDeps } from '../../src/flows/forget/forget.ts';
import type { VerifyDeps } from '../../src/flows/answer/verify.ts';
import { authorHasher } from '../../src/secret.ts';
import { world, type World } from './flows.ts';
import { fakePlace, NO_HTTP, type FakePlace } from './place.ts';

export interface UpkeepWorld extends World {
  place: FakePlace;
  deps: VerifyDeps & ForgetDeps;
  /** A mention as it is now. */
  now(id: string): Promise<Mention>;
  /** A mention whose card is in the channel. */
  carded(over?: Partial<Mention>): Promise<Mention>;
  hash: (kind: string, author: string) => string;
}

/** A world with a made-up place that can be asked about its posts. */
export async function upkeepWorld(
  t: TestContext,
  settings: Partial<Settings> = {},
): Promise<UpkeepWorld> {
  const base = await world(t, settings);
  const place = fakePlace();
  const hash = authorHasher('a secret for tests, 32 characters long');
  const deps: UpkeepWorld['deps'] = {
    ...base,
    sources: [place.source],
    http: NO_HTTP,
    sourceSettings: {},
    timeoutSeconds: 5,
    hashAuthor: hash,
  };
  const it: UpkeepWorld = Object.assign(base, {
    place,
    deps,
    hash,
    async now(id: string) {
      const mention = await base.stores.mentions.find(base.workspaceId, id);
      if (mention === null) throw new Error(`there is no mention ${id}`);
      return mention;
    },
    async carded(over: Partial<Mention> = {}) {
      const author = over.author ?? 'sample_user';
      const [mention] = await base.found({ authorHash: hash('feed', author), ...over });
      await drain(base, base.workspaceId);
      return it.now(mention!.id);
    },
  });
  return it;
}
