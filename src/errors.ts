/** The step, from markup to a signed-in participant, in which a {@link QualifioError} occurred. */
export type QualifioErrorPhase = 'config' | 'kit' | 'token' | 'qualifio';

/**
 * Every code a {@link QualifioError} can carry. The set is closed: adding or renaming a code is a
 * breaking change, rewording a message is not.
 *
 * - `CONFIG_INVALID` (config): an attribute or the pasted tag is missing or malformed, or the endpoint did not return the requested tag. Fix: Correct what the message names.
 * - `HOST_NOT_ALLOWED` (config): the campaign's host is missing from the page's list or the endpoint's; no token was sent. Fix: Correct `host`, or add it to `QualifioCampaign.allowedHosts` or to the endpoint's `campaigns`.
 * - `DUPLICATE_CAMPAIGN` (config): the tag number is already on the page, as an element or as a pasted tag. Fix: Remove one of the two.
 * - `KIT_LOAD_FAILED` (kit): Qualifio's script did not load, after one retry: network, blocker or Content-Security-Policy. If the page was offline, the element tries once more when it is online again. Fix: Allow the kit's host in `script-src`, and `qualifio-campaign` in `trusted-types`; offer `reload()`.
 * - `KIT_TIMEOUT` (kit): the campaign's frame did not load within `kit-timeout`, or the endpoint did not answer the request for the tag. A late success still recovers. Fix: Check `host`, `channel-id` and `frame-src`, and how long the endpoint takes if it gives the tag; offer `reload()`.
 * - `FRAME_REMOVED` (kit): another script removed the campaign's frame. Fix: Find that script; `reload()` starts again.
 * - `ENDPOINT_UNREACHABLE` (token): the token endpoint gave no answer: network, CORS, or offline. Fix: Check `auth-endpoint`, and the endpoint's `allowedOrigins` if it is on another origin.
 * - `ENDPOINT_TIMEOUT` (token): no complete answer within `token-timeout`. Fix: Make the endpoint faster, or `token-timeout` longer; `resume()` asks again.
 * - `ENDPOINT_FORBIDDEN` (token): the token endpoint answered 403. Fix: Check its `origin` and `allowedOrigins`.
 * - `ENDPOINT_FAILED` (token): the token endpoint answered another error status; see `httpStatus`. Fix: See the endpoint's log.
 * - `ENDPOINT_BAD_RESPONSE` (token): the answer is HTML, has the wrong shape, or is larger than 64 KiB. Fix: Answer `{"token": "…"}` as JSON.
 * - `PROVIDER_FAILED` (token): `tokenProvider` threw, or returned neither a string nor null. Fix: See `cause`.
 * - `TOKEN_WRONG_CAMPAIGN` (token): `token-campaign-id` (or the endpoint's `tokenCampaignId`) is set, and the token's `campaignId` claim differs; the token was not sent. Fix: Sign for the campaign ID (technical ID; `campaignId` of the endpoint's `campaigns`), or correct `token-campaign-id`.
 * - `TOKEN_EXPIRED` (token, qualifio): the token is past its `exp`, as found here or by Qualifio. Fix: Sign a token for each request; check the server's clock.
 * - `TOKEN_INVALID_FORMAT` (token, qualifio): the token is not a readable JWT, as found here or by Qualifio. Fix: Send a JWS or JWE in compact form.
 * - `TOKEN_EMPTY` (token, qualifio): the token is empty, as found here or by Qualifio. Fix: For a signed-out participant, answer 401 or null.
 * - `TOKEN_INVALID_SIGNATURE` (qualifio): Qualifio did not accept the token's signature. Fix: Compare key, `kid` and `alg` with those that you gave Qualifio.
 * - `TOKEN_DECRYPTION_FAILED` (qualifio): Qualifio could not decrypt the token. Fix: Encrypt with the key that Qualifio gave you.
 * - `UNKNOWN` (qualifio): Qualifio reported something else. Fix: Contact Qualifio with the tag number and the time.
 */
export type QualifioErrorCode =
  | 'CONFIG_INVALID'
  | 'HOST_NOT_ALLOWED'
  | 'DUPLICATE_CAMPAIGN'
  | 'KIT_LOAD_FAILED'
  | 'KIT_TIMEOUT'
  | 'FRAME_REMOVED'
  | 'ENDPOINT_UNREACHABLE'
  | 'ENDPOINT_TIMEOUT'
  | 'ENDPOINT_FORBIDDEN'
  | 'ENDPOINT_FAILED'
  | 'ENDPOINT_BAD_RESPONSE'
  | 'PROVIDER_FAILED'
  | 'TOKEN_WRONG_CAMPAIGN'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_INVALID_FORMAT'
  | 'TOKEN_EMPTY'
  | 'TOKEN_INVALID_SIGNATURE'
  | 'TOKEN_DECRYPTION_FAILED'
  | 'UNKNOWN';

/** What a {@link QualifioError} may contain beside its code and message. */
export interface QualifioErrorOptions extends ErrorOptions {
  /** Whether `resume()` can help. Default: false. */
  recoverable?: boolean;
  /** Status of the token endpoint's answer, if there was one. */
  httpStatus?: number;
}

/**
 * The one error class of this package. `code` says what happened and is stable under semver;
 * `message` says what to do about it, is meant for people, and may change.
 *
 * It never contains a token, a claim or a response body.
 *
 * @example
 * campaign.addEventListener('qualifio-error', ({ error }) => {
 *   if (error.phase === 'token' && error.recoverable) showRetry(() => campaign.resume());
 * });
 */
export class QualifioError extends Error {
  override readonly name = 'QualifioError';
  readonly code: QualifioErrorCode;
  readonly phase: QualifioErrorPhase;
  /** Whether calling the element's `resume()` can help. If not, `reload()` may. */
  readonly recoverable: boolean;
  /** HTTP status of the token endpoint's answer, if the error came from one. */
  readonly httpStatus?: number;

  constructor(
    phase: QualifioErrorPhase,
    code: QualifioErrorCode,
    message: string,
    { recoverable = false, httpStatus, ...options }: QualifioErrorOptions = {},
  ) {
    super(message, options);
    this.code = code;
    this.phase = phase;
    this.recoverable = recoverable;
    if (httpStatus !== undefined) this.httpStatus = httpStatus;
  }
}

/** The error for a setting that cannot be used: names it, and says what it must be. */
export function configInvalid(name: string, what: string): QualifioError {
  return new QualifioError('config', 'CONFIG_INVALID', `${name} must be ${what}.`);
}
