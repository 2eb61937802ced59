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
  try {
    if (isSurelyTooLarge(participant)) throw new TokenError('CLAIMS_INVALID');
    const iat = Math.floor(clock() / 1000);
    const expiresAt = iat + expiresIn;
    const bytes = encoder.encode(
      JSON.stringify({
        iss: issuer,
        ...participant,
        campaignId,
        iat,
        nbf: iat - notBeforeSeconds,
        exp: expiresAt,
        jti: crypto.randomUUID(),
      }),
    );
    if (bytes.length > maxJsonBytes || !Number.isSafeInteger(iat)) {
      throw new TokenError('CLAIMS_INVALID');
    }
    return { bytes, expiresAt };
  } catch {
    // The message of JSON.stringify names the properties of a cycle.
    throw new TokenError('CLAIMS_INVALID');
  }
}
