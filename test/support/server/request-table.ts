/**
 * The requests that a token endpoint must tell apart, and its answer to each. Our own endpoint passes the
 * whole table; the endpoints of docs/endpoints/ pass it over HTTP.
 */
import { CAMPAIGN_ID, LISTED_ORIGIN, OWN_ORIGIN, TAG_NUMBER } from './fixtures.js';

export const METHODS = [
  'GET',
  'HEAD',
  'OPTIONS',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'get',
  'PROPFIND',
];
export const SITES = [
  undefined,
  'same-origin',
  'same-site',
  'cross-site',
  'none',
  'Same-Origin',
  '',
];
export const ORIGINS = [undefined, OWN_ORIGIN, LISTED_ORIGIN, 'https://evil.example', 'null', ''];
export const CUSTOM_HEADERS = [undefined, 'qualifio-campaign'];
export const IDS: readonly (readonly [query: string, status: number])[] = [
  [`campaignId=${TAG_NUMBER}`, 200],
  [`a=1&campaignId=${TAG_NUMBER}&b=2`, 200],
  ['campaignId=999', 404],
  [`campaignId=${CAMPAIGN_ID}`, 404],
  ['campaignId=1234567890123456789', 404],
  ['', 400],
  [`campaignid=${TAG_NUMBER}`, 400],
  ['campaignId=', 400],
  [`campaignId=${TAG_NUMBER}&campaignId=${TAG_NUMBER}`, 400],
  [`campaignId=${TAG_NUMBER}&campaignId=999`, 400],
  ['campaignId=__proto__', 400],
  ['campaignId=constructor', 400],
  [`campaignId=%20${TAG_NUMBER}`, 400],
  [`campaignId=${TAG_NUMBER}%0a`, 400],
  ['campaignId=%EF%BC%91', 400],
  ['campaignId=1e3', 400],
  [`campaignId=${'1'.repeat(21)}`, 400],
  [`campaignId=${'1'.repeat(10_240)}`, 400],
];

export const ERRORS: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
};

/** One request: what the answer may depend on. */
export interface Case {
  readonly method: string;
  readonly site: string | undefined;
  readonly origin: string | undefined;
  readonly custom: string | undefined;
  readonly idStatus: number;
}

/** The contract, written a second time and as simply as possible. */
export function expectedStatus(
  { method, site, origin, custom, idStatus }: Case,
  listed: readonly string[] = [LISTED_ORIGIN],
): number {
  if (method === 'OPTIONS') return listed.includes(origin ?? '') ? 204 : 403;
  if (!['GET', 'HEAD', 'get'].includes(method)) return 405;
  if (origin !== undefined) {
    if (origin !== OWN_ORIGIN && !listed.includes(origin)) return 403;
  } else if (site !== undefined) {
    if (site !== 'same-origin') return 403;
  } else if (custom === undefined) {
    return 403;
  }
  return idStatus;
}

export function expectedHeaders(
  { method, origin }: Case,
  status: number,
  listed: readonly string[] = [LISTED_ORIGIN],
): Record<string, string> {
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    vary: 'Cookie, Origin, Sec-Fetch-Site',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  };
  if (status !== 204) headers['content-type'] = 'application/json';
  if (status === 405) headers['allow'] = 'GET, HEAD, OPTIONS';
  if (!listed.includes(origin ?? '')) return headers;
  headers['cross-origin-resource-policy'] = 'cross-origin';
  headers['access-control-allow-origin'] = origin!;
  headers['access-control-allow-credentials'] = 'true';
  headers['access-control-expose-headers'] = 'Retry-After, Date';
  if (method !== 'OPTIONS') return headers;
  headers['access-control-allow-methods'] = 'GET';
  headers['access-control-allow-headers'] = 'x-requested-with';
  headers['access-control-max-age'] = '600';
  return headers;
}

export const present = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
