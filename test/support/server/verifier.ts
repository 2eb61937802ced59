/**
 * A check of tokens that is independent of the code under test: jose, as strict as the threats
 * require. A forged token must not pass it.
 */
import { compactDecrypt, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';

export interface VerifierOptions {
  readonly keys: CryptoKey | Uint8Array | JWTVerifyGetKey;
  readonly algorithm: string;
  readonly issuer: string;
  readonly campaignId: string;
  readonly decryptionKey?: CryptoKey | Uint8Array;
  readonly now?: Date;
  readonly tolerance?: number;
}

export type Verifier = (token: string) => Promise<JWTPayload>;

/** Counts a `jti` once, by issuer and id: the text of a token can be varied without breaking it. */
export function createVerifier(options: VerifierOptions): Verifier {
  const seen = new Set<string>();
  return async (token) => {
    const jws = options.decryptionKey ? await decrypt(token, options.decryptionKey) : token;
    const check = {
      algorithms: [options.algorithm],
      issuer: options.issuer,
      typ: 'JWT',
      requiredClaims: ['sub', 'iat', 'nbf', 'exp', 'jti', 'campaignId'],
      clockTolerance: options.tolerance ?? 0,
      currentDate: options.now ?? new Date(),
    };
    const { payload } =
      typeof options.keys === 'function'
        ? await jwtVerify(jws, options.keys, check)
        : await jwtVerify(jws, options.keys, check);
    if (payload.exp! - payload.iat! > 600) throw new Error('lives too long');
    if (payload['campaignId'] !== options.campaignId) throw new Error('another campaign');
    const use = JSON.stringify([payload.iss, payload.jti]);
    if (seen.has(use)) throw new Error('used before');
    seen.add(use);
    return payload;
  };
}

async function decrypt(token: string, key: CryptoKey | Uint8Array): Promise<string> {
  const { plaintext, protectedHeader } = await compactDecrypt(token, key);
  if (protectedHeader.cty !== 'JWT') throw new Error('nothing signed inside');
  return new TextDecoder().decode(plaintext);
}
