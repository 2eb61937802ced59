import { writePayload, type ClaimsFrame } from './claims.js';
import { createEncrypter } from './encryption.js';
import { readExpiresIn, readFunction, readIssuer } from './options.js';
import { participantClaims } from './participant.js';
import { createSigner } from './signing.js';
import { TokenError } from './token-error.js';

/** A token and its expiry time. */
export interface MadeToken {
  readonly token: string;
  /** `exp`, in seconds since the epoch. */
  readonly expiresAt: number;
}

function badNumbers(option: string): TokenError {
  const problem = `${option}: its numbers do not belong together; give the key as it was made`;
  return new TokenError('SIGNING_FAILED', problem);
}

/** Makes a token for a participant of the campaign with this technical ID, which the claim names. */
export type TokenMaker = (campaignId: string, participant: unknown) => Promise<MadeToken>;

/**
 * Checks the options that a token is made from. The keys are imported when the first token is made, not
 * here: some hosts allow no asynchronous work while a module is loaded.
 * @throws {TypeError} naming the option
 */
export function createTokenMaker(options: Readonly<Record<string, unknown>>): TokenMaker {
  const sign = createSigner(options['signing']);
  const encrypt =
    options['encryption'] === undefined ? undefined : createEncrypter(options['encryption']);
  const frame: ClaimsFrame = {
    issuer: readIssuer(options['issuer']),
    expiresIn: readExpiresIn(options['expiresIn']),
    clock: readFunction('clock', options['clock'], () => Date.now()),
  };
  return async (campaignId, participant) => {
    const { bytes, expiresAt } = writePayload(frame, campaignId, participantClaims(participant));
    const jws = await sign(bytes).catch((error: unknown) => {
      throw error instanceof TokenError ? error : badNumbers('signing.key');
    });
    if (!encrypt) return { token: jws, expiresAt };
    const token = await encrypt(jws).catch(() => {
      throw badNumbers('encryption.key');
    });
    return { token, expiresAt };
  };
}
