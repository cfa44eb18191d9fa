import { isUtf8 } from 'node:buffer';

/**
 * The text of a feed's bytes. In order: a byte order mark; UTF-16 that shows by its zero bytes; the
 * charset of the HTTP header; that of the XML declaration; UTF-8; windows-1252. Bytes that are valid
 * UTF-8 are UTF-8 also when a single-byte charset is claimed, since no other text looks like that.
 */
export function decodeBytes(bytes: Uint8Array, contentType: string | null): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marked = byMark(buffer);
  if (marked !== null) return marked;
  const labels = [charsetOf(contentType ?? ''), declaredEncoding(buffer)];
  const claimed = labels.map((label) => decoderFor(label)).filter((one) => one !== null);
  const wide = claimed.find(({ encoding }) => MULTI_BYTE.test(encoding));
  // Some of these are plain ASCII to look at, so they go first; but a false claim shows.
  if (wide !== undefined) {
    const text = wide.decode(buffer);
    if (!text.includes('\ufffd')) return text;
  }
  if (isUtf8(buffer)) return buffer.toString('utf8');
  const single = claimed.find(({ encoding }) => encoding !== 'utf-8' && !isWide(encoding));
  const other = single ?? WINDOWS_1252;
  return mostlyUtf8(buffer) ? mixed(buffer, other) : other.decode(buffer);
}

const MULTI_BYTE = /^(?:shift_jis|euc-|iso-2022|gb|big5)/u;

interface Decoder {
  encoding: string;
  decode(bytes: Uint8Array): string;
}

/** Node's own decoder of this name leaves 128 to 159 as the control characters of ISO-8859-1. */
const WINDOWS_1252: Decoder = {
  encoding: 'windows-1252',
  decode: (bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      .toString('latin1')
      .replace(/[\x80-\x9f]/gu, (character) => FROM_128[character.charCodeAt(0) - 128] ?? ''),
};
const FROM_128 = [...'€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f', ...'\x90‘’“”•–—˜™š›œ\x9džŸ'];

function isWide(encoding: string): boolean {
  return MULTI_BYTE.test(encoding) || encoding.startsWith('utf-16');
}

/** What a document begins with: `<`, `{`, or blanks before them. */
const BEGINS = [0x3c, 0x7b, 0x20, 0x09, 0x0a, 0x0d];

function byMark(buffer: Buffer): string | null {
  const [first, second, third] = buffer;
  if (first === 0xef && second === 0xbb && third === 0xbf) return buffer.toString('utf8', 3);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(buffer);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(buffer);
  if (second === 0 && BEGINS.includes(first ?? 0))
    return new TextDecoder('utf-16le').decode(buffer);
  if (first === 0 && BEGINS.includes(second ?? 0))
    return new TextDecoder('utf-16be').decode(buffer);
  return null;
}

function charsetOf(contentType: string): string | null {
  return /charset\s*=\s*["']?([\w.:-]+)/iu.exec(contentType.slice(0, 500))?.[1] ?? null;
}

function declaredEncoding(buffer: Buffer): string | null {
  const head = buffer.toString('latin1', 0, 1000);
  return /<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)/iu.exec(head)?.[1] ?? null;
}

/** What browsers take a label for: ISO-8859-1 is windows-1252. UTF-16 would have shown itself. */
function decoderFor(label: string | null): Decoder | null {
  if (label === null || /^utf-?16/iu.test(label)) return null;
  try {
    const decoder = new TextDecoder(label);
    if (decoder.encoding === 'windows-1252') return WINDOWS_1252;
    return { encoding: decoder.encoding, decode: (bytes) => decoder.decode(bytes) };
  } catch {
    return null;
  }
}

/** Whether UTF-8 was meant and broken in places: few other texts hold whole sequences of it. */
function mostlyUtf8(buffer: Buffer): boolean {
  const text = buffer.toString('utf8');
  let broken = 0;
  let whole = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) broken += 1;
    else if (code > 0x7f) whole += 1;
  }
  return whole > broken * 2;
}

/** Sequences of UTF-8 as such, and every other byte in the other charset: two texts put together. */
function mixed(buffer: Buffer, other: Decoder): string {
  return buffer
    .toString('latin1')
    .replace(
      /((?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){1,999})|[\x80-\xff]{1,999}/gu,
      (bytes: string, sequences?: string) => {
        const part = Buffer.from(bytes, 'latin1');
        return sequences === undefined ? other.decode(part) : part.toString('utf8');
      },
    );
}
