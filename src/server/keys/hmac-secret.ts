import type { KeyRequirement } from './algorithms.js';
import { beginsWithKey } from './der.js';
import { kindOf } from '../input/kind-of.js';
import { isEmpty, optionError } from '../input/option-error.js';
import { ifText, refuseGuessable, trimmed, useRandom } from './shared-secret.js';

/**
 * A copy of an HMAC secret, so that later writes to the caller's array change nothing. A public key
 * used as the secret would let anyone forge tokens, so a key in any encoding is refused, and so is a
 * secret that can be guessed.
 * @throws {TypeError} naming `option`
 */
export function readHmacSecret(
  option: string,
  alg: string,
  { minBits = 0 }: KeyRequirement,
  secret: unknown,
): Uint8Array<ArrayBuffer> {
  if (secret === undefined || secret === '') throw optionError(option, isEmpty);
  const least = minBits / 8;
  if (!(secret instanceof Uint8Array)) {
    const wanted = `must be a Uint8Array of ${least} or more random bytes for ${alg}`;
    throw optionError(option, `${wanted}, not ${kindOf(secret)}${ifText(secret)}`);
  }
  if (secret.length === 0) throw optionError(option, isEmpty);
  if (secret.length < least) {
    const problem = `must have at least ${least} bytes for ${alg}, not ${secret.length}`;
    throw optionError(option, `${problem}; ${useRandom(least)}`);
  }
  const copy = new Uint8Array(secret);
  const disguise = findDisguise(copy);
  if (disguise) throw optionError(option, `the secret is ${disguise}; ${useRandom(copy.length)}`);
  refuseGuessable(option, copy);
  return copy;
}

/** Bytes that may come before a key: white space, control characters, zeros. */
const isBlank = (byte: number): boolean => byte <= 0x20 || byte === 0x7f;

const sshKey = /ssh-(?:rsa|dss|ed25519|ed448)|ecdsa-sha2-/;

/** UTF-16 hides a key from these patterns; {@link refuseGuessable} refuses it as text. */
function findDisguise(bytes: Uint8Array): string | null {
  const start = bytes.findIndex((byte) => !isBlank(byte));
  if (beginsWithKey(bytes.subarray(start))) return 'a key in DER';
  const text = trimmed(new TextDecoder().decode(bytes));
  if (text.includes('-----BEGIN ')) return 'a key as text';
  // A line of ssh-keygen, or the bytes that its base64 encodes.
  if (sshKey.test(text)) return 'an SSH key';
  if (/\{[^]*"kty"/.test(text)) return 'a JWK';
  if (isBase64OfDer(text)) return 'a key in base64';
  return null;
}

function isBase64OfDer(text: string): boolean {
  if (!/^[A-Za-z0-9+/=\s]+$/.test(text)) return false;
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s/g, '')), (char) => char.charCodeAt(0));
    return beginsWithKey(bytes);
  } catch {
    return false;
  }
}
