// How signatures are checked: with the publisher's JWKS, its public key or a shared secret. Without
// these, with a temporary pair, whose private key signs tokens for first steps.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { createLocalJWKSet } from 'jose';
import { publicKeyAlgorithms, secretAlgorithms } from './algorithms.js';
import { checkKind } from './key-kind.js';
import { JwksSource } from './jwks-source.js';
import { keyText, keyTextFault } from './key-text.js';
import type { KeyLookup } from './key-lookup.js';
import { throwAwayPair, type ThrowAwayPair } from './throw-away-pair.js';
import { kindOf, worded } from '../model/worded.js';

export interface VerificationKey {
  /** Signature algorithms that this kind of key works with. */
  readonly algorithms: readonly string[];
  /** Keys of a set are identified by `kid`, so a token must name one. */
  readonly needsKid: boolean;
  readonly lookup: KeyLookup;
  /** Why the key is not available right now, for people; `null` if it is. */
  readonly complaint?: () => Promise<string | null>;
  /** Present only if no key was given. */
  readonly throwAway?: ThrowAwayPair;
}

/** @throws TypeError naming `jwks`. */
export function jwksKey(jwks: unknown, closing: AbortSignal): VerificationKey {
  const source = new JwksSource(httpUrl('jwks', jwks), closing);
  return {
    algorithms: publicKeyAlgorithms,
    needsKid: true,
    lookup: source.lookup,
    complaint: () => source.complaint(),
  };
}

/** @throws TypeError naming `publicKey`. */
export function publicKeyKey(given: unknown): VerificationKey {
  const pem = keyText('publicKey', given, 'PUBLIC KEY');
  // createPublicKey also accepts a private key, which the publisher must not share.
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    throw new TypeError('publicKey is a private key: use the public key, and keep this one secret');
  }
  if (pem.trimStart().startsWith('{')) {
    throw new TypeError(
      'publicKey is a JWK or a JWKS; publish it as a JWKS, {"keys": […]}, and set `jwks` to its URL, or give PEM text',
    );
  }
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw new TypeError(`publicKey ${keyTextFault(pem, 'PUBLIC KEY')}`);
  }
  checkKind('publicKey', key, ['rsa', 'ec', 'ed25519']);
  return { algorithms: publicKeyAlgorithms, needsKid: false, lookup: () => Promise.resolve(key) };
}

/** Bytes that HS256 needs, by RFC 7518. */
const shortestSecret = 32;

/** @throws TypeError naming `secret`. */
export function secretKey(secret: unknown): VerificationKey {
  if (!(secret instanceof Uint8Array)) {
    const fix = "if it is base64, give Buffer.from(text, 'base64')";
    const hint = typeof secret === 'string' ? `; ${fix}` : '';
    throw new TypeError(`secret must be a Uint8Array, not ${kindOf(secret)}${hint}`);
  }
  if (secret.length < shortestSecret) {
    throw new TypeError(
      `secret has ${secret.length} bytes, and HS256 needs ${shortestSecret} or more: use the bytes that you share with Qualifio`,
    );
  }
  if (new TextDecoder('latin1').decode(secret).includes('-----BEGIN ')) {
    throw new TypeError('secret is PEM text: set it as `publicKey`, or use the shared bytes');
  }
  const bytes = new Uint8Array(secret);
  return { algorithms: secretAlgorithms, needsKid: false, lookup: () => Promise.resolve(bytes) };
}

/** A key to use until the publisher has one. */
export function throwAwayKey(): VerificationKey {
  const throwAway = throwAwayPair();
  return {
    algorithms: publicKeyAlgorithms,
    needsKid: true,
    lookup: async (header, input) => createLocalJWKSet(await throwAway.jwks())(header, input),
    throwAway,
  };
}

/** @throws TypeError naming the option. */
export function httpUrl(option: string, value: unknown): URL {
  const text = value instanceof URL ? value.href : value;
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const wanted = 'an http or https URL, such as http://localhost:3000/path';
    // What stands before an @ may be a password.
    const found = url?.protocol ?? (String(text).includes('@') ? 'other text' : worded(text));
    throw new TypeError(`${option} must be ${wanted}, not ${found}`);
  }
  // fetch refuses such a URL, and its error message contains the password.
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(`${option} must be a URL without a user name and password; remove them`);
  }
  return url;
}
