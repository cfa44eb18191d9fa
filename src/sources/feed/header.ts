import { boundedId, chooseAuthor, languageTag, nameOf, titleOf } from './choose.ts';
import type { Rhythm } from './document.ts';
import { resolveBases, webLink } from './links.ts';
import type { RawElement } from './raw.ts';
import { attributeOf, childrenOf, firstText, textOf } from './xml.ts';

/** What a feed says about itself. */
export interface Header {
  title: string | null;
  author: string | null;
  language: string | null;
  bases: (string | null)[];
  older: string | null;
  isWordPress: boolean;
  deleted: string[];
  rhythm: Rhythm;
}

const MOST_TOMBSTONES = 1000;

/** `root`: attributes of the root element; `url`: where the feed was read. */
export function readHeader(
  { fields, attributes }: RawElement,
  root: Readonly<Record<string, string>>,
  url: string,
): Header {
  const links = [...(fields['atom:link'] ?? []), ...(fields['link'] ?? [])];
  const byRel = (rel: string) =>
    links.find((link) => attributeOf(link, 'rel') === rel && attributeOf(link, 'href') !== null);
  const own = [attributes['xml:base'] ?? null, root['xml:base'] ?? null];
  const self = attributeOf(byRel('self'), 'href');
  const site =
    webLink(textOf(links.find((link) => textOf(link) !== '')), [...own, url]) ??
    webLink(attributeOf(byRel('alternate'), 'href'), [...own, self, url]);
  const bases = [...own, site, webLink(self, [url]), url];
  const older = byRel('next') ?? byRel('prev-archive');
  return {
    title: titleOf(firstText(fields, ['title']) ?? '', null),
    author: chooseAuthor(fields) ?? nameOf(firstText(fields, ['managingeditor']) ?? ''),
    language: languageTag(
      attributes['xml:lang'] ??
        firstText(fields, ['language', 'dc:language']) ??
        root['xml:lang'] ??
        null,
    ),
    bases,
    older: webLink(attributeOf(older, 'href'), [resolveBases(own) ?? null, url]),
    isWordPress: /wordpress/iu.test(firstText(fields, ['generator']) ?? ''),
    deleted: (fields['at:deleted-entry'] ?? [])
      .slice(0, MOST_TOMBSTONES)
      .map((node) => boundedId(attributeOf(node, 'ref') ?? ''))
      .filter((id) => id !== null),
    rhythm: readRhythm({ fields, attributes }),
  };
}

const PERIODS: Readonly<Record<string, number>> = {
  hourly: 3600,
  daily: 24 * 3600,
  weekly: 7 * 24 * 3600,
  monthly: 30 * 24 * 3600,
  yearly: 365 * 24 * 3600,
};
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function readRhythm({ fields }: RawElement): Rhythm {
  const minutes = Number(firstText(fields, ['ttl']) ?? Number.NaN);
  const period = PERIODS[(firstText(fields, ['sy:updateperiod']) ?? '').toLowerCase()];
  const frequency = Math.max(1, Number(firstText(fields, ['sy:updatefrequency']) ?? 1) || 1);
  const updates = period === undefined ? null : period / frequency;
  const hours = [...childrenOf(fields['skiphours']?.[0], 'hour')].map((node) =>
    Number(textOf(node)),
  );
  const days = [...childrenOf(fields['skipdays']?.[0], 'day')].map((node) =>
    DAYS.indexOf(textOf(node).slice(0, 3).toLowerCase()),
  );
  return {
    seconds: minutes > 0 ? minutes * 60 : updates,
    // Some count from 1 to 24.
    skipHours: hours.filter((hour) => hour >= 0 && hour <= 24).map((hour) => hour % 24),
    skipDays: days.filter((day) => day !== -1),
  };
}
