import { WORDS, type Words } from './notice-words.ts';
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
