/** Languages of what is written for the people who are heard. */
export const LANGUAGES = ['en', 'de', 'fr', 'nl', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** As its own speakers call it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  nl: 'Nederlands',
  es: 'Español',
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
  const { greeting, done, account, more, farewell } = LETTERS[language];
  return [
    greeting,
    done(team),
    account,
    ...(noticeUrl === null ? [] : [`${more} ${noticeUrl}`]),
    farewell,
  ].join('\n\n');
}

interface Sentences {
  greeting: string;
  done: (team: string) => string;
  account: string;
  more: string;
  farewell: string;
}

const LETTERS: Readonly<Record<Language, Sentences>> = {
  en: {
    greeting: 'Hello,',
    done: (team) =>
      `You objected to our (${team}) reading of your public posts. We have erased everything that we had stored of your posts, in our chat too, and we will not take up later ones. To know you again without keeping your name, we keep a check sum of your account's name, from which nobody can read the name without our key.`,
    account:
      'This holds for the account that you named. If you have others, please name them as well. You may complain to a data protection authority at any time.',
    more: 'More about it:',
    farewell: 'Kind regards',
  },
  de: {
    greeting: 'Guten Tag,',
    done: (team) =>
      `Sie haben widersprochen, dass wir (${team}) Ihre öffentlichen Beiträge lesen. Wir haben alles gelöscht, was wir von Ihren Beiträgen gespeichert hatten, auch in unserem Chat, und wir nehmen künftige Beiträge nicht mehr auf. Damit wir Sie erkennen, ohne Ihren Namen zu behalten, bleibt eine Prüfsumme Ihres Kontonamens gespeichert, aus der niemand ohne unseren Schlüssel den Namen lesen kann.`,
    account:
      'Das gilt für das Konto, das Sie uns genannt haben. Haben Sie weitere, nennen Sie uns bitte auch diese. Sie können sich jederzeit bei einer Datenschutzbehörde beschweren.',
    more: 'Mehr dazu:',
    farewell: 'Mit freundlichen Grüßen',
  },
  fr: {
    greeting: 'Bonjour,',
    done: (team) =>
      `Vous vous êtes opposé à ce que nous (${team}) lisions vos messages publics. Nous avons effacé tout ce que nous avions enregistré de vos messages, dans notre messagerie aussi, et nous ne relèverons plus les suivants. Pour vous reconnaître sans garder votre nom, nous conservons une empreinte du nom de votre compte, dont personne ne peut tirer ce nom sans notre clé.`,
    account:
      'Cela vaut pour le compte que vous nous avez indiqué. Si vous en avez d’autres, indiquez-les-nous également. Vous pouvez à tout moment saisir une autorité de protection des données.',
    more: 'Pour en savoir plus :',
    farewell: 'Cordialement',
  },
  nl: {
    greeting: 'Goedendag,',
    done: (team) =>
      `U hebt er bezwaar tegen gemaakt dat wij (${team}) uw openbare berichten lezen. Wij hebben alles gewist wat wij van uw berichten hadden opgeslagen, ook in onze chat, en nemen latere berichten niet meer op. Om u te herkennen zonder uw naam te bewaren, houden wij een controlesom van uw accountnaam, waaruit niemand zonder onze sleutel de naam kan lezen.`,
    account:
      'Dit geldt voor het account dat u noemde. Hebt u er meer, noem die dan ook. U kunt altijd een klacht indienen bij een toezichthouder voor gegevensbescherming.',
    more: 'Meer hierover:',
    farewell: 'Met vriendelijke groet',
  },
  es: {
    greeting: 'Buenos días:',
    done: (team) =>
      `Usted se opuso a que nosotros (${team}) leyéramos sus mensajes públicos. Hemos borrado todo lo que habíamos guardado de sus mensajes, también en nuestro chat, y no recogeremos los siguientes. Para reconocerle sin guardar su nombre, conservamos una suma de control del nombre de su cuenta, de la que nadie puede leer el nombre sin nuestra clave.`,
    account:
      'Esto vale para la cuenta que nos indicó. Si tiene otras, indíquenoslas también. Puede reclamar en cualquier momento ante una autoridad de protección de datos.',
    more: 'Más información:',
    farewell: 'Un saludo cordial',
  },
};
