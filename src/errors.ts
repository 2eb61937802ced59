import type { ErrorGuide, QualifioErrorPhase } from './error-guide.js';

export type { QualifioErrorPhase };

/**
 * Every code a {@link QualifioError} can carry. The set is closed: adding or renaming a code is a
 * breaking change, rewording a message is not.
 */
export type QualifioErrorCode = keyof ErrorGuide;

/** Where the page of each error is: its code and `.md` follow. scripts/check-release.mjs checks the owner. */
export const errorPages = 'https://github.com/OWNER/qualifio-campaign/blob/HEAD/docs/errors/';

/** The codes of the errors that occur in a phase. */
export type CodeIn<Phase extends QualifioErrorPhase> = {
  [Code in QualifioErrorCode]: Phase extends ErrorGuide[Code]['phases'][number] ? Code : never;
}[QualifioErrorCode];

/** What a {@link QualifioError} contains besides its code and message. */
export interface QualifioErrorOptions extends ErrorOptions {
  phase: QualifioErrorPhase;
  /** Whether `resume()` can help. Default: false. */
  recoverable?: boolean;
  /** Status of the token endpoint's answer, if there was one. */
  httpStatus?: number | undefined;
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

  constructor(code: QualifioErrorCode, message: string, options: QualifioErrorOptions) {
    super(message, options);
    this.code = code;
    this.phase = options.phase;
    this.recoverable = options.recoverable ?? false;
    if (options.httpStatus !== undefined) this.httpStatus = options.httpStatus;
  }
}

/** Makes an error of one phase; the compiler accepts only the codes of this phase. */
type ErrorMaker<Phase extends QualifioErrorPhase> = (
  code: CodeIn<Phase>,
  message: string,
  options?: Omit<QualifioErrorOptions, 'phase'>,
) => QualifioError;

const errorsOf =
  <Phase extends QualifioErrorPhase>(phase: Phase): ErrorMaker<Phase> =>
  (code, message, options) =>
    new QualifioError(code, message, { ...options, phase });

export const configError: ErrorMaker<'config'> = errorsOf('config');
export const kitError: ErrorMaker<'kit'> = errorsOf('kit');
export const tokenError: ErrorMaker<'token'> = errorsOf('token');
export const vendorError: ErrorMaker<'qualifio'> = errorsOf('qualifio');

/** The error for a setting that cannot be used: names it, and says what it must be. */
export function configInvalid(name: string, what: string): QualifioError {
  return configError('CONFIG_INVALID', `${name} must be ${what}.`);
}
