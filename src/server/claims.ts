import { isSurelyTooLarge, maxJsonBytes } from './json-size.js';
import { TokenError } from './token-error.js';
import type { ParticipantClaims } from './participant.js';

/** How many seconds before `iat` a token is already valid, for a peer whose clock is behind. */
const notBeforeSeconds = 120;

/** The part of every token that comes from the publisher's configuration. */
export interface ClaimsFrame {
  readonly issuer: string;
  readonly expiresIn: number;
  readonly clock: () => number;
}

/** A payload ready to be signed. */
export interface Payload {
  readonly bytes: Uint8Array;
  /** `exp`, in seconds since the epoch. */
  readonly expiresAt: number;
}

const encoder = new TextEncoder();

/**
 * Writes the claims of one token.
 * @param campaignId the campaign ID (technical ID), not the tag number
 * @throws {TokenError} `CLAIMS_INVALID`
 */
export function writePayload(
  { issuer, expiresIn, clock }: ClaimsFrame,
  campaignId: string,
  participant: ParticipantClaims,
): Payload {
  const iat = Math.floor(readClock(clock) / 1000);
  if (!Number.isSafeInteger(iat)) {
    throw new TokenError('CLAIMS_INVALID', 'clock must return milliseconds since the epoch');
  }
  const expiresAt = iat + expiresIn;
  const claims = {
    iss: issuer,
    ...participant,
    campaignId,
    iat,
    nbf: iat - notBeforeSeconds,
    exp: expiresAt,
    jti: crypto.randomUUID(),
  };
  const bytes = write(claims, participant);
  if (bytes !== null && bytes.length <= maxJsonBytes) return { bytes, expiresAt };
  const limit = `${maxJsonBytes} bytes of JSON`;
  throw new TokenError('CLAIMS_INVALID', `the claims are over ${limit}; leave some out`);
}

function readClock(clock: () => number): number {
  try {
    return clock();
  } catch {
    return NaN;
  }
}

/** The JSON, or null if the participant's part alone is too large. */
function write(claims: object, participant: object): Uint8Array | null {
  try {
    return isSurelyTooLarge(participant) ? null : encoder.encode(JSON.stringify(claims));
  } catch {
    // The message of JSON.stringify names the properties of a cycle.
    const problem = 'the claims cannot be written as JSON; remove cycles, BigInts and what throws';
    throw new TokenError('CLAIMS_INVALID', problem);
  }
}
