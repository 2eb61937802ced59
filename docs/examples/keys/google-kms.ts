import { KeyManagementServiceClient } from '@google-cloud/kms';
import type { SigningOptions } from 'qualifio-campaign/server';
import { rawSignature } from './raw-signature.js';

const client = new KeyManagementServiceClient();

/** @param name the full name of a key version with the algorithm EC_SIGN_P256_SHA256 */
export function signingWithGoogleKms(name: string, kid: string): SigningOptions {
  return {
    alg: 'ES256',
    kid,
    sign: async (bytes) => {
      const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const [{ signature }] = await client.asymmetricSign({ name, digest: { sha256 } });
      if (!(signature instanceof Uint8Array)) throw new Error('KMS returned no signature');
      return rawSignature(signature, 32);
    },
  };
}
