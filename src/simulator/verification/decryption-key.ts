import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { checkKind } from './key-kind.js';

/** The key that decrypts a JWE: a private key, or the bytes of a symmetric one. */
export type DecryptionKey = KeyObject | Uint8Array;

/**
 * Reads the option `privateKey`: PEM text (PKCS8), or a JWK as JSON text or object.
 *
 * @throws TypeError naming `privateKey`, without any of its content.
 */
export function readDecryptionKey(given: unknown): DecryptionKey {
  const jwk = asJwk(given);
  if (jwk?.kty === 'oct') return symmetricBytes(jwk);
  let key: KeyObject;
  try {
    key = jwk ? createPrivateKey({ key: jwk, format: 'jwk' }) : createPrivateKey(String(given));
  } catch {
    throw new TypeError(
      'privateKey must be a private key as PEM text (PKCS8, -----BEGIN PRIVATE KEY-----, not encrypted) or as JWK',
    );
  }
  checkKind('privateKey', key, ['rsa', 'ec', 'x25519']);
  return key;
}

function asJwk(given: unknown): JsonWebKey | null {
  if (typeof given === 'object' && given !== null) return given as JsonWebKey;
  if (typeof given !== 'string') throw new TypeError('privateKey must be PEM text or a JWK');
  if (!given.trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(given) as JsonWebKey;
  } catch {
    throw new TypeError('privateKey looks like a JWK but is not valid JSON');
  }
}

/** Bytes of a key for A128KW to A256GCMKW, and for every `enc` with `dir`. */
const symmetricLengths = [16, 24, 32, 48, 64];

function symmetricBytes({ k }: JsonWebKey): Uint8Array {
  if (typeof k !== 'string' || !/^[A-Za-z0-9_-]+$/.test(k)) {
    throw new TypeError('privateKey is a symmetric JWK without its `k` in base64url');
  }
  const bytes = new Uint8Array(Buffer.from(k, 'base64url'));
  if (!symmetricLengths.includes(bytes.length)) {
    throw new TypeError(
      `privateKey is a symmetric JWK of ${bytes.length} bytes: give ${symmetricLengths.join(', ')}`,
    );
  }
  return bytes;
}
