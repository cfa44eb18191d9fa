import { matchesOf, type Finder, type Guarded } from './finder.ts';
import type { Hit } from './found.ts';
import type { Reading } from './reading.ts';
import { sentenceBefore } from './words.ts';

const NAME = /[\p{L}\p{N}\p{M}._+'’%~-]/u;
/** RFC 5321: the name before the sign has 64 octets at most. */
const LONGEST_NAME = 64;

const FRAME = '|*_\\-"\'“”';
const OPEN = `[([{<${FRAME}]{1,2}[ \\t]?`;
const CLOSE = `[ \\t]?[)\\]}>${FRAME}]{1,2}`;
const GAP = '[ \\t]{0,2}';
const AT_WORD =
  '(?:at(?:[ -]sign)?|ät|arrobas?|arobase|chiocciola|klammeraffe|apenstaart(?:je)?|snabel-?a)';
const DOT_WORD = '(?:dot|punkt|point|punto|ponto|punt|period)';
/** The sign, and what stands for it when people hide an address from machines. */
const AT = new RegExp(
  `${GAP}(?<sign>@)(?:[ \\t]?\\n[ \\t]{0,2}|${GAP})|(?<dotted>\\.${AT_WORD}\\.)|${GAP}(?<framed>${OPEN}(?:@|a|${AT_WORD})${CLOSE})${GAP}|[ \\t]{1,3}(?<word>${AT_WORD})[ \\t]{1,3}`,
  'giu',
);
const ONLY_DOT = new RegExp(`^${DOT_WORD}$`, 'iu');
const DOT_AFTER = new RegExp(
  `(?<real>\\.)(?![ \\t])|(?<spaced>[ \\t]{0,2}[.,][ \\t]{0,2})|(?<spelled>${GAP}${OPEN}(?:\\.|${DOT_WORD})${CLOSE}${GAP}|[ \\t]{1,3}${DOT_WORD}[ \\t]{1,3})`,
  'iuy',
);
const DOT_BEFORE = new RegExp(
  `(?:${GAP}${OPEN}(?:[._-]|${DOT_WORD}|underscore|dash|hyphen)${CLOSE}${GAP}|[ \\t]{1,3}(?:${DOT_WORD}|underscore|dash|hyphen|plus)[ \\t]{1,3})$`,
  'iu',
);
const LABEL =
  /[\p{L}\p{N}\p{M}](?:(?:[\p{L}\p{N}\p{M}]|(?!-(?:dot|punkt|point)-)-){0,61}[\p{L}\p{N}\p{M}])?/iuy;
const MOST_LABELS = 6;

/** Ends of addresses that are believed even where the dot is spelled or has spaces around it. */
const ENDINGS = new Set(
  (
    'com net org edu gov mil int info biz name io ai app dev co me tv cc xyz online site shop store tech cloud email mail ' +
    'uk ie de at ch fr be nl lu es pt it gr eu dk se no fi is pl cz sk hu ro bg hr si rs lt lv ee ua ru by tr il us ca mx ' +
    'br ar cl pe au nz jp kr cn tw hk sg my id ph th vn in pk za ng ke eg ma ae sa ac example test london scot wales'
  ).split(' '),
);
/** `logo@2x.png` is a picture. */
/** Of these the ones that also begin what follows a comma or a full stop. */
const EVERYDAY = new Set(
  'no it is at me in be us my de es se so info online name mail email shop store tech cloud dev live'.split(
    ' ',
  ),
);
const FILES = /^(?:png|jpe?g|gif|webp|svg|bmp|heic|pdf|js|ts|css|html?|json|tgz|gz)$/i;
const MAILBOXES =
  /^(?:g(?:oogle)?mail|hotmail|outlook|live|msn|yahoo|ymail|icloud|aol|proton(?:mail)?|gmx|web|fastmail|btinternet|sky|mail|yandex|zoho|tutanota|laposte|orange|libero)$/i;

/** Words that stand before "at" in plain speech: "look at", "prices at", "us at". */
const SPEECH = new Set(
  (
    'i me you he him she her it we us they them this that these those here there one ones some any all both nobody somebody ' +
    'anyone everyone everything nothing something look looks looked looking see seen check checked available found find ' +
    'buy bought buying order ordered orders ordering book booked shop shopped shopping sign signed signup register registered ' +
    'login log logged up down in out over back live hosted host visit visited read more info information details site ' +
    'website page pages link links store shops offer offers deal deals price prices priced sale free online now today ' +
    'again only still available people person guys folks team staff support service services sales help helpdesk customers ' +
    'work works worked working meet meeting met party lunch dinner event tickets ticket angry mad laugh laughed good bad ' +
    'better best terrible useless great rubbish and or but is are was were be been being not aimed based go going went ' +
    'arrive arrived stay stayed start starts started point points pointed arrow located download downloaded post posted ' +
    'broadband internet router hub account accounts engineer engineers manager jobs job careers vacancy while not'
  ).split(' '),
);
const DETERMINER =
  /(?:^|[^\p{L}])(?:the|a|an|their|your|our|its|this|that|these|those|some|any|no|every|of|customer|all)[ \t]+$/iu;
/** Words that say that an address comes. */
const MAIL_CUE = /e-?mail|(?<!\p{L})(?:g?mail|inbox|courriel|correo|mél)(?!\p{L})/iu;
const CUE =
  /(?:(?<!\p{L})(?:write|contact|reach|address|adresse|schreib\p{L}*|escrib\p{L}*|écri\p{L}*|scriv\p{L}*|ping|message|drop|paypal|skype|me|us|is|to|an|à|or)(?:[ \t]*[:=-])?|[:→✉📧])[ \t]*$/iu;

/** One letter at a time: `j o @ e x a m p l e . c o m`. */
export const SPACED_OUT: Guarded = {
  sign: /[ \t]@[ \t]/,
  whole:
    /(?<![\p{L}\p{N}][ \t]?)(?:[\p{L}\p{N}._-][ \t]){1,40}@(?:[ \t][\p{L}\p{N}-]){1,40}[ \t]\.(?:[ \t][\p{L}\p{N}.-]){2,30}(?![\p{L}\p{N}])/gu,
};

/** The sign, and the words for it, without looking at what is around them. */
const SIGN = new RegExp(
  `@|[ \\t.([{<${FRAME}]${AT_WORD}[ \\t.)\\]}>${FRAME}]|[([{<${FRAME}][ \\t]?a[ \\t]?[)\\]}>${FRAME}]`,
  'i',
);

/** E-mail addresses, plain and in their common disguises. */
export const emails: Finder = { mayFind: ({ text }) => SIGN.test(text), find: findEmails };

function findEmails({ text }: Reading): Hit[] {
  const hits: Hit[] = [];
  for (const match of matchesOf(SPACED_OUT, text)) {
    hits.push({ kind: 'email', start: match.index, end: match.index + match[0].length });
  }
  for (const match of text.matchAll(AT)) {
    const domain = domainAfter(text, match.index + match[0].length);
    if (domain === null) continue;
    const start = nameBefore(text, match.index);
    if (start === null || start < (hits.at(-1)?.end ?? 0)) continue;
    if (isAddress(text, start, match, domain)) hits.push({ kind: 'email', start, end: domain.end });
  }
  return hits;
}

interface Domain {
  end: number;
  labels: string[];
  /** A dot of it is a word or stands in brackets. */
  spelled: boolean;
}

function domainAfter(text: string, start: number): Domain | null {
  const labels: string[] = [];
  let at = start;
  let best: Domain | null = null;
  let spelled = false;
  let spaced = false;
  let stops = false;
  while (labels.length < MOST_LABELS) {
    LABEL.lastIndex = at;
    const label = LABEL.exec(text)?.[0];
    if (label === undefined) break;
    labels.push(label);
    at += label.length;
    const believed = ENDINGS.has(label.toLowerCase());
    // "mail jo@example.com.Thanks": a new sentence began.
    if (best !== null && /^\p{Lu}\p{Ll}/u.test(label) && !believed) break;
    if (labels.length > 1) {
      // "foo@2x.png, no fix": the sentence goes on.
      if (stops && EVERYDAY.has(label.toLowerCase())) break;
      const isEnding =
        spelled || spaced ? believed : /^(?:\p{L}{2,24}|xn--[a-z0-9-]{2,59})$/iu.test(label);
      if (isEnding && !FILES.test(label)) best = { end: at, labels: [...labels], spelled };
      else if (spaced) break;
    }
    DOT_AFTER.lastIndex = at;
    const dot = DOT_AFTER.exec(text)?.groups;
    if (dot === undefined) break;
    spaced = dot.spaced !== undefined;
    stops = /^[.,][ \t]/.test(dot.spaced ?? '');
    // A full stop behind a whole address ends the sentence.
    if (spaced && best !== null) break;
    spelled ||= dot.spelled !== undefined;
    at = DOT_AFTER.lastIndex;
  }
  if (best === null && labels.length >= 1 && MAILBOXES.test(labels[0] ?? '')) {
    return { end: start + (labels[0] ?? '').length, labels: labels.slice(0, 1), spelled: false };
  }
  return best;
}

/** Where the name before the sign begins, `jo dot smith` included. */
function nameBefore(text: string, end: number): number | null {
  // A full stop before the sign ends a sentence, not a name.
  if (text[end - 1] === '.') return null;
  let start = end;
  let joints = 0;
  for (;;) {
    const from = start;
    while (start > 0 && from - start < LONGEST_NAME) {
      const low = text.charCodeAt(start - 1);
      const step = low >= 0xdc00 && low <= 0xdfff ? 2 : 1;
      if (!NAME.test(text.slice(start - step, start))) break;
      start -= step;
    }
    while (start < from && /[.'’+%~-]/.test(text[start] ?? '')) start++;
    if (start === from) return joints === 0 ? null : from;
    const joint = DOT_BEFORE.exec(text.slice(Math.max(0, start - 16), start))?.[0];
    if (joint === undefined || ++joints > 4) return start;
    const before = text[start - joint.length - 1] ?? '';
    if (!/[\p{L}\p{N}]/u.test(before)) return start;
    start -= joint.length;
  }
}

function isAddress(text: string, start: number, at: RegExpExecArray, domain: Domain): boolean {
  const name = text.slice(start, at.index);
  const whole = at[0];
  const before = sentenceBefore(text, start);
  // `@user@server.example` is a public handle, `git@host:path` a repository.
  if (text[start - 1] === '@') return false;
  if (/^git$/i.test(name) && /^[:/]/.test(text.slice(domain.end))) return false;
  const { sign, framed, dotted } = at.groups ?? {};
  if (whole === '@') return true;
  const mail = MAIL_CUE.test(before);
  const speech = SPEECH.has(name.toLowerCase());
  const cued = mail || (CUE.test(before) && !speech && !DETERMINER.test(before));
  const telling = /[\d._+]/.test(name) || / /.test(name.trim());
  const mailbox = MAILBOXES.test(domain.labels[0] ?? '');
  if (dotted !== undefined) return domain.labels.some((label) => ONLY_DOT.test(label));
  if (domain.labels.length === 1) return cued || telling || framed !== undefined;
  if (sign !== undefined) {
    // "thanks @acme.example": a handle that is a domain.
    if (/^\s+@$/.test(whole)) return mail || domain.spelled;
    if (whole.includes('\n')) return cued || telling || mailbox;
    return cued || telling || !speech;
  }
  if (framed !== undefined) {
    const plain = /^[([{<]/.test(framed) && !/^\W{1,2}\s?a\s?\W{1,2}$/i.test(framed);
    return plain || domain.spelled || mailbox || (/^[([{<]/.test(framed) && (cued || telling));
  }
  if (domain.spelled) return cued || telling || (!speech && !DETERMINER.test(before));
  return telling || mailbox || (cued && !speech);
}
