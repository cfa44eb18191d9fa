import type { Draft } from '../../flows/set-up/keywords.ts';

/** What a button's value takes. */
const LONGEST = 2000;

/** A draft as the value of a button; null when it is too long for one. */
export function draftValue(draft: Draft): string | null {
  const { id, query, channelId, postThreshold, digestThreshold } = draft;
  const value = JSON.stringify([id, query, channelId, postThreshold, digestThreshold]);
  return value.length > LONGEST ? null : value;
}

/** Null for what we did not make. */
export function readDraft(value: string): Draft | null {
  try {
    const parts: unknown = JSON.parse(value);
    if (!Array.isArray(parts)) return null;
    const [id, query, channelId, postThreshold, digestThreshold] = parts as unknown[];
    const isText = (one: unknown) => one === null || typeof one === 'string';
    if (!isText(id) || typeof query !== 'string' || !isText(channelId)) return null;
    if (typeof postThreshold !== 'number' || typeof digestThreshold !== 'number') return null;
    return {
      id: id as string | null,
      query,
      channelId: channelId as string | null,
      postThreshold,
      digestThreshold,
    };
  } catch {
    return null;
  }
}
