import type { Curve } from './curves.js';
import { ownMembers } from '../input/own-members.js';

/** Signature algorithms. Qualifio documents RS, ES and HS; PS and EdDSA are an extension. */
export type SigningAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'HS256'
  | 'HS384'
  | 'HS512'
  | 'EdDSA';

/** Ways to send Qualifio the content key of an encrypted token. */
export type EncryptionAlgorithm =
  | 'RSA-OAEP-256'
  | 'RSA-OAEP-384'
  | 'RSA-OAEP-512'
  | 'ECDH-ES'
  | 'ECDH-ES+A128KW'
  | 'ECDH-ES+A192KW'
  | 'ECDH-ES+A256KW'
  | 'A128KW'
  | 'A192KW'
  | 'A256KW'
  | 'A128GCMKW'
  | 'A192GCMKW'
  | 'A256GCMKW'
  | 'dir';

/** Content encryption of an encrypted token. */
export type ContentEncryption = 'A128GCM' | 'A192GCM' | 'A256GCM';

/** The usages that a `CryptoKey` may need; named here so that users need no DOM types. */
type Usage = 'sign' | 'encrypt' | 'wrapKey';

/** Key families, by their JWK `kty`. */
export type KeyFamily = 'RSA' | 'EC' | 'OKP' | 'oct';

/** Web Crypto's names of algorithms, and the families of their keys. */
const webCrypto = {
  'RSASSA-PKCS1-v1_5': 'RSA',
  'RSA-PSS': 'RSA',
  'RSA-OAEP': 'RSA',
  ECDSA: 'EC',
  ECDH: 'EC',
  Ed25519: 'OKP',
  X25519: 'OKP',
  'AES-KW': 'oct',
  'AES-GCM': 'oct',
} as const satisfies Readonly<Record<string, KeyFamily>>;

type WebCryptoName = keyof typeof webCrypto;

/** The family of a key, by Web Crypto's name of its algorithm. */
export const webCryptoFamilies: ReadonlyMap<string, KeyFamily> = new Map(Object.entries(webCrypto));

/** What an algorithm requires of its key. */
export interface KeyRequirement {
  /** Families that fit; `oct` is a shared secret. */
  readonly families: readonly KeyFamily[];
  /** Curves that fit, for `EC` and `OKP`. */
  readonly curves?: readonly string[];
  /** Minimum bits of an RSA modulus or of an HMAC secret. */
  readonly minBits?: number;
  /** Exact bits of an AES key. */
  readonly bits?: number;
  /** Web Crypto's name of the algorithm, for a `CryptoKey`. */
  readonly names: readonly string[];
  /** Web Crypto's name of the hash, for a `CryptoKey`. */
  readonly hash?: string;
  /** The usage that a `CryptoKey` must allow. */
  readonly usage?: Usage;
}

const minRsaBits = 2048;

const rsa = (name: WebCryptoName, bits: number, usage: Usage): KeyRequirement =>
  ownMembers<KeyRequirement>({
    families: ['RSA'],
    minBits: minRsaBits,
    names: [name],
    hash: `SHA-${bits}`,
    usage,
  });

const ecdsa = (curve: Curve): KeyRequirement =>
  ownMembers<KeyRequirement>({
    families: ['EC'],
    curves: [curve],
    names: ['ECDSA'],
    usage: 'sign',
  });

const hmac = (bits: number): KeyRequirement =>
  ownMembers<KeyRequirement>({
    families: ['oct'],
    minBits: bits,
    names: [],
    hash: `SHA-${bits}`,
  });

const ed25519 = ownMembers<KeyRequirement>({
  families: ['OKP'],
  curves: ['Ed25519'] satisfies Curve[],
  names: ['Ed25519'],
  usage: 'sign',
});

const ecdh = ownMembers<KeyRequirement>({
  families: ['EC', 'OKP'],
  curves: ['P-256', 'P-384', 'P-521', 'X25519'] satisfies Curve[],
  names: ['ECDH', 'X25519'],
});

const aes = (bits: number, name: WebCryptoName, usage: Usage): KeyRequirement =>
  ownMembers<KeyRequirement>({
    families: ['oct'],
    bits,
    names: [name],
    usage,
  });

/** What each signature algorithm requires of its key. */
export const signingRequirements: ReadonlyMap<string, KeyRequirement> = byName<
  SigningAlgorithm,
  KeyRequirement
>({
  RS256: rsa('RSASSA-PKCS1-v1_5', 256, 'sign'),
  RS384: rsa('RSASSA-PKCS1-v1_5', 384, 'sign'),
  RS512: rsa('RSASSA-PKCS1-v1_5', 512, 'sign'),
  PS256: rsa('RSA-PSS', 256, 'sign'),
  PS384: rsa('RSA-PSS', 384, 'sign'),
  PS512: rsa('RSA-PSS', 512, 'sign'),
  ES256: ecdsa('P-256'),
  ES384: ecdsa('P-384'),
  ES512: ecdsa('P-521'),
  HS256: hmac(256),
  HS384: hmac(384),
  HS512: hmac(512),
  EdDSA: ed25519,
});

/** Bytes of the shortest and the longest signature; for RSA, keys of 2,048 to 16,384 bits. */
export const signatureBytes: ReadonlyMap<string, readonly [number, number]> = byName<
  SigningAlgorithm,
  readonly [number, number]
>({
  RS256: [256, 2048],
  RS384: [256, 2048],
  RS512: [256, 2048],
  PS256: [256, 2048],
  PS384: [256, 2048],
  PS512: [256, 2048],
  ES256: [64, 64],
  ES384: [96, 96],
  ES512: [132, 132],
  HS256: [32, 32],
  HS384: [48, 48],
  HS512: [64, 64],
  EdDSA: [64, 64],
});

/** Signature algorithms that Qualifio does not document. */
export const undocumented: ReadonlySet<string> = new Set<SigningAlgorithm>([
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
]);

/** Names that web crypto writes into a JWK instead of JOSE's. */
export const jwkAliases: ReadonlyMap<string, string> = new Map<SigningAlgorithm, string>([
  ['EdDSA', 'Ed25519'],
]);

/** Bits of the content key. */
const contentBits = byName<ContentEncryption, number>({
  A128GCM: 128,
  A192GCM: 192,
  A256GCM: 256,
});

/** What each algorithm requires of its key; that of `dir` depends on the bits of the content key. */
const keyManagement = byName<
  EncryptionAlgorithm,
  KeyRequirement | ((contentBits: number) => KeyRequirement)
>({
  'RSA-OAEP-256': rsa('RSA-OAEP', 256, 'encrypt'),
  'RSA-OAEP-384': rsa('RSA-OAEP', 384, 'encrypt'),
  'RSA-OAEP-512': rsa('RSA-OAEP', 512, 'encrypt'),
  'ECDH-ES': ecdh,
  'ECDH-ES+A128KW': ecdh,
  'ECDH-ES+A192KW': ecdh,
  'ECDH-ES+A256KW': ecdh,
  A128KW: aes(128, 'AES-KW', 'wrapKey'),
  A192KW: aes(192, 'AES-KW', 'wrapKey'),
  A256KW: aes(256, 'AES-KW', 'wrapKey'),
  A128GCMKW: aes(128, 'AES-GCM', 'encrypt'),
  A192GCMKW: aes(192, 'AES-GCM', 'encrypt'),
  A256GCMKW: aes(256, 'AES-GCM', 'encrypt'),
  dir: (bits) => aes(bits, 'AES-GCM', 'encrypt'),
});

export const encryptionAlgorithms: readonly string[] = [...keyManagement.keys()];
export const contentEncryptions: readonly string[] = [...contentBits.keys()];

/** What `alg` requires of its key; undefined if there is no such `alg`, or no such `enc`. */
export function encryptionRequirement(alg: string, enc: string): KeyRequirement | undefined {
  const requirement = keyManagement.get(alg);
  const bits = contentBits.get(enc);
  if (typeof requirement !== 'function') return requirement;
  return bits === undefined ? undefined : requirement(bits);
}

/**
 * Makes a map from a table with every name: look-ups in a record would also find properties of its
 * prototype.
 */
function byName<Name extends string, Value>(
  table: Readonly<Record<Name, Value>>,
): ReadonlyMap<string, Value> {
  return new Map(Object.entries(table) as [Name, Value][]);
}
