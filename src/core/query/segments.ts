import { IGNORED, MARK, SPACELESS, SURROGATE, classOf, classOfUnit } from './chars.ts';

const NONE = new Uint8Array(0);
/**
 * Longer runs are cut in pieces of so many UTF-16 units, whose ends count as ends of words: the time
 * that a segmenter takes grows with the square of the length (16,384 units: 26 ms, 65,536: 5.4 s).
 */
const PIECE = 4096;
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * Tells for the offsets of a text whether a word of a script without spaces begins or ends there.
 * Only the run of that script around an offset that is asked for is cut into words, once.
 */
export function createBoundaries(text: string): (offset: number) => boolean {
  let from = 0;
  let to = -1;
  let marks = NONE;
  return (offset) => {
    if (offset < from || offset > to) {
      from = runStart(text, offset);
      to = runEnd(text, offset);
      marks = new Uint8Array(to - from + 1);
      marks[to - from] = 1;
      for (let piece = from; piece < to; piece += PIECE) {
        const cut = segmenter.segment(text.slice(piece, Math.min(to, piece + PIECE)));
        for (const { index } of cut) marks[piece - from + index] = 1;
      }
    }
    return marks[offset - from] === 1;
  };
}

function runStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0) {
    const unit = text.charCodeAt(at - 1);
    const isTrail = classOfUnit(unit) === SURROGATE && at > 1;
    const size = isTrail && (text.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1;
    if (!isInRun(text.codePointAt(at - size) ?? 0)) break;
    at -= size;
  }
  return at;
}

function runEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (!isInRun(codePoint)) break;
    at += codePoint > 0xffff ? 2 : 1;
  }
  return at;
}

function isInRun(codePoint: number): boolean {
  const kind = classOf(codePoint);
  return kind === SPACELESS || kind === MARK || kind === IGNORED;
}
