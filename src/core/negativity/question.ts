import { matchRules, parseRules } from './rules.ts';
import type { Token } from './tokens.ts';

/** How questions start when their mark is left out, and requests that want an answer. */
const ASKS = `
  (can|could|would|will) (you|u|someone|somebody|anyone|anybody) (please|pls|plz|kindly|tell|help|explain|confirm|advise|check|send|let|give|look|call|fix|get|dm|point|recommend|provide)
  (anyone|anybody|someone|somebody) (know|else|have|having|got|heard|recommend|tried|able|using)
  (does|has|is) (anyone|anybody)
  (how|what|when|where|which|who) (do|does|can|is|are|should|time|long|much|many|would|will|did|was|about) (i|you|we|my|the|your|it|this|there|they)
  (any|got) (idea|ideas|update|updates|news|eta|advice|tips|suggestions|chance)
  (please|pls|plz) (advise|help|confirm|explain|tell|respond|reply|let)
  (i|we|just|was|im) (wondering|wonder) (if|whether|how|when|why|what)
  (want|like|need|love) to know (if|whether|how|when|why|what|where)
  (is|are) there (any|a) (way|chance|plans|news|reason)`;

/** Questions that ask nothing: said to complain, not to be answered. */
const RHETORICAL = `
  (who|what) (knew|cares|else)
  (really|seriously|srsly|right|eh|huh|wtf|yeah|ok|okay|why|no) (?|??|?!)
  what the (hell|fuck|heck)
  are you (kidding|serious|joking|having|for)
  (isnt|aint|dont|wasnt|doesnt) (it|you|they|he|she) (?|??|?!)
  how (hard|difficult) (can|is)`;

const RULES = parseRules(['asks', ASKS], ['figure', RHETORICAL]);

/** Words that open a question, and the ones that must follow where they open other sentences too. */
const ASKING: ReadonlySet<string> = new Set('where when how what which who why'.split(' '));
const HELPING: ReadonlySet<string> = new Set(
  'do does did is are was were can could will would should may has have much many long'.split(' '),
);
const OPENING: ReadonlySet<string> = new Set(
  "do does did is are can could will would should may has what's whats where's wheres".split(' '),
);
/** Tokens before a question: a handle, a name, a greeting. */
const BEFORE = 2;

/** Whether the words are in the order of a question, though no mark says so. */
function opensLikeQuestion(tokens: readonly Token[]): boolean {
  return tokens.slice(0, BEFORE + 1).some(({ word }, i) => {
    const next = tokens[i + 1]?.word ?? '';
    if (ASKING.has(word)) return HELPING.has(next) || (word === 'which' && /^[a-z]/.test(next));
    const isFirst = tokens
      .slice(0, i)
      .every((token) => /^(?:<user>|hi|hey|hello|,)$/.test(token.word));
    return /^(?:what|where)'?s$/.test(word) || (isFirst && OPENING.has(word));
  });
}

const MARK: ReadonlySet<string> = new Set(['?', '??', '?!']);

/**
 * Whether a text asks something that wants an answer: it has a question mark, a phrase that asks
 * without one, or the order of words of a question, and is more than a rhetorical figure.
 */
export function isQuestion(tokens: readonly Token[]): boolean {
  const matches = matchRules(RULES, tokens);
  if (matches.some(({ kind }) => kind === 'asks')) return true;
  const figures = matches.length;
  const marks = tokens.filter(({ word }) => MARK.has(word)).length;
  if (marks > 0) return marks > figures;
  return figures === 0 && tokens.at(-1)?.word[0] !== '!' && opensLikeQuestion(tokens);
}
