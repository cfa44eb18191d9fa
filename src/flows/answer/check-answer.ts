import { brandOf, isSoleVoice } from '../../core/answer/brand.ts';
import { isElsewhere, isShortened, readReplyUrl, replyKey } from '../../core/answer/reply-url.ts';
import { within } from '../hear/poll.ts';
import { isStillThere, type AskDeps } from '../forget/sweep.ts';
import { isAfter, readReplies } from './verify.ts';

export type CheckedAnswer = { ok: true; url: string } | { ok: false; message: string };

/**
 * Looks at an address that somebody wants to log as the answer, within some seconds: is it a web
 * address, under this post and no other, by one of the brand's accounts, and later than the post?
 * What the place does not say in time is no reason to refuse; the answer is then logged unverified.
 */
export async function checkAnswer(
  deps: AskDeps,
  request: { workspaceId: string; mentionId: string; pasted: string; seconds: number },
): Promise<CheckedAnswer> {
  const { workspaceId, mentionId, seconds } = request;
  const mention = await deps.stores.mentions.find(workspaceId, mentionId);
  const kind = mention?.sourceKind ?? '';
  const read = readReplyUrl(kind, request.pasted);
  if (read === null) {
    return refuse('Paste the whole address of the public reply, starting with https://');
  }
  const url = isShortened(read) ? await opened(deps, kind, read, seconds) : read;
  if (mention === null) return { ok: true, url };
  const isPost = mention.url !== null && replyKey(kind, mention.url) === replyKey(kind, url);
  if (isPost && !isSoleVoice(kind)) {
    return refuse('That is the post itself. Paste the address of your reply to it.');
  }
  if (isElsewhere(kind, mention.url, url)) {
    return refuse(
      'That reply is under another post. Paste the address of the one under this post.',
    );
  }
  const settings = await deps.stores.workspaces.settings(workspaceId);
  const kinds = deps.sources.map((source) => source.kind);
  const brand = brandOf(settings.brandAccounts, kinds);
  const source = deps.sources.find((one) => one.kind === kind);
  if (source?.replies === undefined || !brand.speaksAt(kind)) return { ok: true, url };
  const outcome = await within(seconds, undefined, (signal) =>
    Promise.race([readReplies(deps, source, mention, signal, seconds), ended(signal)]),
  );
  const reply = outcome?.ok
    ? outcome.replies.find(
        (one) => one.url !== null && replyKey(kind, one.url) === replyKey(kind, url),
      )
    : undefined;
  if (reply === undefined) return { ok: true, url };
  if (!brand.wrote(kind, reply)) {
    return refuse(
      `That reply is by ${reply.author ?? 'somebody else'}, not by one of your accounts. If it is yours, an admin can add it under /earshot settings.`,
    );
  }
  if (!isAfter(reply, mention.publishedAt)) {
    return refuse('That reply is older than the post. Paste the address of the answer to it.');
  }
  return { ok: true, url };
}

/** Where a short address leads; the short one where it does not say so in time. */
async function opened(deps: AskDeps, kind: string, url: string, seconds: number): Promise<string> {
  const outcome = await within(seconds, undefined, (signal) =>
    Promise.race([deps.http.get({ url, signal }), ended(signal)]),
  );
  const target = outcome?.ok && !outcome.notModified ? outcome.answer.url : url;
  return readReplyUrl(kind, target) ?? url;
}

/**
 * Asks once more whether the post is there before its answer is logged; what the place says later
 * than after these seconds is noted all the same.
 */
export async function lookBeforeAnswer(
  deps: AskDeps,
  workspaceId: string,
  mentionId: string,
  seconds: number,
): Promise<void> {
  const looking = isStillThere(deps, workspaceId, mentionId, 'always').then(
    () => undefined,
    (error: unknown) => deps.log.warn({ err: error, mentionId }, 'a post could not be asked about'),
  );
  await within(seconds, undefined, (limit) => Promise.race([looking, ended(limit)]));
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function refuse(message: string): CheckedAnswer {
  return { ok: false, message };
}
