import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { kindOf } from '../model/worded.js';
import { checkKind } from './key-kind.js';
import { keyText, keyTextFault } from './key-text.js';

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
    throw new TypeError(`privateKey ${jwk ? jwkFault(jwk) : pemFault(String(given))}`);
  }
  checkKind('privateKey', key, ['rsa', 'ec', 'x25519']);
  return key;
}

function asJwk(given: unknown): JsonWebKey | null {
  if (kindOf(given) === 'an object') return given as JsonWebKey;
  const text = keyText('privateKey', given, 'PRIVATE KEY');
  if (!text.trimStart().startsWith('{')) return null;
  try {
    return JSON.parse(text) as JsonWebKey;
  } catch {
    throw new TypeError('privateKey looks like a JWK but is not valid JSON; give all of it');
  }
}

function jwkFault(jwk: JsonWebKey): string {
  if ('keys' in jwk) return 'is a JWK set; give one of its keys';
  if (jwk.d === undefined) return 'is a JWK without its private part `d`; use the private JWK';
  return 'is a JWK that cannot be read; give it as it was made';
}

function pemFault(text: string): string {
  return /-----BEGIN ([A-Z]+ )?PUBLIC KEY-----/.test(text)
    ? 'must be a private key, not a public one; use the private key of the pair'
    : keyTextFault(text, 'PRIVATE KEY');
}

/** Bytes of a key for A128KW to A256GCMKW, and for every `enc` with `dir`. */
const symmetricLengths = [16, 24, 32, 48, 64];

function symmetricBytes({ k }: JsonWebKey): Uint8Array {
  if (typeof k !== 'string' || !/^[A-Za-z0-9_-]+$/.test(k)) {
    throw new TypeError(
      'privateKey is a symmetric JWK without its `k` in base64url; give it as it was made',
    );
  }
  const bytes = new Uint8Array(Buffer.from(k, 'base64url'));
  if (!symmetricLengths.includes(bytes.length)) {
    throw new TypeError(
      `privateKey is a symmetric JWK of ${bytes.length} bytes; give one of ${symmetricLengths.join(', ')} bytes`,
    );
  }
  return bytes;
}
