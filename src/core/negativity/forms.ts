/** A word as the model sees it, and how it was written; see `Token`. */
export interface Form {
  word: string;
  shout: boolean;
  stretched: boolean;
}

const forms = new Map<string, Form>();
const FORMS_KEPT = 50_000;
/** What is longer is hardly a word, nor does it come again. */
const LONGEST_KEPT = 40;
/** Letters of a form at most. */
const LETTERS = 40;

/** The form of a written word; remembered, because the same few thousand words come again and again. */
export function formOf(raw: string): Form {
  const known = forms.get(raw);
  if (known !== undefined) return known;
  const own = ownText(raw);
  const form = makeForm(own);
  if (own.length > LONGEST_KEPT) return form;
  if (forms.size >= FORMS_KEPT) forms.clear();
  forms.set(own, form);
  return form;
}

/** V8 makes of a part of this length no copy, but a window on the whole text. */
const SHORTEST_WINDOW = 13;

/** A word that does not keep the text alive that it was cut out of: it may be remembered. */
function ownText(word: string): string {
  return word.length < SHORTEST_WINDOW ? word : Array.from(word).join('');
}

const KEPT_APOSTROPHES =
  /^(?:i|it|that|what|he|she|there|let|who|here|how|where|we|you|they)['][a-z]+$/;

function makeForm(raw: string): Form {
  let word = raw.toLowerCase();
  if (/[^\x00-\x7f]/.test(word)) {
    word = word
      .replace(/[‘’`]/g, "'")
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '');
  }
  word = word.replace(/[`_]/g, (mark) => (mark === '_' ? '' : "'")).replace(/ n't$/, "n't");
  const stretched = /(\p{L})\1\1/u.test(word);
  if (stretched) word = word.replace(/(\p{L})\1{2,}/gu, '$1$1');
  if (word.endsWith("n't")) word = word.slice(0, -2) + 't';
  else if (word === "i'm") word = 'im';
  else if (word === "i've") word = 'ive';
  else if (word.endsWith("'s") && !KEPT_APOSTROPHES.test(word)) word = word.slice(0, -2);
  const shout = raw.length > 1 && raw === raw.toUpperCase() && raw !== raw.toLowerCase();
  if (word.length > LETTERS) word = ownText(word.slice(0, LETTERS));
  return { word, shout, stretched };
}
