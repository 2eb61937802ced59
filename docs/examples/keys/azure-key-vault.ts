import { DefaultAzureCredential } from '@azure/identity';
import { CryptographyClient } from '@azure/keyvault-keys';
import type { SigningOptions } from 'qualifio-campaign/server';

/** @param keyUrl of a version of a P-256 key: `https://NAME.vault.azure.net/keys/KEY/VERSION` */
export function signingWithKeyVault(keyUrl: string, kid: string): SigningOptions {
  const client = new CryptographyClient(keyUrl, new DefaultAzureCredential());
  return {
    alg: 'ES256',
    kid,
    // The client hashes; Key Vault returns r and s as raw bytes.
    sign: async (bytes) => (await client.signData('ES256', bytes)).result,
  };
}
