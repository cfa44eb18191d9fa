import type { TestContext } from 'node:test';
import type { Mention } from '../../../src/core/mention.ts';
import type { Stores } from '../../../src/core/ports.ts';
import { samplePoll, sampleSource, sampleWorkspace } from '../../helpers/samples.ts';

/** Empty stores of the kind under test, which go away with the test. */
export type Open = (t: TestContext) => Promise<Stores>;

/** The workspaces T1 and T2, and in T1 the source s1, which has had its baseline. */
export async function furnished(open: Open, t: TestContext): Promise<Stores> {
  const stores = await open(t);
  await stores.workspaces.save(sampleWorkspace({ id: 'T1' }));
  await stores.workspaces.save(sampleWorkspace({ id: 'T2' }));
  await stores.sources.add(sampleSource({ id: 's1', cursor: '0' }));
  return stores;
}

/** Stores mentions as a poll of their source does. */
export async function store(stores: Stores, ...mentions: Mention[]): Promise<void> {
  for (const mention of mentions) {
    const source = await stores.sources.find(mention.workspaceId, mention.sourceId);
    await stores.sources.commitPoll(samplePoll(source!, [mention]));
  }
}
