import { LONGEST_DAYS } from './retention.ts';
import type { Language } from './reply-letter.ts';

/** What the sentences of the notice need to know. */
export interface WordedFacts {
  team: string;
  retentionDays: number;
}

/** All words of the notice in one language. */
export interface Words {
  title: string;
  sections: (facts: WordedFacts) => [heading: string, ...paragraphs: string[]][];
  placesHeading: string;
  optOuts: string;
  days: (days: number) => string;
  noContact: string;
}

const ENGLISH: Words = {
  title: 'We listen in public',
  placesHeading: 'Where we listen',
  optOuts: 'honoured there',
  days: (days) => `text is kept for ${days} days at most`,
  noContact: 'the contact on our website',
  sections: ({ team, retentionDays }) => [
    [
      'What we do',
      `${team} reads public posts that speak of our services, to find those whose authors have a problem and to answer them where they wrote. A program (Earshot) finds the posts; people read and answer them. No decision about anybody is made by the program.`,
    ],
    [
      'What we keep',
      'The text of such a post, its address, its public handle and its time. Mail addresses, telephone and account numbers and the like are taken out before anything is stored. We keep no profile, no picture, no list of what somebody wrote before, and we join nothing with our customers’ data.',
    ],
    [
      'How long',
      `Until ${retentionDays} days after the matter is closed, ${LONGEST_DAYS} days after we found the post at the most. When you delete a post, we delete it as well, usually within a day. What stays is figures, such as how fast we answered.`,
    ],
    [
      'Who sees it',
      'The people of our support team, in our chat (Slack, as our processor). Nobody else, and nothing is sold or passed on.',
    ],
    [
      'Why we may',
      'Our legitimate interest in helping customers who speak to us in public (GDPR, article 6(1)(f)). We have weighed it against yours, and give you the balancing test on request.',
    ],
    [
      'What we do not do',
      'We never write to you in private because of a post: no mail, no call, no direct message. We answer in public, where you wrote, or not at all.',
    ],
    [
      'Your rights',
      'You may object at any time, without giving a reason: then we erase what we have, and never take up your posts again; a keyed check sum of your account’s name stays, so that we can keep that promise. You may also ask what we hold, have it corrected, erased or restricted, and complain to a data protection authority. We answer within a month.',
    ],
  ],
};

const GERMAN: Words = {
  title: 'Wir hören öffentlich zu',
  placesHeading: 'Wo wir zuhören',
  optOuts: 'dort beachtet',
  days: (days) => `Texte werden höchstens ${days} Tage aufbewahrt`,
  noContact: 'die Kontaktadresse auf unserer Website',
  sections: ({ team, retentionDays }) => [
    [
      'Was wir tun',
      `${team} liest öffentliche Beiträge über unsere Dienste, um die zu finden, deren Verfasser ein Problem haben, und ihnen dort zu antworten, wo sie geschrieben haben. Ein Programm (Earshot) findet die Beiträge; Menschen lesen und beantworten sie. Das Programm entscheidet nichts über Personen.`,
    ],
    [
      'Was wir speichern',
      'Den Text eines solchen Beitrags, seine Adresse, den öffentlichen Kontonamen und die Zeit. Mailadressen, Telefon- und Kontonummern und dergleichen werden vor dem Speichern entfernt. Wir führen kein Profil, speichern kein Bild und keine früheren Beiträge und verbinden nichts mit unseren Kundendaten.',
    ],
    [
      'Wie lange',
      `Bis ${retentionDays} Tage nach dem Abschluss, höchstens ${LONGEST_DAYS} Tage, nachdem wir den Beitrag gefunden haben. Löschen Sie einen Beitrag, so löschen auch wir ihn, in der Regel innerhalb eines Tages. Es bleiben Zahlen, etwa wie schnell wir geantwortet haben.`,
    ],
    [
      'Wer es sieht',
      'Die Menschen unseres Kundendienstes, in unserem Chat (Slack, als Auftragsverarbeiter). Sonst niemand; nichts wird verkauft oder weitergegeben.',
    ],
    [
      'Warum wir das dürfen',
      'Unser berechtigtes Interesse, Kunden zu helfen, die uns öffentlich ansprechen (DSGVO, Artikel 6 Absatz 1 Buchstabe f). Wir haben es gegen Ihre Interessen abgewogen und geben Ihnen die Abwägung auf Wunsch.',
    ],
    [
      'Was wir nicht tun',
      'Wir schreiben Ihnen wegen eines Beitrags nie privat: keine Mail, kein Anruf, keine Direktnachricht. Wir antworten öffentlich, wo Sie geschrieben haben, oder gar nicht.',
    ],
    [
      'Ihre Rechte',
      'Sie können jederzeit und ohne Angabe von Gründen widersprechen: Dann löschen wir, was wir haben, und nehmen Ihre Beiträge nie wieder auf; eine Prüfsumme Ihres Kontonamens bleibt, damit wir das einhalten können. Sie können auch Auskunft, Berichtigung, Löschung oder Einschränkung verlangen und sich bei einer Datenschutzbehörde beschweren. Wir antworten innerhalb eines Monats.',
    ],
  ],
};

const FRENCH: Words = {
  title: 'Nous écoutons ce qui est public',
  placesHeading: 'Où nous écoutons',
  optOuts: 'respecté à cet endroit',
  days: (days) => `les textes sont conservés ${days} jours au plus`,
  noContact: 'l’adresse de contact de notre site',
  sections: ({ team, retentionDays }) => [
    [
      'Ce que nous faisons',
      `${team} lit des messages publics qui parlent de nos services, pour trouver les personnes qui ont un problème et leur répondre là où elles ont écrit. Un programme (Earshot) trouve les messages ; des personnes les lisent et y répondent. Le programme ne décide rien au sujet de quiconque.`,
    ],
    [
      'Ce que nous conservons',
      'Le texte d’un tel message, son adresse, le pseudonyme public et la date. Les adresses électroniques, les numéros de téléphone et de compte et autres coordonnées sont retirés avant tout enregistrement. Nous ne tenons aucun profil, ne gardons ni image ni messages antérieurs, et ne croisons rien avec les données de nos clients.',
    ],
    [
      'Combien de temps',
      `Jusqu’à ${retentionDays} jours après la fin du dossier, ${LONGEST_DAYS} jours au plus après que nous avons trouvé le message. Si vous supprimez un message, nous le supprimons aussi, en général en un jour. Il reste des chiffres, comme le délai de notre réponse.`,
    ],
    [
      'Qui le voit',
      'Les personnes de notre service clients, dans notre messagerie interne (Slack, notre sous-traitant). Personne d’autre ; rien n’est vendu ni transmis.',
    ],
    [
      'Pourquoi nous le pouvons',
      'Notre intérêt légitime à aider les clients qui s’adressent à nous en public (RGPD, article 6, paragraphe 1, point f). Nous l’avons mis en balance avec vos intérêts et vous remettons cette analyse sur demande.',
    ],
    [
      'Ce que nous ne faisons pas',
      'Nous ne vous écrivons jamais en privé à cause d’un message : ni courriel, ni appel, ni message direct. Nous répondons en public, là où vous avez écrit, ou pas du tout.',
    ],
    [
      'Vos droits',
      'Vous pouvez vous opposer à tout moment, sans donner de raison : nous effaçons alors ce que nous avons et ne relevons plus jamais vos messages ; une empreinte chiffrée du nom de votre compte demeure, pour que nous puissions tenir cette promesse. Vous pouvez aussi demander l’accès, la rectification, l’effacement ou la limitation, et saisir une autorité de protection des données. Nous répondons sous un mois.',
    ],
  ],
};

const DUTCH: Words = {
  title: 'Wij luisteren in het openbaar',
  placesHeading: 'Waar wij luisteren',
  optOuts: 'daar gerespecteerd',
  days: (days) => `teksten worden hoogstens ${days} dagen bewaard`,
  noContact: 'het contactadres op onze website',
  sections: ({ team, retentionDays }) => [
    [
      'Wat wij doen',
      `${team} leest openbare berichten over onze diensten, om mensen met een probleem te vinden en hun te antwoorden waar zij schreven. Een programma (Earshot) vindt de berichten; mensen lezen en beantwoorden ze. Het programma beslist niets over personen.`,
    ],
    [
      'Wat wij bewaren',
      'De tekst van zo’n bericht, het adres ervan, de openbare accountnaam en het tijdstip. Mailadressen, telefoon- en rekeningnummers en dergelijke worden verwijderd voordat er iets wordt opgeslagen. Wij houden geen profiel bij, geen foto, geen eerdere berichten, en koppelen niets aan onze klantgegevens.',
    ],
    [
      'Hoe lang',
      `Tot ${retentionDays} dagen na de afronding, hoogstens ${LONGEST_DAYS} dagen nadat wij het bericht vonden. Verwijdert u een bericht, dan doen wij dat ook, meestal binnen een dag. Er blijven cijfers over, zoals hoe snel wij antwoordden.`,
    ],
    [
      'Wie het ziet',
      'De mensen van onze klantenservice, in onze chat (Slack, als onze verwerker). Niemand anders; niets wordt verkocht of doorgegeven.',
    ],
    [
      'Waarom wij dat mogen',
      'Ons gerechtvaardigd belang om klanten te helpen die ons in het openbaar aanspreken (AVG, artikel 6, lid 1, onder f). Wij hebben het tegen uw belangen afgewogen en geven u die afweging op verzoek.',
    ],
    [
      'Wat wij niet doen',
      'Wij schrijven u nooit privé naar aanleiding van een bericht: geen mail, geen telefoontje, geen direct bericht. Wij antwoorden in het openbaar, waar u schreef, of helemaal niet.',
    ],
    [
      'Uw rechten',
      'U kunt altijd bezwaar maken, zonder reden te geven: dan wissen wij wat wij hebben en nemen wij uw berichten nooit meer op; een versleutelde controlesom van uw accountnaam blijft, zodat wij ons daaraan kunnen houden. U kunt ook vragen om inzage, rectificatie, verwijdering of beperking, en een klacht indienen bij een toezichthouder. Wij antwoorden binnen een maand.',
    ],
  ],
};

const SPANISH: Words = {
  title: 'Escuchamos lo que es público',
  placesHeading: 'Dónde escuchamos',
  optOuts: 'respetado allí',
  days: (days) => `los textos se guardan ${days} días como máximo`,
  noContact: 'la dirección de contacto de nuestra web',
  sections: ({ team, retentionDays }) => [
    [
      'Qué hacemos',
      `${team} lee mensajes públicos que hablan de nuestros servicios, para encontrar a quien tiene un problema y responderle donde escribió. Un programa (Earshot) encuentra los mensajes; son personas quienes los leen y responden. El programa no decide nada sobre nadie.`,
    ],
    [
      'Qué guardamos',
      'El texto de ese mensaje, su dirección, el nombre público de la cuenta y la hora. Las direcciones de correo, los números de teléfono y de cuenta y datos parecidos se quitan antes de guardar nada. No llevamos perfiles, ni fotos, ni mensajes anteriores, y no cruzamos nada con los datos de nuestros clientes.',
    ],
    [
      'Cuánto tiempo',
      `Hasta ${retentionDays} días después de cerrar el asunto, ${LONGEST_DAYS} días como máximo desde que encontramos el mensaje. Si usted borra un mensaje, nosotros también lo borramos, normalmente en un día. Quedan cifras, como lo que tardamos en responder.`,
    ],
    [
      'Quién lo ve',
      'Las personas de nuestro servicio de atención, en nuestro chat (Slack, como encargado del tratamiento). Nadie más; nada se vende ni se cede.',
    ],
    [
      'Por qué podemos hacerlo',
      'Nuestro interés legítimo en ayudar a los clientes que nos hablan en público (RGPD, artículo 6.1.f). Lo hemos ponderado con los intereses de usted y le damos esa ponderación si la pide.',
    ],
    [
      'Qué no hacemos',
      'Nunca le escribimos en privado a causa de un mensaje: ni correo, ni llamada, ni mensaje directo. Respondemos en público, donde usted escribió, o no respondemos.',
    ],
    [
      'Sus derechos',
      'Puede oponerse en cualquier momento y sin dar razones: entonces borramos lo que tenemos y no volvemos a recoger sus mensajes; queda una suma de control cifrada del nombre de su cuenta, para poder cumplirlo. También puede pedir acceso, rectificación, supresión o limitación, y reclamar ante una autoridad de protección de datos. Respondemos en un mes.',
    ],
  ],
};

/** By language. */
export const WORDS: Readonly<Record<Language, Words>> = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  nl: DUTCH,
  es: SPANISH,
};
