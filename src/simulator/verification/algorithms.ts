// What Qualifio's side accepts. The token endpoint has its own tables on purpose: a name that only
// one side knows fails a test.

const sizes = [256, 384, 512];
const signed = (kinds: readonly string[]): readonly string[] =>
  kinds.flatMap((kind) => sizes.map((bits) => `${kind}${bits}`));

/** Signature algorithms with a public key. */
export const publicKeyAlgorithms: readonly string[] = [
  ...signed(['RS', 'PS', 'ES']),
  'EdDSA',
  'Ed25519',
];

/** Signature algorithms with a shared secret. */
export const secretAlgorithms: readonly string[] = signed(['HS']);

/** How the content key of an encrypted token may be sent. */
export const keyManagementAlgorithms: readonly string[] = [
  ...sizes.map((bits) => `RSA-OAEP-${bits}`),
  'ECDH-ES',
  ...[128, 192, 256].flatMap((bits) => [`ECDH-ES+A${bits}KW`, `A${bits}KW`, `A${bits}GCMKW`]),
  'dir',
];

/** JWK names of elliptic curves, by Node's names. */
export const curveNames: ReadonlyMap<string, string> = new Map([
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
  ['secp521r1', 'P-521'],
]);

/** Names of asymmetric key kinds for people, by Node's names. */
export const kindNames: ReadonlyMap<string, string> = new Map([
  ['rsa', 'RSA'],
  ['ec', 'EC'],
  ['ed25519', 'Ed25519'],
  ['x25519', 'X25519'],
]);

/** Curves of the keys in a JWKS. */
export const signatureCurves: readonly string[] = [...curveNames.values(), 'Ed25519'];
