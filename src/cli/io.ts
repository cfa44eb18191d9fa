import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A command failed in a way that its message explains; nothing else needs to be shown. */
export class CommandError extends Error {
  constructor(
    message: string,
    /** 1: it failed; 2: it was called in a wrong way. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

export interface TextLine {
  id: string | number;
  text: string;
}

/** What a command that reads texts found: a text, or a line that is none. */
export type InputLine = { ok: true; line: TextLine } | { ok: false; message: string };

/**
 * Texts from the argument, or else from standard input: a JSON object `{"id","text"}` a line, or
 * any other line as a plain text under its number.
 */
export async function* readTexts(argument: string | undefined): AsyncIterable<InputLine> {
  if (argument !== undefined) {
    yield { ok: true, line: { id: 1, text: argument } };
    return;
  }
  if (process.stdin.isTTY) message('Reading standard input, a text a line; Ctrl-D ends it.');
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() !== '') yield readLine(line, number);
  }
}

function readLine(line: string, number: number): InputLine {
  if (!line.trimStart().startsWith('{')) return { ok: true, line: { id: number, text: line } };
  try {
    const { id, text } = JSON.parse(line) as { id?: unknown; text?: unknown };
    if (typeof text !== 'string') return { ok: false, message: `Line ${number} has no "text".` };
    const isId = typeof id === 'string' || typeof id === 'number';
    return { ok: true, line: { id: isId ? id : number, text } };
  } catch {
    return { ok: false, message: `Line ${number} is no JSON.` };
  }
}

/**
 * Answers each text in input order. A line that cannot be read is told on stderr, the others are
 * answered all the same, and the command fails in the end.
 */
export async function answerTexts(
  argument: string | undefined,
  answer: (line: TextLine) => string | null,
): Promise<void> {
  let bad = 0;
  for await (const input of readTexts(argument)) {
    if (!input.ok) {
      bad += 1;
      message(input.message);
      continue;
    }
    const text = answer(input.line);
    if (text !== null) await result(text);
  }
  if (bad > 0) throw new CommandError(`${bad} line(s) could not be read.`);
}

/** A line of the result, on stdout; waits where the reader is slow. */
export async function result(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
}

/** A line for the person, on stderr. */
export function message(line: string): void {
  process.stderr.write(`${line}\n`);
}
