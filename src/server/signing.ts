import { base64url, CompactSign } from 'jose';
import {
  jwkAliases,
  signingRequirements,
  type KeyRequirement,
  type SigningAlgorithm,
} from './keys/algorithms.js';
import { readHmacSecret } from './keys/hmac-secret.js';
import { readKeyId } from './keys/key-id.js';
import { readKey, type KeyInput } from './keys/key-source.js';
import { sharePending } from './share-pending.js';
import { callSignFunction, type SignFunction } from './sign-function.js';
import { foundName, kindOf } from './input/kind-of.js';
import { isRecord, optionError } from './input/option-error.js';
import { ownMembers, ownOptions } from './input/own-members.js';

/** How tokens are signed: one algorithm, one key. The key is in `key`, or elsewhere and used by `sign`. */
export type SigningOptions = KeySigningOptions | FunctionSigningOptions;

interface CommonSigningOptions {
  /**
   * Signature algorithm. Qualifio documents RS, ES and HS 256 to 512; PS and EdDSA are an extension,
   * so ask Qualifio before using them.
   */
  readonly alg: SigningAlgorithm;
  /** Key id, 1 to 64 of `A-Z a-z 0-9 . _ ~ -`. Qualifio requires it if keys come from a JWKS. */
  readonly kid?: string | undefined;
}

/** Signing with a key that the process has. */
export interface KeySigningOptions extends CommonSigningOptions {
  /**
   * Private key: PKCS#8 PEM text, a JWK (object or JSON text) or a `CryptoKey`. For HS algorithms, the
   * shared secret, a `Uint8Array` of at least 32, 48 or 64 random bytes; text, a key and repeated bytes
   * are refused. Copied when read.
   */
  readonly key: KeyInput | Uint8Array;
  readonly sign?: undefined;
}

/** Signing with a key that never leaves a KMS or an HSM. */
export interface FunctionSigningOptions extends CommonSigningOptions {
  /**
   * Signs `bytes`, the ASCII text `header.payload`, which is not hashed yet. Returns the signature as
   * JOSE has it: for ES, `r` and `s` of equal length, not DER. Called once for each token. If it throws,
   * takes longer than 5 seconds, or returns another length than `alg` has, the answer is 500 and
   * `onError` receives `SIGNING_FAILED` with a `reason`. It does not verify the signature.
   */
  readonly sign: SignFunction;
  readonly key?: undefined;
}

/** Turns a payload into a compact JWS. */
export type Signer = (payload: Uint8Array) => Promise<string>;

/**
 * Checks the signing options and returns the function that signs with them.
 * @throws {TypeError} naming `signing`, `signing.alg`, `signing.kid`, `signing.key` or `signing.sign`
 */
export function createSigner(signing: unknown): Signer {
  if (!isRecord(signing))
    throw optionError(
      'signing',
      `must be {alg, kid, key} or {alg, kid, sign}, not ${kindOf(signing)}`,
    );
  const given = ownOptions('signing.', signing, ['alg', 'kid', 'key', 'sign']);
  const { alg, requirement } = readSigningAlgorithm('signing.alg', given['alg']);
  const kid = readKeyId('signing.kid', given['kid']);
  const header = { alg, typ: 'JWT', ...(kid !== undefined && { kid }) };
  const { sign } = given;
  if (sign !== undefined) {
    if (typeof sign !== 'function') {
      throw optionError('signing.sign', `must be a function, not ${kindOf(sign)}`);
    }
    if (given['key'] !== undefined) {
      throw optionError('signing.sign', 'is set together with signing.key; remove one of them');
    }
    return signWith(sign as SignFunction, alg, header);
  }
  const importOnce = sharePending(readSigningKey(alg, requirement, given['key']));
  return async (payload) =>
    new CompactSign(payload).setProtectedHeader(header).sign(await importOnce());
}

/** A signer that makes the compact JWS around the signature of a publisher's function. */
function signWith(sign: SignFunction, alg: string, header: object): Signer {
  const protectedHeader = base64url.encode(JSON.stringify(header));
  return async (payload) => {
    const signed = `${protectedHeader}.${base64url.encode(payload)}`;
    const signature = await callSignFunction(sign, alg, new TextEncoder().encode(signed));
    return `${signed}.${base64url.encode(signature)}`;
  };
}

/**
 * The algorithm's name and what it requires of its key.
 * @throws {TypeError} naming `option`
 */
export function readSigningAlgorithm(
  option: string,
  alg: unknown,
): { alg: string; requirement: KeyRequirement } {
  const requirement = typeof alg === 'string' ? signingRequirements.get(alg) : undefined;
  if (typeof alg === 'string' && requirement) return { alg, requirement };
  const names = [...signingRequirements.keys()].join(', ');
  throw optionError(option, `must be one of ${names}, not ${foundName(alg)}`);
}

function readSigningKey(
  alg: string,
  requirement: KeyRequirement,
  key: unknown,
): () => Promise<CryptoKey | Uint8Array> {
  const option = 'signing.key';
  if (requirement.families.includes('oct')) {
    const secret = readHmacSecret(option, alg, requirement, key);
    const algorithm = ownMembers({ name: 'HMAC', hash: requirement.hash! });
    return () => crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  }
  const purpose = { alg, alias: jwkAliases.get(alg), use: 'sig', operations: ['sign'] } as const;
  return readKey(key, { option, requirement, role: 'private', purpose });
}
