import { QualifioError, type QualifioErrorCode } from '../errors.js';

const reportedCodes: readonly QualifioErrorCode[] = [
  'TOKEN_EXPIRED',
  'TOKEN_INVALID_FORMAT',
  'TOKEN_EMPTY',
  'TOKEN_INVALID_SIGNATURE',
  'TOKEN_DECRYPTION_FAILED',
];

/** The error for a code that the campaign reports; `UNKNOWN` for any other value. */
export function reportedError(code: unknown): QualifioError {
  const known = reportedCodes.find((reported) => reported === code) ?? 'UNKNOWN';
  return new QualifioError('qualifio', known, `Qualifio answered ${known} to the token.`);
}

/** An error of this package, unchanged; `UNKNOWN` for anything else that was thrown. */
export function toQualifioError(reason: unknown): QualifioError {
  return reason instanceof QualifioError
    ? reason
    : new QualifioError('qualifio', 'UNKNOWN', String(reason));
}
