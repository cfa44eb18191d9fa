const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** The English name of a language by its code, such as `en` or `pt-BR`; null for no language. */
export function languageName(code: string): string | null {
  try {
    return NAMES.of(code) ?? null;
  } catch {
    // Well formed for us, and yet no tag to Intl.
    return null;
  }
}
