import type { Rank } from '../../flows/detect.ts';
import type { Trial } from '../../flows/report.ts';
import type { Verdict } from '../../core/verdict.ts';
import { COMMAND } from '../ids.ts';
import { context, section, type Message } from './message.ts';
import { brief, capital, markup } from './text.ts';

const MOST = 10;

/** What Earshot would make of a text, and why. */
export function trialMessage(trial: Trial): Message {
  const matched = trial.keywords.filter((one) => one.matched);
  const best =
    matched.find((one) => one.wouldBe === 'card') ??
    matched.find((one) => one.wouldBe === 'digest');
  const summary = summaryOf(trial, matched.length, best?.wouldBe);
  return {
    text: markup`${summary}`.markup,
    blocks: [
      section(summary),
      context(verdictLine((best ?? matched[0])?.verdict ?? trial.verdict)),
      ...matched
        .slice(0, MOST)
        .map((one) => context(`${brief(one.keyword.query, 150)}: ${RANKS[one.wouldBe]}`)),
      context(markup`Change what counts: \`${COMMAND} keywords\``),
    ],
  };
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

function verdictLine({ label, negativity, reasons, severity, judged }: Verdict): string {
  if (!judged) return 'Earshot cannot judge this language.';
  const why = reasons.map(({ phrase }) => brief(phrase, 60)).join(' · ');
  const parts = [`${capital(label)} ${negativity.toFixed(2)}`];
  if (why !== '') parts.push(`because: ${why}`);
  if (severity !== null) parts.push(`severity: ${severity}`);
  return parts.join(' · ');
}
