/** How the two thresholds of a keyword are called; each is the negativity from which it takes. */
export interface ThresholdChoice {
  name: string;
  value: number;
}

export const POST_CHOICES: readonly ThresholdChoice[] = [
  { name: 'only clear complaints', value: 0.8 },
  { name: 'complaints', value: 0.5 },
  { name: 'anything doubtful', value: 0.35 },
];

export const DIGEST_CHOICES: readonly ThresholdChoice[] = [
  { name: 'complaints', value: 0.5 },
  { name: 'anything doubtful', value: 0.35 },
  { name: 'nearly everything', value: 0.2 },
];

/** "complaints (0.5)" */
export function choiceWords({ name, value }: ThresholdChoice): string {
  return `${name} (${value})`;
}

/** The choices, with the present value among them. */
export function choicesWith(choices: readonly ThresholdChoice[], value: number): ThresholdChoice[] {
  if (choices.some((one) => one.value === value)) return [...choices];
  return [{ name: 'as it is', value }, ...choices];
}

export function nameOf(choices: readonly ThresholdChoice[], value: number): string {
  const choice = choices.find((one) => one.value === value);
  return choice === undefined ? `negativity from ${value} on` : choiceWords(choice);
}
