import { compactDecrypt } from 'jose';
import { keyManagementAlgorithms } from './algorithms.js';
import type { DecryptionKey } from './decryption-key.js';
import { splitToken, type TokenParts } from './token-format.js';
import { TokenFault } from './verdict.js';

/**
 * Decrypts a JWE.
 *
 * @returns the JWS inside, as text and in parts; its signature is not checked here.
 * @throws TokenFault
 */
export async function decrypt(
  jwe: string,
  key: DecryptionKey | null,
): Promise<{ jws: string; parts: TokenParts }> {
  const fault = (reason: string) => new TokenFault('TOKEN_DECRYPTION_FAILED', reason);
  if (key === null) throw fault('it is a JWE, and the simulator has no --private-key');
  let plaintext: Uint8Array;
  try {
    const options = { keyManagementAlgorithms: [...keyManagementAlgorithms] };
    ({ plaintext } = await compactDecrypt(jwe, key, options));
  } catch {
    throw fault('it cannot be decrypted with the simulator’s private key');
  }
  const jws = new TextDecoder().decode(plaintext);
  const parts = splitToken(jws);
  if ('fault' in parts || parts.kind !== 'JWS') throw fault('its content is not a JWS');
  return { jws, parts };
}
