/**
 * Emoji and emoticons as a few classes. The tweets that the model learns from hold emoticons but
 * hardly an emoji, so both must end in the same words to mean the same to it.
 */
const CLASSES: Readonly<Record<string, string>> = {
  '<happy>': '😀😃😄😁😆😊🙂😇☺😌😎🤗🥳🤩😺😸🎉🎊🥂😋🙃',
  '<laugh>': '😂🤣😹💀😅',
  '<love>': '😍🥰😘😗😙😚😻❤💕💖💗💓💞💘💙💚💛🧡💜🤎🖤🤍♥💝💟🫶',
  '<good>': '👍👏🙌💪👌💯🔥✨🏆🥇⭐🌟✅🎯🚀👊🤝',
  '<thanks>': '🙏',
  '<sad>': '😢😭😞😔😟🙁☹😣😖😫😩😥😓😿💔🥺😪😰😿😕😧😦',
  '<angry>': '😠😡🤬😤👿😾🖕💢👹',
  '<bad>': '👎🤮🤢💩🗑❌🚮🤡🙈🐌⛔🚫',
  '<eyeroll>': '🙄😒😑😐🤦🤨😬🤷😶🫠',
  '<wink>': '😉😜😝😛😏🤪😈',
  '<fear>': '😱😨😳🤯😮😲😵',
  '<think>': '🤔🧐❓❔⁉',
  '<warn>': '⚠🚨❗‼',
};

const BY_CODE_POINT = new Map<number, string>(
  Object.entries(CLASSES).flatMap(([name, members]) =>
    [...members].map((member) => [member.codePointAt(0) ?? 0, name] as const),
  ),
);

/** The class of an emoji, `<emoji>` for one that we have no class for. */
export function emojiClass(codePoint: number): string {
  return BY_CODE_POINT.get(codePoint) ?? '<emoji>';
}

/** What only colours or joins the emoji before it. */
export function isEmojiModifier(codePoint: number): boolean {
  return (
    codePoint === 0x200d ||
    codePoint === 0xfe0f ||
    codePoint === 0xfe0e ||
    (codePoint >= 0x1f3fb && codePoint <= 0x1f3ff)
  );
}

const EMOTICON =
  /(?:>?[:;=8]['’]?[-o*^]?(?:[)\]}]+|[(\[{]+|[dDpPbBcCsSoO0@$*](?![a-z0-9])|[\\/|](?!\/)|3(?!\d))|<3+|<\/3+|\^[_.]?\^|-[_.]+-|[>][_.]+<|[tT]_[tT]|[xX][dD]+(?![a-z]))/y;

/** The emoticon that starts at `at`, as its class and its end; null where none does. */
export function emoticonAt(text: string, at: number): { word: string; end: number } | null {
  EMOTICON.lastIndex = at;
  const found = EMOTICON.exec(text)?.[0];
  if (found === undefined) return null;
  return { word: emoticonClass(found), end: at + found.length };
}

function emoticonClass(face: string): string {
  if (face.startsWith('<3')) return '<love>';
  if (face.startsWith('</3')) return '<sad>';
  if (/^[tT]_/.test(face)) return '<sad>';
  if (/^[xX][dD]/.test(face)) return '<laugh>';
  if (/^[-]/.test(face)) return '<eyeroll>';
  if (/^\^/.test(face)) return '<happy>';
  if (/^>[_.]/.test(face)) return '<angry>';
  if (/[)\]}]$/.test(face)) return face[0] === ';' ? '<wink>' : '<happy>';
  if (/[(\[{cC]$/.test(face)) return face[0] === '>' ? '<angry>' : '<sad>';
  if (/[@]$/.test(face)) return '<angry>';
  if (/[dD]$/.test(face)) return '<laugh>';
  if (/[pPbB]$/.test(face)) return '<wink>';
  if (/[*3]$/.test(face)) return '<love>';
  if (/[\\/|sS$]$/.test(face)) return '<eyeroll>';
  return '<fear>';
}
