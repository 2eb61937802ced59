import { isLoopback } from '../../config/host.js';
import type { Campaign } from '../campaign.js';
import { listenerOf } from '../error-listener.js';
import { FeedCache } from './feed-cache.js';
import { readFeed, type FeedFetch } from './feed-reader.js';
import { found, foundName } from '../input/kind-of.js';
import { isEmpty, optionError } from '../input/option-error.js';
import { readFunction, readOptions } from '../options.js';
import type { FeedErrorCode, TokenErrorContext } from '../token-error.js';

/** Options of {@link createCampaignFeed}. */
export interface CampaignFeedOptions {
  /**
   * Address of the feed: `https://api.qualifio.com/v1/campaignfeed/channels/<guid>/json?clientId=<n>`.
   * https, or http on a loopback host; no user name or password.
   */
  readonly url: string | URL;
  /** How long an answer is served before a new one is fetched, in seconds above 0. Default 900. */
  readonly maxAge?: number | undefined;
  /** Fetches a page, for a proxy or for tests. Default: the global `fetch`. */
  readonly fetch?: FeedFetch | undefined;
  /**
   * Receives the feed's reports. An endpoint's `onError` receives them as well, so this one is for
   * `signParticipantToken`. Default: none.
   */
  readonly onError?: ((code: FeedErrorCode, context: TokenErrorContext) => unknown) | undefined;
  /**
   * Receives a promise for each refresh, which never rejects. For hosts that stop work when the answer
   * is sent: `waitUntil` of `cloudflare:workers` or of `@vercel/functions`. Default: none.
   */
  readonly waitUntil?: ((refresh: Promise<unknown>) => unknown) | undefined;
  /** The time in milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: (() => number) | undefined;
}

/**
 * Finds a campaign by the tag number; null if the feed does not have it. Rejects with
 * `TokenError` `FEED_FAILED` if no answer of the feed is known.
 */
export type CampaignFeed = (tagNumber: string, request?: Request) => Promise<Campaign | null>;

const optionNames: ReadonlySet<string> = new Set([
  'url',
  'maxAge',
  'fetch',
  'onError',
  'waitUntil',
  'clock',
]);

/**
 * Reads a Qualifio campaign feed as the `campaigns` of an endpoint: the number in each channel's JS tag
 * gives host, channel, sizes, style, and the campaign ID (technical ID) for the claim.
 *
 * The first look-up fetches the feed; look-ups that come meanwhile wait for the same fetch. An answer is
 * served for `maxAge` seconds. After that, the old answer is served while a new one is fetched, and for as
 * long as the feed fails. An unknown number causes a new fetch, at most every 30 s. The feed does **not**
 * fetch on a timer, store anything outside memory, or check whether a campaign has started or ended.
 *
 * `FEED_FAILED` is reported once per outage, with its `reason`. `FEED_CHANNEL_SKIPPED` is reported once per
 * refresh for each malformed channel, and for each channel whose number already leads to another campaign;
 * from the 101st on, they are counted in one more report. If the channels of one campaign fill a page of
 * the feed, the rest of the feed cannot be requested; this is reported in the same way.
 *
 * Reports go to the `onError` of the endpoint that asks and to that of the feed, once to each function. An
 * endpoint is recognized by its request: a function that wraps a feed must pass the request on.
 *
 * > [!IMPORTANT]
 * > Tokens are made for every campaign that the feed lists. The feed's address must be configuration, never input.
 *
 * @throws {TypeError} immediately, naming the option: `url`, `maxAge`, `fetch`, …
 *
 * @example
 * ```ts
 * const campaigns = createCampaignFeed({ url: process.env.QUALIFIO_FEED_URL });
 * export const GET = createTokenEndpoint({ campaigns, signing, issuer, participant });
 * ```
 */
export function createCampaignFeed(options: CampaignFeedOptions): CampaignFeed {
  const given = readOptions(options, optionNames);
  const url = readFeedUrl(given['url']);
  const fetchPage = readFunction<FeedFetch>('fetch', given['fetch'], (page, init) =>
    fetch(page, init),
  );
  const cache = new FeedCache({
    read: () => readFeed(url, fetchPage),
    maxAge: readMaxAge(given['maxAge']) * 1000,
    clock: readFunction('clock', given['clock'], () => Date.now()),
    onError: readOptionalFunction('onError', given['onError']),
    waitUntil: readOptionalFunction('waitUntil', given['waitUntil']),
  });
  return (tagNumber, request) => cache.find(tagNumber, listenerOf(request));
}

function readFeedUrl(value: unknown): URL {
  if (value === undefined || value === '') throw optionError('url', isEmpty);
  const text = typeof value === 'string' || value instanceof URL ? String(value) : '';
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  // The address is not quoted: anyone who has it can read the feed.
  if (!url || !isSafe) {
    const given = url ? `${url.protocol}//…` : foundName(value);
    throw optionError('url', `must be an https URL, or http on a loopback host, not ${given}`);
  }
  if (url.username || url.password)
    throw optionError('url', 'has a user name or password; remove them');
  return url;
}

function readMaxAge(maxAge: unknown = 900): number {
  if (typeof maxAge === 'number' && maxAge > 0 && maxAge < Infinity) return maxAge;
  throw optionError('maxAge', `must be a positive number of seconds, not ${found(maxAge)}`);
}

function readOptionalFunction<F>(option: string, value: unknown): F | undefined {
  return value === undefined ? undefined : readFunction<F>(option, value);
}
