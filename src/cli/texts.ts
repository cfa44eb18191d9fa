import { judge } from '../core/negativity/judge.ts';
import { matchOne, parseQuery, showError } from '../core/query/index.ts';
import { redact } from '../core/privacy/redact.ts';
import { answerTexts, CommandError } from './io.ts';

interface Options {
  json?: boolean;
}

/** `earshot analyze [TEXT]`: what the judgement says of each text. */
export function analyze(text: string | undefined, options: Options): Promise<void> {
  return answerTexts(text, (line) => {
    const verdict = judge(line.text);
    const reasons = verdict.reasons.map(({ phrase }) => phrase);
    if (options.json) {
      const { label, negativity, severity, question, language, judged } = verdict;
      return JSON.stringify({
        id: line.id,
        label,
        negativity,
        reasons,
        severity,
        question,
        language,
        judged,
      });
    }
    const why = reasons.length > 0 ? `  because: ${reasons.join(' · ')}` : '';
    const grave = verdict.severity === null ? '' : `  severity: ${verdict.severity}`;
    const asks = verdict.question ? '  asks a question' : '';
    const unsure = verdict.judged ? '' : ` (${verdict.language ?? 'language unknown'}, not judged)`;
    return `${verdict.label} ${verdict.negativity.toFixed(2)}${unsure}${why}${grave}${asks}`;
  });
}

/** `earshot match --query Q`: the texts that match, with the places. */
export function match(
  text: string | undefined,
  options: Options & { query: string },
): Promise<void> {
  const parsed = parseQuery(options.query);
  if (!parsed.ok) throw new CommandError(showError(options.query, parsed.error), 2);
  return answerTexts(text, (line) => {
    const spans = matchOne(parsed.query, { text: line.text });
    if (spans === null) return null;
    if (!options.json) return line.text;
    const places = spans.map(({ start, end }) => ({
      start,
      end,
      text: line.text.slice(start, end),
    }));
    return JSON.stringify({ id: line.id, text: line.text, spans: places });
  });
}

/** `earshot redact [TEXT]`: each text as it would be kept, and the kinds of contact data found. */
export function redactTexts(text: string | undefined, options: Options): Promise<void> {
  return answerTexts(text, (line) => {
    const { text: kept, found } = redact(line.text);
    const kinds = [...new Set(found.map(({ kind }) => kind))];
    return options.json ? JSON.stringify({ id: line.id, text: kept, kinds }) : kept;
  });
}
