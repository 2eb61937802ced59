/**
 * How far a request from this page to a token endpoint on another origin gets: `silent`, there is no
 * answer at all; `origin`, `credentials`, `preflight`: the permission (CORS) that the endpoint's answer
 * lacks; `open`: it lacks none.
 */
export type EndpointReach = 'silent' | 'origin' | 'credentials' | 'preflight' | 'open';

/** What the element sends with a request for a token. */
export const headers = { 'X-Requested-With': 'qualifio-campaign' };

/** Each needs one more permission than the previous one. */
const steps: readonly (readonly [EndpointReach, RequestInit])[] = [
  // Without permission, a page may only follow redirects.
  ['silent', { mode: 'no-cors', credentials: 'omit' }],
  ['origin', { redirect: 'manual', credentials: 'omit' }],
  ['credentials', { redirect: 'manual', credentials: 'include' }],
  ['preflight', { redirect: 'manual', credentials: 'include', headers }],
];

const asked = new Map<string, Promise<EndpointReach>>();

/**
 * Tries a token endpoint on another origin, with up to four requests that name no campaign. Their
 * answers are not read. A second call joins one in progress.
 */
export function probeEndpoint({ href }: URL): Promise<EndpointReach> {
  const answer = asked.get(href) ?? tryEach(href).finally(() => asked.delete(href));
  asked.set(href, answer);
  return answer;
}

async function tryEach(href: string): Promise<EndpointReach> {
  for (const [name, init] of steps) {
    if (!(await isAnswered(href, init))) return name;
  }
  return 'open';
}

async function isAnswered(href: string, init: RequestInit): Promise<boolean> {
  const given = new AbortController();
  const { signal } = given;
  try {
    await fetch(href, { ...init, cache: 'no-store', signal });
    return true;
  } catch {
    return false;
  } finally {
    given.abort();
  }
}

/**
 * Where an endpoint that answers with a redirect leads, without the query, which may contain private
 * data. Asks without cookies.
 *
 * @returns null if the page cannot see it, or there is no redirect.
 */
export async function redirectTarget({ href }: URL): Promise<URL | null> {
  const given = new AbortController();
  try {
    const { signal } = given;
    const init = { credentials: 'omit', cache: 'no-store', headers, signal } as const;
    const { url, redirected } = await fetch(href, init);
    const { origin, pathname } = new URL(url);
    return redirected ? new URL(pathname, origin) : null;
  } catch {
    return null;
  } finally {
    given.abort();
  }
}
