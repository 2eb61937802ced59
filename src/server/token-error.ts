/**
 * Why a request got no token, as told to `onError`. The set is closed and stable: a new code, or
 * another meaning for an old one, is a breaking change.
 *
 * | code | status | cause |
 * |---|---|---|
 * | `METHOD_NOT_ALLOWED` | 405 | neither GET, HEAD nor OPTIONS |
 * | `ORIGIN_NOT_ALLOWED` | 403 | the `Origin` header is neither ours nor in `allowedOrigins` |
 * | `NOT_SAME_ORIGIN` | 403 | `Sec-Fetch-Site` is not `same-origin` |
 * | `NOT_A_FETCH` | 403 | a navigation, an image, a script, a frame |
 * | `REQUESTED_WITH_MISSING` | 403 | no `Origin`, `Sec-Fetch-Site` or `X-Requested-With` header |
 * | `CAMPAIGN_ID_INVALID` | 400 | `campaignId` is missing, repeated, or not 1 to 20 digits |
 * | `CAMPAIGN_UNKNOWN` | 404 | `campaigns` does not know the id |
 * | `SIGNED_OUT` | 401 | `participant` gave null; not told to `onError` |
 * | `CAMPAIGNS_FAILED` | 500 | the `campaigns` function threw, or gave no usable host |
 * | `PARTICIPANT_INVALID` | 500 | `participant` threw, or gave something that is no participant |
 * | `CLAIMS_INVALID` | 500 | the claims cannot be written as JSON, are over 8,192 bytes, or the clock gave no time |
 * | `SIGNING_FAILED` | 500 | signing or encrypting failed: the key's numbers do not fit each other |
 */
export type TokenErrorCode =
  | 'METHOD_NOT_ALLOWED'
  | 'ORIGIN_NOT_ALLOWED'
  | 'NOT_SAME_ORIGIN'
  | 'NOT_A_FETCH'
  | 'REQUESTED_WITH_MISSING'
  | 'CAMPAIGN_ID_INVALID'
  | 'CAMPAIGN_UNKNOWN'
  | 'SIGNED_OUT'
  | 'CAMPAIGNS_FAILED'
  | 'PARTICIPANT_INVALID'
  | 'CLAIMS_INVALID'
  | 'SIGNING_FAILED';

const MESSAGES: Readonly<Record<TokenErrorCode, string>> = {
  METHOD_NOT_ALLOWED: 'the method is neither GET, HEAD nor OPTIONS',
  ORIGIN_NOT_ALLOWED: 'the Origin header is neither our own nor in allowedOrigins',
  NOT_SAME_ORIGIN: 'Sec-Fetch-Site is not same-origin',
  NOT_A_FETCH: 'the request is a navigation or a subresource, not a fetch',
  REQUESTED_WITH_MISSING: 'there is no Origin, Sec-Fetch-Site or X-Requested-With header',
  CAMPAIGN_ID_INVALID: 'campaignId must be given once, as 1 to 20 digits',
  CAMPAIGN_UNKNOWN: 'the campaign is not among campaigns',
  SIGNED_OUT: 'nobody is signed in',
  CAMPAIGNS_FAILED: 'the campaigns function threw or gave no usable host',
  PARTICIPANT_INVALID: 'participant threw or gave something that is no participant',
  CLAIMS_INVALID: 'the claims cannot be written as at most 8,192 bytes of JSON',
  SIGNING_FAILED: 'signing or encrypting failed; check that the key is whole',
};

/**
 * No token was made. `code` says why; the message is for people and may change. It has no `cause`,
 * because an error from below could hold claims or key material, and errors end up in logs.
 */
export class TokenError extends TypeError {
  override readonly name: string = 'TokenError';
  readonly code: TokenErrorCode;

  constructor(code: TokenErrorCode) {
    super(`${code}: ${MESSAGES[code]}`);
    this.code = code;
  }
}
