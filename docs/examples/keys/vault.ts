import type { SigningOptions } from 'qualifio-campaign/server';

/** @param key a key of the transit engine with the type `ecdsa-p256` */
export function signingWithVault(key: string, kid: string): SigningOptions {
  const address = process.env['VAULT_ADDR'] ?? '';
  const token = process.env['VAULT_TOKEN'] ?? '';
  return {
    alg: 'ES256',
    kid,
    sign: async (bytes) => {
      const answer = await fetch(`${address}/v1/transit/sign/${key}/sha2-256`, {
        method: 'POST',
        headers: { 'X-Vault-Token': token, 'Content-Type': 'application/json' },
        // `jws`: r and s as raw bytes, in base64url.
        body: JSON.stringify({
          input: Buffer.from(bytes).toString('base64'),
          marshaling_algorithm: 'jws',
        }),
        signal: AbortSignal.timeout(4000),
      });
      if (!answer.ok) throw new Error(`Vault answered ${answer.status}`);
      const { data } = (await answer.json()) as { data: { signature: string } };
      // `vault:v1:…`, where v1 is the version of the key.
      return Buffer.from(data.signature.split(':')[2] ?? '', 'base64url');
    },
  };
}
