import type { Target } from '../context.js';
import type { Answer, Ask } from '../http/requester.js';
import { parseJson } from '../../token/answer-kind.js';
import { isSameSite } from '../host/site.js';
import { bodyOf } from './body-fault.js';

/** The headers with which the element asks, from its page or, without one, from the endpoint's origin. */
export function elementHeaders({ endpoint, page }: Target): Record<string, string> {
  const isOwn = !page || page.origin === endpoint.origin;
  return {
    Accept: 'application/json, application/jwt;q=0.9',
    'X-Requested-With': 'qualifio-campaign',
    'Sec-Fetch-Mode': 'cors',
    'Sec-Fetch-Dest': 'empty',
    ...(isOwn
      ? { 'Sec-Fetch-Site': 'same-origin' }
      : {
          Origin: page.origin,
          'Sec-Fetch-Site': isSameSite(page, endpoint) ? 'same-site' : 'cross-site',
        }),
  };
}

/** The headers of the element's request without those of fetch metadata, as older browsers send it. */
export function bareHeaders(): Record<string, string> {
  return {
    Accept: 'application/json, application/jwt;q=0.9',
    'X-Requested-With': 'qualifio-campaign',
  };
}

/** The endpoint's address for a campaign, with a value that no cache knows. */
export function tokenUrl(endpoint: URL, campaign: string): URL {
  const url = new URL(endpoint);
  url.searchParams.set('campaignId', campaign);
  url.searchParams.set('_', Math.random().toString(36).slice(2));
  return url;
}

/** Headers with the cookie, if there is one. */
export function withCookie(
  headers: Readonly<Record<string, string>>,
  cookie: string | undefined,
): Ask['headers'] & object {
  return cookie === undefined ? headers : { ...headers, Cookie: cookie };
}

/** What an answer says. */
export type Content =
  | { readonly kind: 'token'; readonly token: string; readonly hosts: unknown }
  | { readonly kind: 'signed out' }
  | { readonly kind: 'other' };

/** Reads an answer as the element does: JSON with `token`, or a whole JWT. */
export function contentOf(answer: Answer): Content {
  const { status } = answer;
  if (status === 401 || status === 204) return { kind: 'signed out' };
  if (status !== 200) return { kind: 'other' };
  const body = bodyOf(answer);
  const json = parseJson(body);
  if (typeof json === 'object' && json !== null && Object.hasOwn(json, 'token')) {
    const { token, hosts } = json as { token: unknown; hosts?: unknown };
    if (token === null) return { kind: 'signed out' };
    if (typeof token === 'string') return { kind: 'token', token, hosts };
  }
  const bare = typeof json === 'string' ? json : body;
  if (jwt.test(bare)) return { kind: 'token', token: bare, hosts: undefined };
  return { kind: 'other' };
}

/** The token anywhere in an answer, whatever its status. */
export function tokenIn(answer: Answer): string | undefined {
  return /eyJ[\w-]{5,}\.[\w-]*\.[\w-]+(\.[\w-]*)*/.exec(
    answer.text + answer.header('Location'),
  )?.[0];
}

const jwt = /^[\w-]+\.[\w-]*\.[\w-]+(\.[\w-]*\.[\w-]+)?$/;
