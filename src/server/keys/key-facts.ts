import type { KeyFamily, KeyRequirement } from './algorithms.js';
import { optionError } from '../input/option-error.js';

/** Whether a key signs and decrypts, verifies and encrypts, or is shared. */
export type KeyRole = 'private' | 'public' | 'secret';

/** What can be found out about a key without using it. */
export interface KeyFacts {
  readonly role: KeyRole;
  readonly family: KeyFamily;
  /** Bits of an RSA modulus or of a secret. */
  readonly bits?: number;
  /** Curve, for `EC` and `OKP`, by its JWK name. */
  readonly curve?: string;
}

const familyNames: Readonly<Record<KeyFamily, string>> = {
  RSA: 'an RSA key',
  EC: 'an elliptic curve key',
  OKP: 'an Edwards or Montgomery curve key',
  oct: 'a secret',
};

const wrongRole: Readonly<Record<KeyRole, string>> = {
  private: 'this is a public key; use the private key of the pair',
  public: 'this is a private key; use the public key of the pair',
  secret: 'must be the shared secret as a Uint8Array',
};

/**
 * Refuses a key that does not fit its algorithm.
 * @throws {TypeError} naming `option`
 */
export function checkKeyFacts(
  option: string,
  alg: string,
  requirement: KeyRequirement,
  role: KeyRole,
  facts: KeyFacts,
): void {
  const { families, curves, bits, minBits } = requirement;
  if (!families.includes(facts.family)) {
    const wanted = families.map((family) => familyNames[family]).join(' or ');
    throw optionError(option, `${alg} needs ${wanted}, but this is ${familyNames[facts.family]}`);
  }
  if (facts.role !== role) throw optionError(option, wrongRole[role]);
  if (curves && !curves.includes(facts.curve ?? '')) {
    throw optionError(
      option,
      `${alg} needs curve ${curves.join(' or ')}, but this is ${facts.curve}`,
    );
  }
  const size = facts.bits ?? 0;
  if (minBits !== undefined && size < minBits) {
    throw optionError(option, `${alg} needs at least ${minBits} bits, but this key has ${size}`);
  }
  if (bits !== undefined && size !== bits) {
    throw optionError(option, `${alg} needs exactly ${bits} bits, but this key has ${size}`);
  }
}
