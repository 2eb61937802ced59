import { webCryptoFamilies, type KeyRequirement } from './algorithms.js';
import type { KeyFacts } from './key-facts.js';
import { optionError } from '../input/option-error.js';

/** Whether a value is a web `CryptoKey`, of this realm or another. */
export function isCryptoKey(value: unknown): value is CryptoKey {
  return Object.prototype.toString.call(value) === '[object CryptoKey]';
}

/**
 * The facts about a `CryptoKey`, read from its properties.
 * @throws {TypeError} naming `option` if it was made for another algorithm
 */
export function readCryptoKey(
  option: string,
  { names }: KeyRequirement,
  { type, algorithm }: CryptoKey,
): KeyFacts {
  const { name, modulusLength, namedCurve, length } = algorithm as KeyAlgorithm &
    Partial<RsaHashedKeyAlgorithm & EcKeyAlgorithm & AesKeyAlgorithm>;
  const family = webCryptoFamilies.get(name);
  if (family === undefined || !names.includes(name)) {
    throw optionError(option, `must be a CryptoKey for ${names.join(' or ')}, not for ${name}`);
  }
  if (family === 'RSA') return { role: type, family, bits: modulusLength ?? 0 };
  if (family === 'EC') return { role: type, family, curve: namedCurve ?? 'an unknown curve' };
  if (family === 'OKP') return { role: type, family, curve: name };
  return { role: type, family, bits: length ?? 0 };
}

/**
 * Refuses a `CryptoKey` that was made for another hash or usage: web crypto fixes these
 * when a key is made, and would fail only for the first participant.
 * @throws {TypeError} naming `option`
 */
export function checkCryptoKey(
  option: string,
  alg: string,
  { hash, usage }: KeyRequirement,
  key: CryptoKey,
): void {
  const { hash: keyHash } = key.algorithm as KeyAlgorithm & Partial<RsaHashedKeyAlgorithm>;
  if (hash !== undefined && keyHash?.name !== hash) {
    throw optionError(option, `must be a CryptoKey with ${hash} for ${alg}, not ${keyHash?.name}`);
  }
  if (usage !== undefined && !key.usages.includes(usage)) {
    const given = key.usages.join(', ') || 'nothing';
    throw optionError(option, `must be a CryptoKey that may ${usage}, not only ${given}`);
  }
}
