import type { Label } from '../../core/verdict.ts';
import { capital } from './text.ts';

const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** "Negative 0.91", or "German, not judged": no guess is sold as a verdict. */
export function verdictWords(
  { label, negativity, judged }: { label: Label; negativity: number; judged: boolean },
  language: string | null,
): string {
  if (judged) return `${capital(label)} ${negativity.toFixed(2)}`;
  return `${languageName(language) ?? 'Unknown language'}, not judged`;
}

/** The English name of a BCP 47 tag; null where there is none. */
export function languageName(tag: string | null): string | null {
  if (tag === null) return null;
  try {
    return LANGUAGES.of(tag) ?? null;
  } catch {
    return null;
  }
}
