import { isCampaignId } from './campaign.js';
import { TokenError } from './token-error.js';

/**
 * Refuses a request that no script of our own pages made. Because of its CNAME, the campaign's
 * frame is same-site with us: its requests have the session cookie, and only their origin differs.
 * @throws {TokenError} for a 403
 */
export function refuseCrossSite(headers: Headers, isOurs: (origin: string) => boolean): void {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (origin !== null) {
    if (!isOurs(origin)) throw new TokenError('ORIGIN_NOT_ALLOWED');
  } else if (site !== null) {
    if (site !== 'same-origin') throw new TokenError('NOT_SAME_ORIGIN');
  } else if (!headers.has('x-requested-with')) {
    // A form, an image or a script cannot send this header.
    throw new TokenError('REQUESTED_WITH_MISSING');
  }
  const destination = headers.get('sec-fetch-dest');
  const isFetch = destination === null || destination === 'empty';
  if (!isFetch || headers.get('sec-fetch-mode') === 'navigate') throw new TokenError('NOT_A_FETCH');
}

/**
 * The number in the JS tag of the requested campaign.
 * @throws {TokenError} `CAMPAIGN_ID_INVALID`
 */
export function readCampaignId(query: URLSearchParams): string {
  const ids = query.getAll('campaignId');
  const [id] = ids;
  if (ids.length !== 1 || !isCampaignId(id)) throw new TokenError('CAMPAIGN_ID_INVALID');
  return id;
}

/**
 * Whether the request is for the tag, not for a token.
 * @throws {TokenError} `PART_INVALID`
 */
export function readIsTag(query: URLSearchParams): boolean {
  const parts = query.getAll('part');
  if (parts.length === 0) return false;
  if (parts.length === 1 && parts[0] === 'tag') return true;
  throw new TokenError('PART_INVALID');
}
