import english from 'sentiment/languages/en/index.js';

const LABELS = Object.entries(english.labels)
  .filter(([word]) => /^[a-z*]/.test(word) && !word.includes(' '))
  .map(([word, value]) => [word.replace(/n't$/, 'nt'), value] as const);
const CLASS_VALUES = [
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
] as const;

/** How good or bad words are by themselves, -5 to 5, from the `sentiment` package's AFINN. */
export const VALENCES: ReadonlyMap<string, number> = new Map<string, number>([
  ...CLASS_VALUES,
  ...LABELS,
]);

/** How good or bad a word is by itself, from `VALENCES`; 0: unknown. */
export function valence(word: string): number {
  return VALENCES.get(word) ?? 0;
}

/** What a word does to the words after it. */
export type Role = 'negates' | 'intensifies' | 'ends a clause';

const WORDS_OF_ROLES = {
  negates:
    'not no never neither nor none nobody nothing nowhere without cannot cant dont doesnt didnt wont ' +
    "isnt arent wasnt werent hasnt havent hadnt wouldnt couldnt shouldnt aint n't barely hardly " +
    'rarely scarcely lack lacks lacking zero noone',
  intensifies:
    'very really so extremely absolutely completely totally utterly incredibly such too beyond ' +
    'fucking freaking bloody damn super highly seriously literally insanely truly most deeply',
  'ends a clause': '. ! !! ? ?? ?! ... ; : , ( ) " - but however though although because',
} as const satisfies Record<Role, string>;

const ROLES = new Map<string, Role>(
  Object.entries(WORDS_OF_ROLES).flatMap(([role, words]) =>
    words.split(' ').map((word) => [word, role as Role] as const),
  ),
);

/** What a word does to the words after it, if anything. */
export function roleOf(word: string): Role | undefined {
  return ROLES.get(word);
}

/** Whether a word turns the words after it into their opposite. */
export function isNegator(word: string): boolean {
  return ROLES.get(word) === 'negates';
}

/** Whether a negation stops reaching here. */
export function endsScope(word: string): boolean {
  return ROLES.get(word) === 'ends a clause';
}
