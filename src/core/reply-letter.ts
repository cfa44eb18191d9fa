/** Languages of what is written for the people who are heard. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** As its own speakers call it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
};

export interface Letter {
  /** The team's name. */
  team: string;
  /** Where the public notice stands; left out where there is none. */
  noticeUrl: string | null;
}

/**
 * The answer to somebody who objected, ready to be sent by a person through the channel that the
 * objection came by, at the latest a month after it came (GDPR, article 12). Names nobody: the one
 * who sends it fills in the greeting.
 */
export function replyLetter({ team, noticeUrl }: Letter, language: Language): string {
  return language === 'de'
    ? [
        'Guten Tag,',
        `Sie haben widersprochen, dass wir (${team}) Ihre öffentlichen Beiträge lesen. Wir haben alles gelöscht, was wir von Ihren Beiträgen gespeichert hatten, auch in unserem Chat, und wir nehmen künftige Beiträge nicht mehr auf. Damit wir Sie erkennen, ohne Ihren Namen zu behalten, bleibt eine Prüfsumme Ihres Kontonamens gespeichert, aus der niemand ohne unseren Schlüssel den Namen lesen kann.`,
        'Das gilt für das Konto, das Sie uns genannt haben. Haben Sie weitere, nennen Sie uns bitte auch diese. Sie können sich jederzeit bei einer Datenschutzbehörde beschweren.',
        ...(noticeUrl === null ? [] : [`Mehr dazu: ${noticeUrl}`]),
        'Mit freundlichen Grüßen',
      ].join('\n\n')
    : [
        'Hello,',
        `You objected to our (${team}) reading of your public posts. We have erased everything that we had stored of your posts, in our chat too, and we will not take up later ones. To know you again without keeping your name, we keep a check sum of your account's name, from which nobody can read the name without our key.`,
        'This holds for the account that you named. If you have others, please name them as well. You may complain to a data protection authority at any time.',
        ...(noticeUrl === null ? [] : [`More about it: ${noticeUrl}`]),
        'Kind regards',
      ].join('\n\n');
}
