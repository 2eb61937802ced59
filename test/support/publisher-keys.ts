import { randomUUID } from 'node:crypto';
import {
  CompactEncrypt,
  SignJWT,
  exportJWK,
  exportPKCS8,
  exportSPKI,
  generateKeyPair,
  type CryptoKey,
  type JWK,
} from 'jose';

/** A publisher's key pair, in every form that options take. */
export interface PublisherKeys {
  readonly privateKey: CryptoKey;
  readonly privatePem: string;
  readonly privateJwk: JWK;
  readonly publicKey: CryptoKey;
  readonly publicPem: string;
  readonly publicJwk: JWK;
}

export async function publisherKeys(alg: string, crv?: string): Promise<PublisherKeys> {
  const options = { extractable: true, ...(crv !== undefined && { crv }) };
  return inEveryForm(await generateKeyPair(alg, options));
}

export async function inEveryForm({
  privateKey,
  publicKey,
}: CryptoKeyPair): Promise<PublisherKeys> {
  return {
    privateKey,
    publicKey,
    privatePem: await exportPKCS8(privateKey),
    privateJwk: await exportJWK(privateKey),
    publicPem: await exportSPKI(publicKey),
    publicJwk: await exportJWK(publicKey),
  };
}

export const now = (): number => Math.floor(Date.now() / 1000);

/** Claims that Qualifio accepts for campaign 98765, which the tag 123456 belongs to. */
export const goodClaims = (): Record<string, unknown> => ({
  sub: 'reader-7',
  iss: 'com.publisher',
  jti: randomUUID(),
  campaignId: '98765',
  iat: now(),
  nbf: now() - 120,
  exp: now() + 300,
  form: { email: 'ada@example.com', firstname: 'Ada', lastname: 'Lovelace' },
});

/** Good claims with some changed; `undefined` leaves one out. */
export function sign(
  key: CryptoKey | Uint8Array,
  header: { alg: string; kid?: string },
  changes: Record<string, unknown> = {},
): Promise<string> {
  return new SignJWT({ ...goodClaims(), ...changes })
    .setProtectedHeader({ typ: 'JWT', ...header })
    .sign(key);
}

export function encrypt(
  text: string,
  key: CryptoKey | Uint8Array,
  alg: string,
  kid?: string,
): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg, enc: 'A256GCM', cty: 'JWT', ...(kid !== undefined && { kid }) })
    .encrypt(key);
}
