import { headers } from './endpoint-probe.js';

/** Headers that show a stored answer, or one that may be stored, and the part that shows it. */
const signs: readonly (readonly [name: string, part: RegExp])[] = [
  ['Age', /^[1-9]\d{0,9}$/],
  ['X-Cache', /\bhit\b/i],
  ['CF-Cache-Status', /^hit$/i],
  ['Cache-Control', /\b(s-maxage|max-age)="?[1-9]\d{0,9}/],
];

/**
 * Asks the token endpoint once for a campaign, without cookies, and reads the headers of its answer.
 *
 * @returns what shows that a cache gave the answer, or may store it, such as `Age: 60`; null if nothing does,
 *   or the page may not read it.
 */
export async function cacheSign(endpoint: URL, campaignId: string): Promise<string | null> {
  const url = new URL(endpoint);
  url.searchParams.set('campaignId', campaignId);
  url.searchParams.set('_', crypto.randomUUID());
  const given = new AbortController();
  try {
    const { signal } = given;
    const init = { redirect: 'manual', credentials: 'omit', headers, signal } as const;
    return signAmong((await fetch(url, { ...init, cache: 'no-store' })).headers);
  } catch {
    return null;
  } finally {
    given.abort();
  }
}

function signAmong(answer: Headers): string | null {
  for (const [name, part] of signs) {
    const value = answer.get(name) ?? '';
    const isForbidden = name === 'Cache-Control' && /\bno-store\b/i.test(value);
    const found = isForbidden ? null : part.exec(value);
    if (found) return `${name}: ${found[0]}`;
  }
  return null;
}
