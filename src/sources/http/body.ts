import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** Why a body was not read to its end. */
export class BodyError extends Error {
  readonly reason: 'too-large' | 'bomb' | 'encoding';

  constructor(reason: BodyError['reason']) {
    super(reason);
    this.reason = reason;
  }
}

/** Text does not shrink to less than this part of itself; what does is built to harm. */
const MOST_EXPANSION = 250;
/** A small answer may shrink as it likes. */
const HARMLESS_BYTES = 256 * 1024;

const decoders = {
  gzip: promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
  raw: promisify(inflateRaw),
};

/** Reads a stream to its end; more than `most` bytes are an error, and the rest stays unread. */
export async function readBytes(stream: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > most) throw new BodyError('too-large');
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

/** The bytes that Content-Encoding stands for, `most` of them at the most. */
export async function decodeBody(bytes: Buffer, encoding: string, most: number): Promise<Buffer> {
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => !NO_CODING.test(coding));
  // Nobody honest packs a page twice.
  if (codings.length > 1) throw new BodyError('encoding');
  const coding = codings[0] ?? (isPacked(bytes) ? 'gzip' : undefined);
  if (coding === undefined || bytes.length === 0) return bytes;
  const expanded = Math.max(HARMLESS_BYTES, bytes.length * MOST_EXPANSION);
  const decode = decoderOf(coding, bytes);
  if (decode === null) throw new BodyError('encoding');
  try {
    return await decode(bytes, { maxOutputLength: Math.min(most, expanded) });
  } catch (error) {
    const isOver = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new BodyError(!isOver ? 'encoding' : expanded < most ? 'bomb' : 'too-large');
  }
}

/** Nothing, and what some servers say for it, or for the charset. */
const NO_CODING = /^(?:identity|none|binary|[78]bit|utf-?8|iso-8859-\d+)?$/u;

/** Files that a server keeps packed come without a word of it. */
function isPacked(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function decoderOf(coding: string, bytes: Buffer) {
  if (coding === 'gzip' || coding === 'x-gzip') return decoders.gzip;
  if (coding === 'br') return decoders.br;
  if (coding !== 'deflate') return null;
  // `deflate` means the zlib format, and some servers send the bare one (RFC 9110, 8.4.1.2).
  return ((bytes[0] ?? 0) & 0x0f) === 8 ? decoders.deflate : decoders.raw;
}
