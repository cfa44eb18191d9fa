/** What people post in two hours in which the made-up Acme Broadband is down: all samples. */
export interface OutagePost {
  title: string;
  text: string;
  author: string;
}

const SAID = [
  'Acme Broadband is down again in {place}, and nobody answers the phone. {tail}',
  'No internet since {time}. Acme Broadband, what is going on in {place}? {tail}',
  'Complete outage at Acme Broadband: nothing works in {place} since {time}. {tail}',
  'Third outage this month. Acme Broadband is useless, {place} is offline again. {tail}',
  'Acme Broadband has cut us off in {place} since {time}, and nobody even answers. Useless. {tail}',
  'The router blinks red, the useless hotline plays music: Acme Broadband is down again in {place}. {tail}',
  'I cannot work because Acme Broadband has failed again in {place}, down since {time}. {tail}',
  'Dear Acme Broadband, {place} has had no connection since {time}. This is a disgrace. {tail}',
  'Anyone else in {place} without internet? Acme Broadband keeps failing us. {tail}',
  'Awful: Acme Broadband support hung up on me twice while {place} is without internet. {tail}',
  'So Acme Broadband is broken in {place} again and they say nothing. {tail}',
  'Still waiting for Acme Broadband to fix the outage in {place}, nothing since {time}. {tail}',
];
const TAILS = [
  'Terrible service.',
  'I want my money back.',
  'Worst provider ever.',
  'I am leaving, this is the last straw.',
  'Not even an apology.',
  'Unacceptable.',
  'How long will this take?',
  'I have lost a whole day of work, awful.',
  'Never again.',
];
const PLACES = [
  'Upper Sampleton',
  'Samplebridge',
  'North Quay',
  'Mill Lane',
  'Old Harbour',
  'the whole valley',
  'our street',
];
const TIMES = ['six', 'half past six', 'seven', 'this morning', 'the early morning'];

/** Those that wait behind no storm. */
const DANGER =
  'Sparks and smoke from the Acme Broadband cabinet in {place}, this is dangerous, and nobody comes.';
const HELPLESS =
  'Acme Broadband is down, my grandmother in {place} is alone, and her panic alarm is dead. Awful.';

function wording(n: number): string {
  if (n % 200 === 77) return DANGER;
  if (n % 100 === 13) return HELPLESS;
  return SAID[n % SAID.length]!;
}

/** The n-th of them, from 0; two hundred wordings, and here and there one is shared word for word. */
export function outagePost(n: number): OutagePost {
  const of = <T>(list: readonly T[], at: number) => list[at % list.length]!;
  const shared = n % 10 === 9 ? 0 : n;
  const text = wording(shared)
    .replace('{place}', of(PLACES, shared * 3 + 1))
    .replace('{time}', of(TIMES, shared * 3))
    .replace('{tail}', of(TAILS, shared * 5));
  return {
    title: '',
    text: n % 10 === 9 ? `So true: ${text} (shared, ${n})` : text,
    author: `sample_user_${n + 1}`,
  };
}
