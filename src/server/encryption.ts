import { CompactEncrypt } from 'jose';
import {
  contentEncryptions,
  encryptionAlgorithms,
  encryptionRequirement,
  type ContentEncryption,
  type EncryptionAlgorithm,
  type KeyRequirement,
} from './keys/algorithms.js';
import { checkKeyFacts } from './keys/key-facts.js';
import { readKeyId } from './keys/key-id.js';
import { readKey, type KeyImport, type KeyInput } from './keys/key-source.js';
import { sharePending } from './share-pending.js';
import { foundName, kindOf } from './input/kind-of.js';
import { isEmpty, isRecord, optionError } from './input/option-error.js';
import { ownMembers, ownOptions } from './input/own-members.js';
import { refuseGuessable } from './keys/shared-secret.js';

/** How signed tokens are encrypted, so that only Qualifio can read the claims. */
export interface EncryptionOptions {
  /** How the content key reaches Qualifio. RSA1_5, RSA-OAEP with SHA-1 and PBES2 are not offered. */
  readonly alg: EncryptionAlgorithm;
  /** How the content is encrypted. */
  readonly enc: ContentEncryption;
  /**
   * Qualifio's public key: SPKI PEM text, a JWK (object or JSON text) or a `CryptoKey`. For A*KW,
   * A*GCMKW and `dir`, the shared AES key: a `Uint8Array`, an `oct` JWK or a `CryptoKey`. Text and
   * repeated bytes are refused; a `CryptoKey` cannot be checked for this.
   */
  readonly key: KeyInput | Uint8Array;
  /** Key id for the recipient, 1 to 64 of `A-Z a-z 0-9 . _ ~ -`. */
  readonly kid?: string | undefined;
}

/** Wraps a compact JWS into a compact JWE. */
export type Encrypter = (jws: string) => Promise<string>;

/**
 * Checks the encryption options and returns the function that encrypts with them.
 * @throws {TypeError} naming `encryption` or `encryption.alg`, `.enc`, `.kid`, `.key`
 */
export function createEncrypter(encryption: unknown): Encrypter {
  if (!isRecord(encryption))
    throw optionError('encryption', `must be {alg, enc, key, kid}, not ${kindOf(encryption)}`);
  const given = ownOptions('encryption.', encryption, ['alg', 'enc', 'key', 'kid']);
  const { alg, enc, key } = given;
  if (typeof enc !== 'string' || !contentEncryptions.includes(enc)) {
    throw optionError(
      'encryption.enc',
      `must be one of ${contentEncryptions.join(', ')}, not ${foundName(enc)}`,
    );
  }
  const requirement = typeof alg === 'string' ? encryptionRequirement(alg, enc) : undefined;
  if (typeof alg !== 'string' || !requirement) {
    throw optionError(
      'encryption.alg',
      `must be one of ${encryptionAlgorithms.join(', ')}, not ${foundName(alg)}`,
    );
  }
  const kid = readKeyId('encryption.kid', given['kid']);
  const header = { alg, enc, cty: 'JWT', ...(kid !== undefined && { kid }) };
  const importOnce = sharePending(readEncryptionKey(alg, enc, requirement, key));
  const encoder = new TextEncoder();
  return async (jws) =>
    new CompactEncrypt(encoder.encode(jws))
      .setProtectedHeader(header)
      // Without this, jose reads `epk` and `iv` from an ordinary object, and so from its prototype.
      .setKeyManagementParameters(ownMembers({}))
      .encrypt(await importOnce());
}

function readEncryptionKey(
  alg: string,
  enc: string,
  requirement: KeyRequirement,
  key: unknown,
): KeyImport {
  const option = 'encryption.key';
  const isShared = requirement.families.includes('oct');
  if (isShared && key instanceof Uint8Array) {
    if (key.length === 0) throw optionError(option, isEmpty);
    const facts = { role: 'secret', family: 'oct', bits: key.length * 8 } as const;
    checkKeyFacts(option, alg, requirement, 'secret', facts);
    const copy = new Uint8Array(key);
    refuseGuessable(option, copy);
    return () => Promise.resolve(copy);
  }
  const role = isShared ? 'secret' : 'public';
  // An ECDH public key has no operations, so its key_ops are not checked.
  const operations = requirement.usage === undefined ? [] : ['encrypt', 'wrapKey'];
  const jwkAlg = alg === 'dir' ? enc : alg;
  const purpose = { alg: jwkAlg, alias: alg, use: 'enc', operations } as const;
  return readKey(key, { option, requirement, role, purpose });
}
