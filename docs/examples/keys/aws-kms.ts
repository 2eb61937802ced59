import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { SigningOptions } from 'qualifio-campaign/server';

const client = new KMSClient({ requestHandler: { requestTimeout: 4000 } });

/** @param keyId an RSA key with the usage SIGN_VERIFY; the server needs the permission kms:Sign */
export function signingWithAwsKms(keyId: string, kid: string): SigningOptions {
  return {
    alg: 'RS256',
    kid,
    sign: async (bytes) => {
      const command = new SignCommand({
        KeyId: keyId,
        // KMS hashes at most 4,096 bytes itself, and a token can be longer.
        Message: new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
      });
      const { Signature } = await client.send(command);
      if (!Signature) throw new Error('KMS returned no signature');
      return Signature;
    },
  };
}
