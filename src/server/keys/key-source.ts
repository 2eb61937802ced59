import { base64url, importJWK, importPKCS8, importSPKI, type CryptoKey, type JWK } from 'jose';
import type { KeyRequirement } from './algorithms.js';
import { checkCryptoKey, isCryptoKey, readCryptoKey } from './crypto-key.js';
import { checkKeyFacts, type KeyRole } from './key-facts.js';
import { restoreKeyText } from './key-text.js';
import { readJwk, type JwkPurpose } from './jwk.js';
import { kindOf } from '../input/kind-of.js';
import { isEmpty, isRecord, optionError } from '../input/option-error.js';
import { ownMembers } from '../input/own-members.js';
import { readPem } from './pem.js';
import { ifText, refuseGuessable } from './shared-secret.js';

/**
 * A key as text (PEM, or a JWK as JSON), as a JWK object, or as a web `CryptoKey`. Text may be as an
 * environment variable has it: in base64, in quotes, or with `\\n` for its line breaks.
 */
export type KeyInput = string | JWK | CryptoKey;

/** Makes the usable key; asynchronous because web crypto's import is. */
export type KeyImport = (options?: { extractable?: boolean }) => Promise<CryptoKey | Uint8Array>;

/** The requirements for a key. */
export interface KeyDemand {
  readonly option: string;
  readonly requirement: KeyRequirement;
  readonly role: KeyRole;
  readonly purpose: JwkPurpose;
}

/**
 * Checks a key against its algorithm immediately, and returns the import, which can run only later.
 * @throws {TypeError} naming the option
 */
export function readKey(value: unknown, demand: KeyDemand): KeyImport {
  const { option, requirement, role, purpose } = demand;
  const { alg } = purpose;
  if (isCryptoKey(value)) {
    const facts = readCryptoKey(option, requirement, value);
    checkKeyFacts(option, alg, requirement, role, facts);
    checkCryptoKey(option, alg, requirement, value);
    return () => Promise.resolve(value);
  }
  const text = typeof value === 'string' ? restoreKeyText(option, value) : '';
  const jwkValue = text.startsWith('{') ? parseJwkText(option, text) : value;
  if (typeof jwkValue === 'string' && role !== 'secret') {
    const pem = text;
    checkKeyFacts(option, alg, requirement, role, readPem(option, pem, role, alg));
    return (options) =>
      role === 'private' ? importPKCS8(pem, alg, options) : importSPKI(pem, alg, options);
  }
  if (value === undefined) throw optionError(option, isEmpty);
  if (!isRecord(jwkValue) || !('kty' in jwkValue)) {
    const form = role === 'secret' ? 'a Uint8Array, an oct JWK' : 'PEM text, a JWK';
    const problem = `must be ${form} or a CryptoKey, not ${kindOf(jwkValue)}`;
    throw optionError(option, problem + wayFrom(jwkValue, role));
  }
  const { jwk, facts } = readJwk(option, ownMembers(jwkValue), purpose);
  checkKeyFacts(option, alg, requirement, role, facts);
  if (facts.family === 'oct') refuseGuessable(option, base64url.decode(jwk.k!));
  return (options) => importJWK(jwk, alg, options);
}

/** How to get a key from a value that has or encodes one. */
function wayFrom(value: unknown, role: KeyRole): string {
  if (role === 'secret') return ifText(value);
  if (ArrayBuffer.isView(value)) return '; give the text of the file, not its bytes';
  if (!isRecord(value)) return '';
  if (Array.isArray(value['keys'])) return '; it is a JWK set: give one of its keys';
  return typeof value['export'] === 'function' ? "; give key.export({ format: 'jwk' })" : '';
}

/** A secret store often returns a JWK as JSON text. */
function parseJwkText(option: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw optionError(option, 'begins as a JWK but is not valid JSON; give all of it');
  }
}
