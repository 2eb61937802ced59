import { getAnother } from './another-key.js';
import { bitLength } from './der.js';

/** An exponent of 1 would make every signature the message itself. */
export function isRsaExponent(bytes: Uint8Array): boolean {
  return bitLength(bytes) >= 2 && (bytes.at(-1)! & 1) === 1;
}

/** The problem text for a key without such an exponent. */
export const badExponent = (alg: string): string =>
  `has a public exponent that is not an odd number greater than 1; ${getAnother(alg)}`;
