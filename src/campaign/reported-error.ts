import { QualifioError, vendorError, type CodeIn } from '../errors.js';

// The simulator has its own list (src/simulator/model/knob-table.ts), because it stands for
// Qualifio: tests then show where the two differ.
const reportedCodes = [
  'TOKEN_EXPIRED',
  'TOKEN_INVALID_FORMAT',
  'TOKEN_EMPTY',
  'TOKEN_INVALID_SIGNATURE',
  'TOKEN_DECRYPTION_FAILED',
] as const satisfies readonly CodeIn<'qualifio'>[];

/** The error for a code that the campaign reports; `UNKNOWN` for any other value. */
export function reportedError(code: unknown): QualifioError {
  const known = reportedCodes.find((reported) => reported === code) ?? 'UNKNOWN';
  return vendorError(known, `Qualifio answered ${known} to the token.`);
}

/** An error of this package, unchanged; `UNKNOWN` for anything else that was thrown. */
export function toQualifioError(reason: unknown): QualifioError {
  return reason instanceof QualifioError ? reason : vendorError('UNKNOWN', String(reason));
}
