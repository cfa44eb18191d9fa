/** The language in which people say what to listen for: docs/QUERIES.md describes it. */
export type { Query, QueryError } from './ast.ts';
export { parseQuery, showError, type ParseOutcome } from './parse.ts';
export { formatQuery } from './format.ts';
export { explainQuery } from './explain.ts';
export { adviseQuery, type Advice } from './advise.ts';
export { contextOf, typicalWords } from './context.ts';
export { compileQueries, matchOne, type Match, type Matcher } from './compile.ts';
export type { MatchInput } from './evaluate.ts';
