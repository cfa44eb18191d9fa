import { HIDDEN, type Model } from './model.ts';
import { hiddenLayer } from './net.ts';
import { runHalves, type Halves } from './score.ts';
import type { Token } from './tokens.ts';

/** Numbers by which a text's manner is told. */
export const MANNERS = 16;
/** Numbers in all: the manner, then the net's hidden layer. */
export const SENSE = MANNERS + HIDDEN;

const ME: ReadonlySet<string> = new Set('i my me im ive we our us'.split(' '));
const YOU: ReadonlySet<string> = new Set('you your u'.split(' '));
const THEY: ReadonlySet<string> = new Set('he she they his her'.split(' '));

/** What the model makes of a text, before standardising; `tokens` must not be empty. */
export function rawSense(model: Model, tokens: readonly Token[]): number[] {
  const halves = runHalves(model, tokens);
  return [...mannerOf(tokens, halves), ...hiddenLayer(model)];
}

function mannerOf(tokens: readonly Token[], { net, linear, phrases }: Halves): number[] {
  const has = (test: (token: Token) => boolean) => (tokens.some(test) ? 1 : 0);
  return [
    net.negative - linear.negative,
    net.positive,
    linear.positive,
    has(({ word }) => word === '<url>'),
    has(({ word }) => word === '<user>'),
    Math.log(tokens.length + 1),
    has(({ word }) => word.startsWith('?')),
    has(({ word }) => word.startsWith('!')),
    has(({ shout }) => shout),
    has(({ tag }) => tag),
    phrases.filter(({ weight }) => weight > 0).length,
    phrases.filter(({ weight }) => weight < 0).length,
    has(({ word }) => ME.has(word)),
    has(({ word }) => YOU.has(word)),
    has(({ word }) => word === '<n>'),
    has(({ word }) => THEY.has(word)),
  ];
}
