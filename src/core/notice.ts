import { LONGEST_DAYS } from './retention.ts';
import { LANGUAGE_NAMES, type Language } from './reply-letter.ts';

/** What the public notice tells; all of it is true of this installation, not of Earshot at large. */
export interface NoticeFacts {
  team: string;
  /** A mail address or a page; null until the operator sets one. */
  contact: string | null;
  retentionDays: number;
  /** The kinds of places that are listened to, in words, with the opt-outs that are honoured there. */
  places: readonly { name: string; consent: readonly string[]; keepDays: number | null }[];
}

interface Words {
  title: string;
  sections: (facts: NoticeFacts) => [heading: string, ...paragraphs: string[]][];
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

const WORDS: Readonly<Record<Language, Words>> = { en: ENGLISH, de: GERMAN };

/**
 * The public notice as one HTML page without scripts, styles of others or requests (GDPR, article
 * 14), in each of the languages, the first one first. The operator reads it, completes it, and
 * publishes it.
 */
export function noticeHtml(facts: NoticeFacts, languages: readonly Language[]): string {
  const [first = 'en'] = languages;
  const all = languages.length === 0 ? [first] : languages;
  const links = all.map(
    (one) => `<a href="#${one}" lang="${one}" hreflang="${one}">${LANGUAGE_NAMES[one]}</a>`,
  );
  return `<!doctype html>
<html lang="${first}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(WORDS[first].title)} – ${escape(facts.team)}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0.25rem; }
</style>
${all.length > 1 ? `<nav>${links.join(' · ')}</nav>\n` : ''}<main>
${all.map((language) => inLanguage(facts, language)).join('\n')}
</main>
</html>
`;
}

function inLanguage(facts: NoticeFacts, language: Language): string {
  const words = WORDS[language];
  const sections = words
    .sections(facts)
    .map(([heading, ...paragraphs]) =>
      [`<h2>${escape(heading)}</h2>`, ...paragraphs.map((one) => `<p>${escape(one)}</p>`)].join(
        '\n',
      ),
    );
  const places = facts.places.map(({ name, consent, keepDays }) => {
    const extra = [
      ...(consent.length > 0 ? [`${words.optOuts}: ${consent.join('; ')}`] : []),
      ...(keepDays === null ? [] : [words.days(keepDays)]),
    ];
    return `<li>${escape([name, ...extra].join(' – '))}</li>`;
  });
  return `<section id="${language}" lang="${language}">
<h1>${escape(words.title)}</h1>
${sections.join('\n')}
<p>${contactOf(facts, words)}</p>
<h2>${escape(words.placesHeading)}</h2>
<ul>
${places.join('\n')}
</ul>
</section>`;
}

function contactOf({ team, contact }: NoticeFacts, { noContact }: Words): string {
  const name = escape(team);
  if (contact === null) return `${name}, ${escape(noContact)}`;
  const isMail = /^[^\s@]+@[^\s@]+$/u.test(contact);
  const isPage = /^https?:\/\//iu.test(contact);
  if (!isMail && !isPage) return `${name}, ${escape(contact)}`;
  const href = isMail ? `mailto:${contact}` : contact;
  return `${name}, <a href="${escape(href)}">${escape(contact)}</a>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
