import { createHash } from 'node:crypto';
import type { Json } from './token-format.js';
import { TokenFault } from './verdict.js';

/** What claims are checked against. */
export interface ClaimsContext {
  /** The number in the campaign's div id. */
  readonly tag: string;
  /** The campaign that the tag belongs to; `undefined` accepts any. */
  readonly expected: string | undefined;
  /** The verifier's clock, seconds since the epoch. */
  readonly now: number;
  /** Tolerance for `exp` and `nbf`, in seconds. */
  readonly tolerance: number;
}

const unknown = (reason: string) => new TokenFault('UNKNOWN', reason);

/** @throws TokenFault for the first claim that is wrong. */
export function checkClaims(claims: Json, context: ClaimsContext): void {
  const { tag, expected, now, tolerance } = context;
  const exp = numericDate(claims, 'exp');
  if (exp !== null && exp <= now - tolerance) {
    throw new TokenFault('TOKEN_EXPIRED', `\`exp\` is ${Math.round(now - exp)} s past`);
  }
  const nbf = numericDate(claims, 'nbf');
  if (nbf !== null && nbf > now + tolerance) {
    throw unknown(`\`nbf\` is ${Math.round(nbf - now)} s ahead`);
  }
  if (claims['campaignId'] === undefined) throw unknown('`campaignId` is missing');
  const claimed = readCampaignId(claims);
  if (claimed === null) {
    throw unknown('`campaignId` is not a campaign ID, which is a number');
  }
  if (expected !== undefined && claimed !== expected) {
    const why = claimed === tag ? '; the tag number is not the campaign ID' : '';
    throw unknown(`\`campaignId\` is ${claimed}, expected ${expected} for tag ${tag}${why}`);
  }
  const { sub } = claims;
  if (sub === undefined) throw unknown('`sub` is missing');
  if (typeof sub !== 'string' || sub === '') throw unknown('`sub` is empty, or not text');
}

/**
 * The campaign that a token names: digits, as text or as a number. `null` if it names none.
 */
export function readCampaignId({ campaignId }: Json): string | null {
  const text = Number.isSafeInteger(campaignId) ? String(campaignId) : campaignId;
  return typeof text === 'string' && /^\d{1,40}$/.test(text) ? text : null;
}

function numericDate(claims: Json, name: 'exp' | 'nbf'): number | null {
  const value = claims[name];
  if (value === undefined) return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw unknown(`\`${name}\` is not a number of seconds`);
  }
  return value;
}

// A simulator that runs for days forgets the oldest: it does not find a replay after 10,000 plays.
const longest = 10_000;

/**
 * Remembers which tokens were used. By issuer and `jti`, not by the token's
 * text: the last base64url character of a signature can be written in several ways.
 */
export class UsedTokens {
  readonly #used = new Set<string>();

  /**
   * @returns a function that undoes the use, for a token that is refused later.
   * @throws TokenFault for a `jti` that was used before. A token without one is not counted.
   */
  use({ iss, jti }: Json): () => void {
    if (jti === undefined) return () => undefined;
    const key = createHash('sha256')
      .update(JSON.stringify([iss, jti]))
      .digest('base64url');
    if (this.#used.has(key))
      throw unknown('it was used before, and tokens are accepted only once (--one-use)');
    this.#used.add(key);
    const [oldest] = this.#used;
    if (this.#used.size > longest) this.#used.delete(oldest ?? '');
    return () => void this.#used.delete(key);
  }

  clear(): void {
    this.#used.clear();
  }
}
