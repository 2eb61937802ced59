import { TokenError } from './token-error.js';
import type { ParticipantClaims } from './participant.js';

/** How many seconds before `iat` a token is already valid, for a peer whose clock is behind. */
const notBeforeSeconds = 120;
const maxPayloadBytes = 8192;

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
    if (bytes.length > maxPayloadBytes || !Number.isSafeInteger(iat)) {
      throw new TokenError('CLAIMS_INVALID');
    }
    return { bytes, expiresAt };
  } catch {
    // The message of JSON.stringify names the properties of a cycle.
    throw new TokenError('CLAIMS_INVALID');
  }
}

/**
 * Whether the JSON is longer than allowed, without writing it. Stops after as many steps as bytes are
 * allowed, so that a cycle or a gigabyte costs no more than a large token. It never counts more bytes
 * than the JSON needs, but may count fewer; the text itself is measured exactly.
 */
function isSurelyTooLarge(claims: ParticipantClaims): boolean {
  let bytes = 0;
  const open: unknown[] = [claims];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') bytes += value.length;
    else if (ArrayBuffer.isView(value)) bytes += (value as Uint8Array).length ?? 0;
    else if (Array.isArray(value)) {
      bytes += value.length;
      if (bytes <= maxPayloadBytes) for (const item of value) open.push(item);
    } else if (isOpenObject(value)) {
      for (const name in value) {
        if (!Object.hasOwn(value, name)) continue;
        const item = (value as Record<string, unknown>)[name];
        if (item === undefined || typeof item === 'function' || typeof item === 'symbol') continue;
        // The name, two quotes, a colon, and at least one byte of the item.
        bytes += name.length + 4;
        if (bytes > maxPayloadBytes) return true;
        open.push(item);
      }
    }
    if (bytes > maxPayloadBytes) return true;
  }
  return false;
}

/**
 * An object whose properties JSON writes one by one, unlike one with `toJSON` or a boxed string.
 */
function isOpenObject(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof String) &&
    typeof (value as { toJSON?: unknown }).toJSON !== 'function'
  );
}
