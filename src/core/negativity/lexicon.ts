import english from 'sentiment/languages/en/index.js';

const LABELS = new Map<string, number>(
  Object.entries(english.labels)
    .filter(([word]) => /^[a-z*]/.test(word) && !word.includes(' '))
    .map(([word, value]) => [word.replace(/n't$/, 'nt'), value] as const),
);
const CLASS_VALUES = new Map<string, number>([
  ['<happy>', 2],
  ['<laugh>', 1.5],
  ['<love>', 3],
  ['<good>', 2],
  ['<thanks>', 1],
  ['<wink>', 1],
  ['<sad>', -2],
  ['<angry>', -3.5],
  ['<bad>', -3],
  ['<eyeroll>', -1.5],
  ['<fear>', -1.5],
  ['<warn>', -0.5],
  ['1/10', -3],
  ['0/10', -4],
  ['2/10', -2.5],
  ['3/10', -2],
  ['9/10', 3],
  ['10/10', 4],
]);

/** How good or bad a word is by itself, -5 to 5, from the `sentiment` package's AFINN; 0: unknown. */
export function valence(word: string): number {
  return LABELS.get(word) ?? CLASS_VALUES.get(word) ?? 0;
}

const NEGATORS: ReadonlySet<string> = new Set(
  (
    'not no never neither nor none nobody nothing nowhere without cannot cant dont doesnt didnt wont ' +
    "isnt arent wasnt werent hasnt havent hadnt wouldnt couldnt shouldnt aint n't barely hardly " +
    'rarely scarcely lack lacks lacking zero noone'
  ).split(' '),
);

/** Whether a word turns the words after it into their opposite. */
export function isNegator(word: string): boolean {
  return NEGATORS.has(word);
}

const INTENSIFIERS: ReadonlySet<string> = new Set(
  (
    'very really so extremely absolutely completely totally utterly incredibly such too beyond ' +
    'fucking freaking bloody damn super highly seriously literally insanely truly most deeply'
  ).split(' '),
);

/** Whether a word makes the next one stronger. */
export function isIntensifier(word: string): boolean {
  return INTENSIFIERS.has(word);
}

const CLAUSE_ENDS: ReadonlySet<string> = new Set(
  '. ! !! ? ?? ?! ... ; : , ( ) " - but however though although because'.split(' '),
);

/** Whether a negation stops reaching here. */
export function endsScope(word: string): boolean {
  return CLAUSE_ENDS.has(word);
}
