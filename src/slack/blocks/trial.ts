import type { KnownBlock } from '@slack/web-api';
import type { Rank } from '../../flows/hear/detect.ts';
import type { Trial } from '../../flows/report/report.ts';
import type { Verdict } from '../../core/verdict.ts';
import { ACTIONS, COMMAND } from '../ids.ts';
import { count } from './keywords.ts';
import { button, context, section, type Message } from './message.ts';
import { brief, markup } from './text.ts';
import { nameOf, POST_CHOICES } from './thresholds.ts';
import { languageName, verdictWords } from './verdict.ts';

const MOST = 10;
/** What a button's value takes. */
const LONGEST_VALUE = 2000;

/** What Earshot would make of a text, and why, in one glance. */
export function trialMessage(trial: Trial): Message {
  const matched = trial.keywords.filter((one) => one.matched);
  const best = bestOf(trial);
  const summary = summaryOf(trial, matched.length, best?.wouldBe);
  const { verdict, unlearned } = shownVerdict(trial);
  const others = trial.keywords.length - matched.length;
  return {
    text: markup`${summary}`.markup,
    blocks: [
      section(summary),
      context(verdictLine(verdict)),
      ...learnedLine(verdict, unlearned),
      ...matched.slice(0, MOST).map(keywordLine),
      ...(matched.length > MOST ? [context(`${matched.length - MOST} more keywords match`)] : []),
      ...(others > 0 && matched.length > 0
        ? [context(`${count(others, 'other keyword')} ${others === 1 ? 'does' : 'do'} not match`)]
        : []),
      ...correction(trial.text, verdict),
      context(markup`Change what counts: \`${COMMAND} keywords\``),
    ],
  };
}

function bestOf({ keywords }: Trial): Trial['keywords'][number] | undefined {
  const matched = keywords.filter((one) => one.matched);
  return (
    matched.find((one) => one.wouldBe === 'card') ?? matched.find((one) => one.wouldBe === 'digest')
  );
}

/** The verdict that the answer shows: of the keyword that would post it, else of what matches. */
export function shownVerdict(trial: Trial): Pick<Trial, 'verdict' | 'unlearned'> {
  return bestOf(trial) ?? trial.keywords.find((one) => one.matched) ?? trial;
}

const RANKS: Readonly<Record<Rank, string>> = {
  card: 'a card',
  digest: 'a line in the digest',
  nothing: 'nothing, it is under both thresholds',
};

function summaryOf({ keywords }: Trial, matched: number, best: Rank | undefined): string {
  if (keywords.length === 0) return 'There is no keyword yet, so nothing would be posted.';
  if (matched === 0) return 'No keyword matches, so nothing would be posted.';
  if (best === 'card') return 'It would be posted as a card.';
  if (best === 'digest') return 'It would be a line in the digest, not a card.';
  return 'It matches, but is not negative enough to be posted.';
}

function keywordLine({ keyword, words, verdict, wouldBe }: Trial['keywords'][number]) {
  const found = words.map((word) => brief(word, 40)).join(' · ');
  const judged = verdict.judged ? ` at ${verdict.negativity.toFixed(2)}` : '';
  const cards = nameOf(POST_CHOICES, keyword.postThreshold);
  const paused = keyword.paused ? ' · paused' : '';
  return context(
    `${brief(keyword.query, 150)}: ${RANKS[wouldBe]}${judged} · cards for ${cards} · found: ${found}${paused}`,
  );
}

function verdictLine(verdict: Verdict): string {
  const { reasons, severity, question, language, judged } = verdict;
  const why = reasons.map(({ phrase }) => brief(phrase, 60)).join(' · ');
  const parts = [verdictWords(verdict, language)];
  if (why !== '') parts.push(`because: ${why}`);
  if (severity !== null) parts.push(`severity: ${severity}`);
  if (question) parts.push('asks a question');
  if (judged) parts.push(languageName(language) ?? 'language not told');
  return parts.join(' · ');
}

/** What the team's corrections changed, where they changed something. */
function learnedLine(verdict: Verdict, unlearned: Verdict): KnownBlock[] {
  const [now, before] = [verdict.negativity.toFixed(2), unlearned.negativity.toFixed(2)];
  if (now === before) return [];
  return [
    context(markup`Your corrections moved it from ${before} to ${now}: \`${COMMAND} learned\``),
  ];
}

function correction(text: string, { label, judged }: Verdict): KnownBlock[] {
  if (!judged || text.length > LONGEST_VALUE) return [];
  const element =
    label === 'negative'
      ? button({ action: ACTIONS.tryNotNegative, text: 'Not negative', value: text })
      : button({ action: ACTIONS.tryNegative, text: 'It is negative', value: text });
  return [{ type: 'actions', elements: [element] }];
}
