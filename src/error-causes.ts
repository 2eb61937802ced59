import type { QualifioError, QualifioErrorPhase } from './errors.js';

/**
 * Why a campaign cannot continue, as far as it matters to a participant: what they can do depends
 * on it. Each is also the key of its text in `CampaignStrings`.
 */
export type ErrorCause = 'offline' | 'blocked' | 'unconfirmed' | 'expired' | 'unavailable';

/** The causes of errors that differ from those of their phase. */
const ownCauses: Partial<Record<string, ErrorCause>> = {
  TOKEN_EXPIRED: 'expired',
  TOKEN_WRONG_CAMPAIGN: 'unavailable',
};

const causesByPhase: Partial<Record<QualifioErrorPhase, ErrorCause>> = {
  config: 'unavailable',
  kit: 'blocked',
};

/** The cause of an error. @param isOnline whether the device has a network. */
export function causeOf(
  { code, phase }: Pick<QualifioError, 'code' | 'phase'>,
  isOnline: boolean,
): ErrorCause {
  const cause = ownCauses[code] ?? causesByPhase[phase] ?? 'unconfirmed';
  return isOnline || cause === 'unavailable' ? cause : 'offline';
}
