import { base64url, importJWK, importPKCS8, importSPKI, type CryptoKey, type JWK } from 'jose';
import type { KeyRequirement } from './algorithms.js';
import { checkCryptoKey, isCryptoKey, readCryptoKey } from './crypto-key.js';
import { checkKeyFacts, type KeyRole } from './key-facts.js';
import { restoreKeyText } from './key-text.js';
import { readJwk, type JwkPurpose } from './jwk.js';
import { isEmpty, isRecord, optionError } from '../input/option-error.js';
import { ownMembers } from '../input/own-members.js';
import { readPem } from './pem.js';
import { refuseGuessable } from './shared-secret.js';

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
    checkKeyFacts(option, alg, requirement, role, readCryptoKey(value));
    checkCryptoKey(option, alg, requirement, value);
    return () => Promise.resolve(value);
  }
  const text = typeof value === 'string' ? restoreKeyText(option, value) : '';
  const jwkValue = text.startsWith('{') ? parseJwkText(option, text) : value;
  if (typeof jwkValue === 'string') {
    const pem = text;
    checkKeyFacts(option, alg, requirement, role, readPem(option, pem));
    return (options) =>
      role === 'private' ? importPKCS8(pem, alg, options) : importSPKI(pem, alg, options);
  }
  if (value === undefined) throw optionError(option, isEmpty);
  if (!isRecord(jwkValue) || ArrayBuffer.isView(jwkValue)) {
    throw optionError(option, `${alg} needs PEM text, a JWK or a CryptoKey`);
  }
  const { jwk, facts } = readJwk(option, ownMembers(jwkValue), purpose);
  checkKeyFacts(option, alg, requirement, role, facts);
  if (facts.family === 'oct') refuseGuessable(option, base64url.decode(jwk.k!));
  return (options) => importJWK(jwk, alg, options);
}

/** A secret store often returns a JWK as JSON text. */
function parseJwkText(option: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw optionError(option, 'the text looks like a JWK but is not valid JSON');
  }
}
