/**
 * Kinds of facts about a person that privacy law guards most (GDPR, article 9), as far as a post
 * may tell them in passing.
 */
export const SPECIAL_KINDS = ['health', 'belief', 'union', 'sexuality', 'politics'] as const;
export type SpecialKind = (typeof SPECIAL_KINDS)[number];

/**
 * Words and phrases by kind, English and German; `*` stands for any ending. They are about a
 * person: a word that a complaint about a telephone line uses in another sense ("dead line",
 * "depressing", "the party at the other end", "a union of two routers") is left out.
 */
export const SPECIAL_WORDS: Readonly<Record<SpecialKind, readonly string[]>> = {
  health: [
    ...['cancer', 'chemo', 'chemotherapy', 'tumour*', 'tumor*', 'leukaemia', 'leukemia'],
    ...['diabetes', 'diabetic*', 'insulin', 'dialysis', 'epilep*', 'asthma*', 'pacemaker*'],
    ...['dementia', 'alzheimer*', 'parkinson*', 'multiple sclerosis', 'stroke patient*'],
    ...['heart attack*', 'heart condition*', 'heart failure', 'heart disease'],
    ...['hiv', 'aids patient*', 'autis*', 'adhd', 'bipolar', 'schizophren*', 'ptsd'],
    ...['my depression', 'with depression', 'from depression', 'clinical depression'],
    ...['anxiety disorder', 'panic attacks', 'suicid*', 'mental health', 'mental illness'],
    ...['disabled', 'my disability', 'a disability', 'disabilities', 'wheelchair*'],
    ...['terminally ill', 'chronically ill', 'seriously ill', 'chronic illness', 'palliative'],
    ...['pregnan*', 'miscarriage*', 'stillbirth', 'ivf', 'in hospital', 'intensive care'],
    ...['oxygen machine', 'oxygen concentrator', 'ventilator', 'feeding tube', 'on oxygen'],
    ...['panic button', 'pendant alarm', 'lifeline alarm', 'telecare', 'my carer', 'a carer for'],
    ...['registered blind', 'visually impaired', 'hearing impaired', 'deaf', 'hearing aids'],
    ...['diagnosed with', 'my surgery', 'had surgery', 'after surgery', 'my medication'],
    ...['krebs', 'chemotherapie', 'zuckerkrank*', 'diabetiker*', 'dialyse', 'herzschrittmacher'],
    ...['herzinfarkt', 'schlaganfall', 'demenz', 'schwanger*', 'fehlgeburt', 'schwerbehindert*'],
    ...['behinderung', 'rollstuhl*', 'pflegebedürftig*', 'pflegegrad', 'krankenhaus', 'hausnotruf'],
    ...['depressionen', 'angststörung', 'selbstmord*', 'suizid*', 'psychisch krank*', 'todkrank*'],
    ...['chronisch krank*', 'beatmungsgerät', 'sauerstoffgerät', 'gehörlos*', 'schwerhörig*'],
  ],
  belief: [
    ...['muslim*', 'islam', 'christian', 'christians', 'catholic*', 'protestant*', 'evangelical*'],
    ...['jewish', 'jew', 'jews', 'judaism', 'hindu*', 'sikh*', 'buddhist*', 'mormon*', 'quaker*'],
    ...['atheis*', 'my faith', 'our faith', 'my religion', 'religious', 'my church', 'our church'],
    ...['my mosque', 'our mosque', 'mosque', 'synagogue*', 'ramadan', 'shabbat', 'sabbath'],
    ...['jehovah*', 'my parish', 'our parish', 'our congregation'],
    ...['muslimin*', 'katholi*', 'evangelisch*', 'jüdisch*', 'jude', 'juden', 'jüdin', 'hinduis*'],
    ...['moschee*', 'synagoge*', 'mein glaube', 'unser glaube', 'meine kirche', 'unsere kirche'],
    ...['kirchengemeinde', 'zeugen jehovas', 'religiös*', 'gläubig*'],
  ],
  union: [
    ...[
      'trade union*',
      'labour union*',
      'labor union*',
      'union member*',
      'union rep',
      'union reps',
    ],
    ...['my union', 'our union', 'the union', 'shop steward*', 'unionised', 'unionized'],
    ...['picket line*', 'strike ballot', 'works council*'],
    ...['gewerkschaft*', 'betriebsrat*', 'betriebsrät*', 'verdi-mitglied*', 'streikposten'],
  ],
  sexuality: [
    ...['gay', 'lesbian*', 'bisexual*', 'homosexual*', 'transgender', 'trans woman', 'trans man'],
    ...['transsexual*', 'nonbinary', 'non-binary', 'queer', 'lgbt*', 'same-sex', 'coming out as'],
    ...['my sexuality', 'sexual orientation', 'my sex life', 'erectile'],
    ...['schwul*', 'lesbisch*', 'lesbe*', 'bisexuell*', 'homosexuell*', 'transfrau', 'transmann'],
    ...['transsexuell*', 'nichtbinär*', 'sexualität', 'sexuelle orientierung'],
  ],
  politics: [
    ...['i voted', 'i vote', 'my vote', 'voted for', 'voting for', 'tory', 'tories', 'ukip'],
    ...['labour party', 'labour voter*', 'conservative party', 'conservative voter*', 'lib dem*'],
    ...['republican*', 'democrat', 'democrats', 'brexiteer*', 'remainer*', 'maga', 'trump voter*'],
    ...['socialist*', 'communist*', 'marxist*', 'fascist*', 'anarchist*', 'party member*'],
    ...['my politics', 'political views', 'political opinion*', 'green party', 'left-wing'],
    ...[
      'right-wing',
      'cdu',
      'csu',
      'spd',
      'afd',
      'fdp',
      'die grünen',
      'die linke',
      'parteimitglied*',
    ],
    ...['ich wähle', 'gewählt habe', 'sozialist*', 'kommunist*', 'politische meinung'],
  ],
};

const PATTERNS = SPECIAL_KINDS.map((kind) => ({ kind, pattern: patternOf(SPECIAL_WORDS[kind]) }));
/** The longest word of each phrase: most texts have none of them, which is found out at once. */
const TELLING = tellingOf(Object.values(SPECIAL_WORDS).flat());

/**
 * The kinds of guarded facts that a text seems to tell. A hint for the person who reads the card,
 * made of words alone: it overlooks what is said in other words, and other languages.
 */
export function specialKinds(text: string): SpecialKind[] {
  const plain = text.normalize('NFKC').replace(/[’ʼ]/gu, "'");
  if (!TELLING.test(plain.toLowerCase())) return [];
  return PATTERNS.filter(({ pattern }) => pattern.test(plain)).map(({ kind }) => kind);
}

/** Whether a text wants thought before it is quoted. */
export function isSensitive(text: string): boolean {
  return specialKinds(text).length > 0;
}

function tellingOf(phrases: readonly string[]): RegExp {
  const telling = phrases.map((phrase) =>
    phrase
      .replaceAll('*', '')
      .split(' ')
      .reduce((longest, word) => (word.length > longest.length ? word : longest)),
  );
  // Small letters alone, as letters of both sizes are looked for in a far slower way.
  return new RegExp(`(?<![a-z])(?:${telling.map(escaped).join('|')})`);
}

function patternOf(phrases: readonly string[]): RegExp {
  const choices = phrases.map((phrase) =>
    escaped(phrase).replaceAll('\\*', '[\\p{L}]*').replaceAll(' ', '\\s+'),
  );
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${choices.join('|')})(?![\\p{L}\\p{N}_])`, 'iu');
}

function escaped(literal: string): string {
  return literal.replace(/[/\\^$*+?.()|[\]{}]/gu, '\\$&');
}
