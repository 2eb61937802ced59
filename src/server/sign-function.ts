import { kindOf } from './input/kind-of.js';
import { signatureBytes } from './keys/algorithms.js';
import { readSequence, derInteger } from './keys/der.js';
import { TokenError } from './token-error.js';

/** Bytes that web crypto accepts. Before TypeScript 5.7, `Uint8Array` has no type parameter. */
type Bytes = ReturnType<TextEncoder['encode']>;

/**
 * Signs with a key that the process does not have, such as one of a KMS or an HSM.
 * @param bytes what is signed, the ASCII text `header.payload`: up to about 12 KB. It is not hashed yet
 * @returns the signature as JOSE has it: for RS and PS as long as the modulus, for ES `r` and `s` of
 * equal length (not DER), for EdDSA 64 bytes, for HS as long as the hash
 */
export type SignFunction = (bytes: Bytes) => Promise<Uint8Array>;

/** Milliseconds that a sign function may take. */
const signTimeout = 5000;

/**
 * Calls a publisher's sign function and checks the length of what it returns.
 * @throws {TokenError} `SIGNING_FAILED` with a reason, if it throws, takes over 5 seconds, or returns
 * something that cannot be a signature of `alg`. The reason does not quote its error, which may
 * contain the claims
 */
export async function callSignFunction(
  sign: SignFunction,
  alg: string,
  bytes: Bytes,
): Promise<Uint8Array> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<typeof signTimeout>((resolve) => {
    timer = setTimeout(resolve, signTimeout, signTimeout);
  });
  let signature: unknown;
  try {
    signature = await Promise.race([sign(bytes), late]);
  } catch {
    throw failed('threw; catch its error to see it');
  } finally {
    clearTimeout(timer);
  }
  if (signature === signTimeout) throw failed(`did not return within ${signTimeout / 1000} s`);
  if (!isBytes(signature)) {
    throw failed(`returned ${kindOf(signature)}; it must return the signature as a Uint8Array`);
  }
  const [shortest, longest] = signatureBytes.get(alg)!;
  const { length } = signature;
  if (length >= shortest && length <= longest) return signature;
  if (alg.startsWith('ES') && isDerSignature(signature)) {
    const half = shortest / 2;
    throw failed(
      `returned a signature in DER, but ${alg} needs r and s as ${shortest} raw bytes: read the ` +
        `two INTEGERs, and write each as ${half} bytes, without leading zeros or padded with them`,
    );
  }
  const wanted = shortest === longest ? `${shortest}` : `${shortest} to ${longest}`;
  throw failed(`returned ${length} bytes; a signature of ${alg} has ${wanted}`);
}

function failed(what: string): TokenError {
  return new TokenError('SIGNING_FAILED', `signing.sign ${what}`);
}

function isBytes(value: unknown): value is Uint8Array {
  return Object.prototype.toString.call(value) === '[object Uint8Array]';
}

/** Whether bytes are the DER of `SEQUENCE { r INTEGER, s INTEGER }`. */
function isDerSignature(bytes: Uint8Array): boolean {
  const members = readSequence(bytes);
  return members?.length === 2 && members.every(({ tag }) => tag === derInteger);
}
