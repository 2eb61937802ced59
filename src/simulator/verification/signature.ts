import { compactVerify, errors } from 'jose';
import type { TokenParts } from './token-format.js';
import { TokenFault } from './verdict.js';
import type { VerificationKey } from './verification-key.js';

/**
 * Checks the signature of a JWS, and nothing else.
 *
 * @throws TokenFault
 */
export async function checkSignature(
  jws: string,
  { header }: TokenParts,
  { algorithms, needsKid, lookup, throwAway }: VerificationKey,
): Promise<void> {
  const whose = throwAway
    ? '; the simulator verifies with its own temporary key; use `--jwks URL` to verify with yours'
    : '';
  const fault = (reason: string) => new TokenFault('TOKEN_INVALID_SIGNATURE', reason + whose);
  if (header['crit'] !== undefined) {
    throw new TokenFault('TOKEN_INVALID_FORMAT', 'its header has critical extensions (`crit`)');
  }
  if (header.alg.toLowerCase() === 'none') throw fault('it is not signed (`alg` is none)');
  if (!algorithms.includes(header.alg)) {
    throw fault('its `alg` does not match the verification key');
  }
  if (needsKid && typeof header['kid'] !== 'string') {
    throw fault('its header has no `kid`, which is required with a JWKS');
  }
  try {
    await compactVerify(jws, lookup, { algorithms: [...algorithms] });
  } catch (error) {
    throw signatureFault(error, fault);
  }
}

function signatureFault(error: unknown, fault: (reason: string) => TokenFault): TokenFault {
  if (error instanceof TokenFault) return error;
  if (error instanceof errors.JWSInvalid) {
    return new TokenFault(
      'TOKEN_INVALID_FORMAT',
      'its header contains a value that JOSE does not allow',
    );
  }
  const hasNoKey =
    error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
  // This includes a key of a kind that `alg` does not use.
  return fault(
    hasNoKey
      ? 'the JWKS does not have exactly one key for its `kid` and `alg`'
      : 'its signature is invalid',
  );
}
