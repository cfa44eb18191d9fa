import { plainPlace } from '../privacy/suppression.ts';

/** Where the team speaks as itself, read from the settings. */
export type BrandAccount =
  /** A handle; of every source where the kind is null. */
  | { type: 'handle'; sourceKind: string | null; handle: string }
  /** A domain whose pages are the team's own. */
  | { type: 'site'; domain: string };

/**
 * An entry of the settings: `@acme_care`, `mastodon:@acme@social.example`, `site:acme.example`. Null
 * for what is none of these.
 */
export function readBrandAccount(entry: string, kinds: readonly string[]): BrandAccount | null {
  const typed = entry.trim();
  const [, prefix, rest] = /^([a-z]+):\s*(.+)$/iu.exec(typed) ?? [];
  if (prefix?.toLowerCase() === 'site') {
    const domain = plainPlace(rest ?? '').split('/')[0] ?? '';
    return domain.includes('.') ? { type: 'site', domain } : null;
  }
  if (prefix !== undefined && !kinds.includes(prefix.toLowerCase())) return null;
  const handle = plainHandle(prefix === undefined ? typed : (rest ?? ''));
  if (handle === '' || /[\s/]/u.test(handle)) return null;
  return { type: 'handle', sourceKind: prefix?.toLowerCase() ?? null, handle };
}

/** Without `@` in front, and in small letters: handles are compared so at every place. */
function plainHandle(handle: string): string {
  return handle.trim().replace(/^@/u, '').toLowerCase();
}

/** Places where nobody but the company can answer, and what such an answer is signed with there. */
const SOLE_VOICES: Readonly<Record<string, string>> = {
  appstore: 'developer',
  googleplay: 'developer',
  trustpilot: 'company',
};

/** Whether all that is answered there is the company's, under the post, and without a page of its own. */
export function isSoleVoice(sourceKind: string): boolean {
  return sourceKind in SOLE_VOICES;
}

export interface Brand {
  /** Whether the team has an account at places of this kind. */
  speaksAt(sourceKind: string): boolean;
  /** Whether what was written there is the team's own. */
  wrote(sourceKind: string, reply: { author: string | null; url: string | null }): boolean;
}

/** The team's voice, from the entries of its settings; an entry that cannot be read counts nowhere. */
export function brandOf(entries: readonly string[], kinds: readonly string[]): Brand {
  const accounts = entries.flatMap((entry) => readBrandAccount(entry, kinds) ?? []);
  const isFor = (account: BrandAccount, sourceKind: string) =>
    account.type === 'site' || (account.sourceKind ?? sourceKind) === sourceKind;
  return {
    speaksAt: (sourceKind) =>
      isSoleVoice(sourceKind) || accounts.some((account) => isFor(account, sourceKind)),
    wrote: (sourceKind, { author, url }) =>
      SOLE_VOICES[sourceKind] === plainHandle(author ?? '') ||
      accounts.some((account) => {
        if (!isFor(account, sourceKind)) return false;
        if (account.type === 'handle') return plainHandle(author ?? '') === account.handle;
        // Anybody may write in a team's own forum; in its feeds only the team does.
        if (sourceKind !== 'feed' || url === null || !URL.canParse(url)) return false;
        const { hostname } = new URL(url);
        return hostname === account.domain || hostname.endsWith(`.${account.domain}`);
      }),
  };
}
