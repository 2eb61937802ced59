import { readFlagFile } from '../../command/flag-file.js';
import { UsageError } from '../../command/usage-error.js';
import { readPublicKey } from '../endpoint/key-source.js';

/**
 * The text of the key in the file of `--public-key`.
 *
 * @throws {UsageError} if it has no public key, without any of the text.
 */
export async function readKey(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const text = new TextDecoder().decode(await readFlagFile('public-key', path));
  if (/PRIVATE KEY-----|"d"\s*:/.test(text)) {
    throw new UsageError(`--public-key: ${path} has a private key; use the public one`);
  }
  try {
    readPublicKey(text);
    return text;
  } catch {
    throw new UsageError(`--public-key: ${path} ${keyFault(text.trim())}`);
  }
}

/** Why a file has no readable public key, and what to do. */
function keyFault(text: string): string {
  if (text === '') return 'is empty; use the PEM or JWK file of the public key';
  if (text.startsWith('{')) return jwkFault(text);
  if (/^(ssh|ecdsa)-/.test(text)) {
    return 'is in OpenSSH’s format; convert it with `ssh-keygen -e -m PKCS8 -f FILE`';
  }
  if (!text.includes('-----BEGIN ')) {
    return 'has neither PEM text nor a JWK; use a file that begins with -----BEGIN PUBLIC KEY-----';
  }
  return text.includes('-----END ')
    ? 'has damaged PEM text; use the file as it was made'
    : 'has PEM text without its END line; use the whole file';
}

function jwkFault(text: string): string {
  let jwk: { keys?: unknown; kty?: unknown };
  try {
    jwk = JSON.parse(text) as typeof jwk;
  } catch {
    return 'begins as a JWK but is not valid JSON; use the whole file';
  }
  if (jwk.keys !== undefined) return 'has a JWK set; use a file with one of its keys';
  return jwk.kty === 'oct'
    ? 'has a symmetric key; use --secret-file with its bytes'
    : 'has a JWK that cannot be read; use it as it was made';
}

/**
 * The bytes in the file of `--secret-file`.
 *
 * @throws {UsageError} if it has none, or a key of another kind.
 */
export async function readSecret(path: string | undefined): Promise<Uint8Array | undefined> {
  if (path === undefined) return undefined;
  const bytes = await readFlagFile('secret-file', path);
  if (bytes.length === 0) {
    throw new UsageError(`--secret-file: ${path} is empty; use the file with the secret's bytes`);
  }
  if (new TextDecoder().decode(bytes.subarray(0, 100)).includes('-----BEGIN ')) {
    throw new UsageError(`--secret-file: ${path} has a PEM, not a secret; use --public-key`);
  }
  return bytes;
}
