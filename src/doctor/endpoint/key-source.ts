import { createPublicKey, type KeyObject } from 'node:crypto';
import { importJWK, type JWK } from 'jose';

/** Where the keys for signatures come from; null if there are none. */
export type KeySource =
  /** `age` is how many seconds a cache has had the JWKS; 0 if none has. */
  | { readonly kind: 'jwks'; readonly keys: readonly JWK[]; readonly age: number }
  | { readonly kind: 'key'; readonly key: KeyObject | Uint8Array }
  /** `why` there are no keys. */
  | { readonly kind: 'none'; readonly why: string };

/** Words for a JWKS that a cache has had for some seconds; empty if none has. */
export function cacheNote(age: number): string {
  return age > 0 ? `; a cache has had the JWKS for ${age} s` : '';
}

/** A public key as PEM (key or certificate) or JWK; throws if it is neither. */
export function readPublicKey(text: string): KeyObject {
  return text.trimStart().startsWith('{')
    ? createPublicKey({ key: JSON.parse(text) as JWK, format: 'jwk' })
    : createPublicKey(text);
}

/** The public part of a JWK, for an algorithm; what the key says of its use is checked apart. */
export async function importKey(
  jwk: JWK,
  alg: string,
): Promise<Awaited<ReturnType<typeof importJWK>>> {
  const { kty, crv, n, e, x, y, k } = jwk;
  const own = Object.entries({ kty, crv, n, e, x, y, k }).filter(
    ([, value]) => value !== undefined,
  );
  return importJWK(Object.fromEntries(own) as JWK, alg);
}
