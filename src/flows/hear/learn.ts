import type { Command } from '../../core/lifecycle.ts';
import { SYSTEM, type Actor, type Mention } from '../../core/mention.ts';
import type { Clock, Lesson, Log, Stores } from '../../core/ports.ts';
import type { Span } from '../../core/post.ts';
import { postBody } from '../../core/post.ts';
import { compileQueries, parseQuery } from '../../core/query/index.ts';
import { judge } from '../../core/negativity/judge.ts';
import {
  adjust,
  correct,
  MAX_CORRECTIONS,
  MAX_PUSH,
  nothingLearned,
  type Learned,
} from '../../core/negativity/learn.ts';
import type { Verdict } from '../../core/verdict.ts';

/** What a workspace has taught up to this moment. */
export type LearnedOf = (workspaceId: string) => Promise<Learned>;

export interface LearnDeps {
  stores: Pick<Stores, 'lessons' | 'keywords'>;
  learned: LearnedOf;
  clock: Clock;
  log: Log;
}

/**
 * Reads what was taught, and keeps it until it changes; another replica's lesson counts at the next
 * call. `keyOf`: the secret of a workspace, without which no lesson says which words it is about.
 */
export function createLearning(
  stores: Pick<Stores, 'lessons'>,
  keyOf: (workspaceId: string) => string,
): LearnedOf {
  const kept = new Map<string, { stamp: string; learned: Learned }>();
  return async (workspaceId) => {
    const stamp = await stores.lessons.stamp(workspaceId);
    const known = kept.get(workspaceId);
    if (known?.stamp === stamp) return known.learned;
    const lessons = await stores.lessons.list(workspaceId);
    const corrections = lessons.map(({ correction }) => correction);
    const learned = { ...nothingLearned(keyOf(workspaceId)), corrections };
    kept.set(workspaceId, { stamp, learned });
    return learned;
  };
}

/** The verdict on a text as this workspace sees it. What cannot be judged is left alone. */
export function judgeFor(learned: Learned, text: string, focus: readonly Span[] = []): Verdict {
  const verdict = judge(text, focus);
  return verdict.judged ? adjust(verdict, learned, text, focus) : verdict;
}

/** Where a corrected verdict is to come to lie, at least. */
const WANTED = { negative: 0.8, 'not-negative': 0.08 } as const;

/**
 * What a person said of a text; it counts from the next post on. `seen`: the negativity that the
 * person saw, which may be far from today's where the keyword has changed since. `focus`: the places
 * around which the text was judged. The text is not kept.
 */
export async function teach(
  deps: LearnDeps,
  lesson: { text: string; seen: number; focus?: readonly Span[] } & Omit<
    Lesson,
    'correction' | 'at'
  >,
): Promise<Lesson> {
  const { text, seen, focus, ...rest } = lesson;
  const { workspaceId, id, said } = rest;
  const isBad = said === 'negative' || said === 'answered';
  const state = await deps.learned(workspaceId);
  const target = isBad ? 'negative' : 'not-negative';
  const replaced = state.corrections.find((one) => one.id === id)?.push ?? 0;
  const made = correct(state, text, target, id, focus).corrections.at(-1)!;
  const wanted = logOdds(WANTED[target]) - logOdds(seen) + replaced;
  const push = said === 'answered' ? made.push : further(made.push, wanted, isBad ? 1 : -1);
  const saved: Lesson = { ...rest, correction: { ...made, push }, at: deps.clock() };
  await deps.stores.lessons.save(saved, MAX_CORRECTIONS);
  deps.log.info({ workspaceId, lessonId: id, said, actor: rest.by }, 'a verdict was corrected');
  return saved;
}

/** The push that goes further in the direction of the correction, within what one may do. */
function further(a: number, b: number, direction: 1 | -1): number {
  const most = direction * Math.max(0, a * direction, b * direction);
  return Math.max(-MAX_PUSH, Math.min(MAX_PUSH, most));
}

function logOdds(chance: number): number {
  const safe = Math.max(0.001, Math.min(0.999, chance));
  return Math.log(safe / (1 - safe));
}

/**
 * What follows for the next verdicts from what a person did to a mention; null when nothing does.
 * A mention that is reopened teaches nothing any more.
 */
export async function learnFrom(
  deps: LearnDeps,
  mention: Mention,
  command: Command,
): Promise<Lesson | null> {
  const { workspaceId, id, keywordId } = mention;
  if (command.type === 'reopen' && (await deps.stores.lessons.remove(workspaceId, id))) {
    deps.log.info({ workspaceId, lessonId: id, actor: command.actor }, 'a lesson was taken back');
  }
  const said = saidBy(command);
  const text = postBody({ title: mention.title, text: mention.text ?? '' });
  if (said === null || text === '' || !mention.verdict.judged) return null;
  const seen = mention.verdict.negativity;
  const focus = await focusOf(deps, mention, text);
  return teach(deps, { workspaceId, id, keywordId, said, by: command.actor, text, seen, focus });
}

/** Where the keyword of a mention stands in its text; nowhere when the keyword is gone or changed. */
async function focusOf(
  { stores }: LearnDeps,
  mention: Mention,
  text: string,
): Promise<readonly Span[]> {
  const { workspaceId, keywordId, author, url, language, sourceKind: source } = mention;
  const keyword = await stores.keywords.find(workspaceId, keywordId);
  const parsed = keyword === null ? null : parseQuery(keyword.query);
  if (!parsed?.ok) return [];
  const matcher = compileQueries([{ id: keywordId, query: parsed.query }]);
  return matcher.match({ text, author, url, language, source })[0]?.spans ?? [];
}

function saidBy(command: Command): Lesson['said'] | null {
  if (command.type === 'answer') return 'answered';
  // What was under the threshold gets its card because a person wants it.
  if (command.type === 'post' && command.actor !== SYSTEM) return 'negative';
  if (command.type !== 'dismiss') return null;
  const { reason } = command;
  return reason === 'not-negative' || reason === 'not-about-us' ? reason : null;
}

/** Takes a lesson back; the mention stays as it is. Null when it is not there. */
export async function unlearn(
  deps: LearnDeps,
  request: { workspaceId: string; id: string; actor: Actor },
): Promise<Lesson | null> {
  const { workspaceId, id, actor } = request;
  const lesson = await deps.stores.lessons.find(workspaceId, id);
  if (lesson === null || !(await deps.stores.lessons.remove(workspaceId, id))) return null;
  deps.log.info({ workspaceId, lessonId: id, actor }, 'a lesson was taken back');
  return lesson;
}

export interface LearnedSummary {
  counts: Record<Lesson['said'], number>;
  /** Newest first. */
  lessons: Lesson[];
}

/** What was learned: how often what was said, and each lesson with who taught it and when. */
export async function whatWasLearned(
  deps: LearnDeps,
  workspaceId: string,
): Promise<LearnedSummary> {
  const lessons = (await deps.stores.lessons.list(workspaceId)).reverse();
  const count = (said: Lesson['said']) => lessons.filter((one) => one.said === said).length;
  return {
    counts: {
      'not-negative': count('not-negative'),
      'not-about-us': count('not-about-us'),
      negative: count('negative'),
      answered: count('answered'),
    },
    lessons,
  };
}
