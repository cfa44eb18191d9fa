/** FNV-1a over UTF-16 units, 32 bits (Fowler, Noll, Vo). */
export function fnv(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/** The finishing steps of MurmurHash3 (Appleby): every bit of the input moves every bit. */
export function mix(input: number): number {
  let hash = input;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** 16 hexadecimal digits that tell one text from another, against chance and not against malice. */
export function fingerprint(text: string): string {
  const halves = [fnv(text), fnv(text, 0x9e3779b9)];
  return halves.map((half) => mix(half).toString(16).padStart(8, '0')).join('');
}
