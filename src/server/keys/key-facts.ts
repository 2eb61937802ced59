import { getAnother } from './another-key.js';
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

/**
 * Refuses the other key of the pair.
 * @throws {TypeError} naming `option`
 */
export function checkRole(option: string, wanted: KeyRole, given: KeyRole): void {
  if (given === wanted) return;
  throw optionError(option, `must be the ${wanted} key of the pair, not the ${given} key`);
}

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
    throw optionError(option, `must be ${wanted} for ${alg}, not ${familyNames[facts.family]}`);
  }
  checkRole(option, role, facts.role);
  if (curves && !curves.includes(facts.curve ?? '')) {
    throw optionError(
      option,
      `must be on the curve ${curves.join(' or ')} for ${alg}, not on ${facts.curve}`,
    );
  }
  const size = facts.bits ?? 0;
  if (minBits !== undefined && size < minBits) {
    const problem = `must have at least ${minBits} bits for ${alg}, not ${size}`;
    throw optionError(option, `${problem}; ${getAnother(alg)}`);
  }
  if (bits !== undefined && size !== bits) {
    throw optionError(option, `must have exactly ${bits} bits for ${alg}, not ${size}`);
  }
}
