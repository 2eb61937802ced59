/**
 * Why a request got no token or no tag, or what is wrong with a campaign feed, as `onError` receives it.
 * The set is closed and stable: a new code, or another meaning for an old one, is a breaking change.
 *
 * | code | status | cause |
 * |---|---|---|
 * | `METHOD_NOT_ALLOWED` | 405 | neither GET, HEAD nor OPTIONS |
 * | `ORIGIN_NOT_ALLOWED` | 403 | the `Origin` header is neither ours nor in `allowedOrigins` |
 * | `NOT_SAME_ORIGIN` | 403 | `Sec-Fetch-Site` is not `same-origin` |
 * | `NOT_A_FETCH` | 403 | a navigation, an image, a script, a frame |
 * | `REQUESTED_WITH_MISSING` | 403 | no `Origin`, `Sec-Fetch-Site` or `X-Requested-With` header |
 * | `CAMPAIGN_ID_INVALID` | 400 | `campaignId` is missing, repeated, or not 1 to 20 digits |
 * | `PART_INVALID` | 400 | `part` is repeated, or anything but `tag` |
 * | `CAMPAIGN_UNKNOWN` | 404 | `campaigns` does not contain the number |
 * | `TAG_UNKNOWN` | 404 | `part=tag`, and the campaign has no `channelId` |
 * | `SIGNED_OUT` | 401 | `participant` returned null; `onError` does not receive it |
 * | `CAMPAIGNS_FAILED` | 500 | the `campaigns` function threw, or returned no usable campaign; or its feed failed and no earlier answer is known |
 * | `PARTICIPANT_INVALID` | 500 | `participant` threw, or returned something that is not a participant |
 * | `CLAIMS_INVALID` | 500 | the claims cannot be written as JSON, are over 8,192 bytes, or the clock returned no time |
 * | `SIGNING_FAILED` | 500 | signing or encrypting failed: the key's numbers do not match each other; or `signing.sign` failed, and `reason` says how |
 * | `FEED_FAILED` | none | the campaign feed cannot be read, and `reason` says why; the last answer is still served. Once per outage |
 * | `FEED_CHANNEL_SKIPPED` | none | a channel of the feed is malformed, or has the number of another one, and is left out; or a feed cannot be read to its end. Once per refresh, at most 100 channels one by one |
 */
export type TokenErrorCode =
  | 'METHOD_NOT_ALLOWED'
  | 'ORIGIN_NOT_ALLOWED'
  | 'NOT_SAME_ORIGIN'
  | 'NOT_A_FETCH'
  | 'REQUESTED_WITH_MISSING'
  | 'CAMPAIGN_ID_INVALID'
  | 'PART_INVALID'
  | 'CAMPAIGN_UNKNOWN'
  | 'TAG_UNKNOWN'
  | 'SIGNED_OUT'
  | 'CAMPAIGNS_FAILED'
  | 'PARTICIPANT_INVALID'
  | 'CLAIMS_INVALID'
  | 'SIGNING_FAILED'
  | FeedErrorCode;

/** What a campaign feed reports; it does not change an answer. */
export type FeedErrorCode = 'FEED_FAILED' | 'FEED_CHANNEL_SKIPPED';

const messages: Readonly<Record<TokenErrorCode, string>> = {
  METHOD_NOT_ALLOWED: 'the method is neither GET, HEAD nor OPTIONS',
  ORIGIN_NOT_ALLOWED: 'the Origin header is neither our own nor in allowedOrigins',
  NOT_SAME_ORIGIN: 'Sec-Fetch-Site is not same-origin',
  NOT_A_FETCH: 'the request is a navigation or a subresource, not a fetch',
  REQUESTED_WITH_MISSING: 'there is no Origin, Sec-Fetch-Site or X-Requested-With header',
  CAMPAIGN_ID_INVALID: 'campaignId must be given once, as 1 to 20 digits',
  PART_INVALID: 'part must be left out, or given once as tag',
  CAMPAIGN_UNKNOWN: 'campaigns does not contain the campaign',
  TAG_UNKNOWN: 'the campaign has no channelId',
  SIGNED_OUT: 'no participant is signed in',
  CAMPAIGNS_FAILED: 'the campaigns function threw or returned no usable campaign',
  PARTICIPANT_INVALID: 'participant threw or returned something that is not a participant',
  CLAIMS_INVALID: 'the claims cannot be written as at most 8,192 bytes of JSON',
  SIGNING_FAILED: 'signing or encrypting failed; check that the key is complete',
  FEED_FAILED: 'the campaign feed cannot be read, and no earlier answer is known',
  FEED_CHANNEL_SKIPPED: 'a channel of the campaign feed is malformed',
};

/**
 * No token was made, or no campaign was found. `code` says why; the message is for people and may change.
 * It has no `cause`, because the original error could contain claims or key material, and errors are logged.
 */
export class TokenError extends TypeError {
  override readonly name: string = 'TokenError';
  readonly code: TokenErrorCode;
  /** What is wrong in this case, if the code alone does not say it; never a claim or a key. */
  readonly reason?: string | undefined;

  /** @param reason what is wrong; default: the text for the code */
  constructor(code: TokenErrorCode, reason?: string) {
    super(`${code}: ${reason ?? messages[code]}`);
    this.code = code;
    if (reason !== undefined) this.reason = reason;
  }
}

/** What `onError` receives besides the code. */
export interface TokenErrorContext {
  /**
   * How long the endpoint worked on the request, until the error was known. Absent for `FEED_FAILED`
   * and `FEED_CHANNEL_SKIPPED`.
   */
  readonly milliseconds?: number | undefined;
  /**
   * The tag number, from `campaignId=` of the request: null until it is known to be 1 to 20 digits.
   * For `FEED_CHANNEL_SKIPPED`, the number of that channel, or null if none can be read; for `FEED_FAILED`,
   * null.
   */
  readonly campaignId: string | null;
  /**
   * Text for a log, which may change. For `FEED_FAILED`, why the feed cannot be read: `HTTP 404`,
   * `a redirect`, `not JSON`, `no list of channels`, `not reachable (ECONNREFUSED)`,
   * `no answer within 10 s`, `an incomplete answer`, `more than 5 MB`, `more than 50 MB in total`,
   * `more than 200 pages`. For `FEED_CHANNEL_SKIPPED`, present if the channel is not malformed:
   * `another channel has this number`, `campaign 77 fills a whole page; any later campaigns are not read`,
   * `and 250 more`. For `CAMPAIGNS_FAILED`, `PARTICIPANT_INVALID`, `CLAIMS_INVALID` and `SIGNING_FAILED`,
   * what is wrong and what to do: `sub of the participant must be text, not a number`. It never contains a
   * claim, a part of a feed's answer, an address, or the message of another error.
   */
  readonly reason?: string | undefined;
}
