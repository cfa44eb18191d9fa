import type { Mention } from '../../core/mention.ts';
import { replyKey } from '../../core/answer/reply-url.ts';
import type { Http, HttpAnswer } from '../../core/source.ts';

/**
 * `proven`: public, a place of its own, and not older than the post. `unproven`: public, and it
 * shows nothing that would make it an answer.
 */
export type AnswerPage = 'proven' | 'unproven' | 'gone' | 'unreadable';

/** What of a page is looked through, in bytes. */
const READ = 1024 * 1024;

/**
 * Looks at a logged answer where no replies can be read: the address must be public, must not be
 * that of the post itself, must exist in the page where it names a part of it, and must not say that
 * it is older than the post.
 */
export async function readAnswerPage(
  http: Http,
  mention: Pick<Mention, 'sourceKind' | 'url' | 'publishedAt'> & { answerUrl: string },
  signal: AbortSignal,
): Promise<AnswerPage> {
  const { sourceKind, url, answerUrl, publishedAt } = mention;
  const isPost = url !== null && replyKey(sourceKind, url) === replyKey(sourceKind, answerUrl);
  if (isPost) return 'unproven';
  const outcome = await http.get({ url: answerUrl, signal, asRobot: true });
  if (!outcome.ok) {
    const status = outcome.answer?.status;
    return status === 404 || status === 410 ? 'gone' : 'unreadable';
  }
  if (outcome.notModified) return 'unreadable';
  const page = textOf(outcome.answer);
  const part = new URL(answerUrl).hash.slice(1);
  if (part !== '' && !hasPart(page, part)) return 'gone';
  const isPartOfPost = url !== null && withoutPart(url) === withoutPart(answerUrl);
  const written = isPartOfPost ? null : dateOf(page);
  const isOlder = written !== null && publishedAt !== null && written < publishedAt;
  return isOlder ? 'unproven' : 'proven';
}

function textOf({ body }: HttpAnswer): string {
  return new TextDecoder().decode(body.subarray(0, READ));
}

/** Whether an element of the page is called so; a fragment that a program reads cannot be looked up. */
function hasPart(page: string, part: string): boolean {
  if (/^[!/]/u.test(part)) return true;
  const name = decodeURIComponentSafely(part).replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  return new RegExp(`\\b(?:id|name)\\s*=\\s*["']?${name}["'\\s>]`, 'u').test(page);
}

function decodeURIComponentSafely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function withoutPart(url: string): string {
  return url.replace(/#.*$/u, '');
}

/** When a page says that it was published. */
function dateOf(page: string): Date | null {
  const found =
    /"datePublished"\s*:\s*"([^"]{10,40})"/u.exec(page)?.[1] ??
    /<meta[^>]{0,200}(?:article:published_time|datePublished)[^>]{0,200}?content=["']([^"']{10,40})["']/iu.exec(
      page,
    )?.[1];
  const date = found === undefined ? null : new Date(found);
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}
