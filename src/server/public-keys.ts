import { exportJWK, type JWK } from 'jose';
import { jwkAliases, type KeyRequirement, type SigningAlgorithm } from './keys/algorithms.js';
import { isCryptoKey } from './keys/crypto-key.js';
import { publicMembers } from './keys/jwk.js';
import { restoreKeyText } from './keys/key-text.js';
import { readKeyId } from './keys/key-id.js';
import { readKey, type KeyInput } from './keys/key-source.js';
import { found, kindOf } from './input/kind-of.js';
import { isRecord, optionError } from './input/option-error.js';
import { ownMembers, ownOptions } from './input/own-members.js';
import { readSigningAlgorithm } from './signing.js';

/** A key that verifies your tokens. */
export interface PublishedKey {
  /** The algorithm that the key signs with; HS algorithms have no public key and are refused. */
  readonly alg: SigningAlgorithm;
  /** Key id, as in `signing.kid`; required if there is more than one key. */
  readonly kid?: string | undefined;
  /** Public key, or the private key, of which only the public part is published. */
  readonly key: KeyInput;
}

/**
 * Checks the keys and returns the function that makes their public JWKs.
 * @throws {TypeError} naming `keys`, or a key's property: `keys[0].key`
 */
export function readPublishedKeys(keys: unknown): () => Promise<JWK[]> {
  if (!Array.isArray(keys) || keys.length === 0) {
    const given = Array.isArray(keys) ? 'an empty one' : found(keys);
    throw optionError('keys', `must be a list of at least one {alg, kid, key}, not ${given}`);
  }
  const seen = new Set<string>();
  const exports = keys.map((entry: unknown, index) => {
    const option = `keys[${index}]`;
    if (!isRecord(entry))
      throw optionError(option, `must be {alg, kid, key}, not ${kindOf(entry)}`);
    const given = ownOptions(`${option}.`, entry, ['alg', 'kid', 'key']);
    const kid = readKeyId(`${option}.kid`, given['kid']);
    if (kid === undefined && keys.length > 1) {
      throw optionError(`${option}.kid`, 'is missing; with several keys, each needs one');
    }
    if (kid !== undefined && seen.has(kid)) {
      throw optionError(`${option}.kid`, 'is also that of a key before it; give each its own');
    }
    if (kid !== undefined) seen.add(kid);
    const { alg, requirement } = readSigningAlgorithm(`${option}.alg`, given['alg']);
    if (requirement.families.includes('oct')) {
      throw optionError(
        `${option}.alg`,
        `${alg} has no public key; remove this entry: a secret is never published`,
      );
    }
    const read = readExport(`${option}.key`, alg, requirement, given['key']);
    return async (): Promise<JWK> => ({
      ...publicMembers(await read()),
      ...(kid !== undefined && { kid }),
      alg,
      use: 'sig',
    });
  });
  return () => Promise.all(exports.map((read) => read()));
}

function readExport(
  option: string,
  alg: string,
  requirement: KeyRequirement,
  given: unknown,
): () => Promise<JWK> {
  const key = typeof given === 'string' ? restoreKeyText(option, given) : given;
  const role = isPrivate(key) ? 'private' : 'public';
  if (isCryptoKey(key) && !key.extractable) {
    throw optionError(
      option,
      'is a CryptoKey that is not extractable; give the public key as PEM text',
    );
  }
  const { usage: _, ...demanded } = requirement;
  const requirementOfAny = ownMembers(demanded);
  const purpose = {
    alg,
    alias: jwkAliases.get(alg),
    use: 'sig',
    operations: ['verify', 'sign'],
  } as const;
  const importKey = readKey(key, { option, requirement: requirementOfAny, role, purpose });
  return async () => exportJWK(await importKey({ extractable: true }));
}

function isPrivate(key: unknown): boolean {
  if (isCryptoKey(key)) return key.type === 'private';
  if (typeof key === 'string') return /PRIVATE KEY-----|"d"\s*:/.test(key);
  return isRecord(key) && Object.hasOwn(key, 'd') && key['d'] !== undefined;
}
