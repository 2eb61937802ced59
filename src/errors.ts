/** Where on the way from markup to a signed-in participant a {@link QualifioError} arose. */
export type QualifioErrorPhase = 'config' | 'kit' | 'token' | 'qualifio';

/**
 * Every code a {@link QualifioError} can carry. The set is closed: adding or renaming a code is a
 * breaking change, rewording a message is not.
 *
 * - `CONFIG_INVALID`: an attribute or the pasted tag is missing or malformed; the message names it.
 * - `HOST_NOT_ALLOWED`: the campaign's host is not on the page's list, nor on the endpoint's; no token was sent.
 * - `DUPLICATE_CAMPAIGN`: the campaign id is on the page already, as an element or as a pasted tag.
 * - `KIT_LOAD_FAILED`: Qualifio's script did not load, after one retry: network, blocker or Content-Security-Policy.
 * - `KIT_TIMEOUT`: no loaded campaign frame within `kit-timeout`. A late success still recovers.
 * - `FRAME_REMOVED`: another script took the campaign's frame away.
 * - `ENDPOINT_UNREACHABLE`: the token endpoint gave no answer: network, CORS, or offline.
 * - `ENDPOINT_TIMEOUT`: no complete answer within `token-timeout`.
 * - `ENDPOINT_FORBIDDEN`: the token endpoint answered 403.
 * - `ENDPOINT_FAILED`: the token endpoint answered another error status; `httpStatus` tells which.
 * - `ENDPOINT_BAD_RESPONSE`: the answer is HTML, has the wrong shape, or is larger than 64 KiB.
 * - `PROVIDER_FAILED`: `tokenProvider` threw, or gave neither text nor null.
 * - `TOKEN_WRONG_CAMPAIGN`: the token names another campaign; it was not sent.
 * - `TOKEN_EXPIRED`: the token is past its `exp`, as found here or by Qualifio.
 * - `TOKEN_INVALID_FORMAT`: the token is not a readable JWT, as found here or by Qualifio.
 * - `TOKEN_EMPTY`: the token is empty, as found here or by Qualifio.
 * - `TOKEN_INVALID_SIGNATURE`: Qualifio did not accept the token's signature.
 * - `TOKEN_DECRYPTION_FAILED`: Qualifio could not decrypt the token.
 * - `UNKNOWN`: Qualifio reported something else.
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

/** What a {@link QualifioError} may say beside its code and message. */
export interface QualifioErrorOptions extends ErrorOptions {
  /** Would `resume()` help, all else being equal? Default: false. */
  recoverable?: boolean;
  /** Status of the token endpoint's answer, where there was one. */
  httpStatus?: number;
}

/**
 * The one error class of this package. `code` says what happened and is stable under semver;
 * `message` says what to do about it, is meant for people, and may change.
 *
 * It never holds a token, a claim or a response body.
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
  /** Whether calling the element's `resume()` can help. Where it cannot, `reload()` may. */
  readonly recoverable: boolean;
  /** HTTP status of the token endpoint's answer, where the error came from one. */
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

/** Something that the publisher wrote cannot be used: names it, and what it has to be. */
export function configInvalid(name: string, what: string): QualifioError {
  return new QualifioError('config', 'CONFIG_INVALID', `${name} has to be ${what}.`);
}
