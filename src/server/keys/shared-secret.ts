import { optionError } from '../input/option-error.js';

/** Most bytes that are counted: a long secret needs no more different ones than a secret of 64 bytes. */
const COUNTED_BYTES = 64;
/** From here on, text is any UTF-8; below, ASCII alone, since few random bytes are UTF-8 by chance. */
const LONG_BYTES = 32;

/**
 * Refuses a shared secret that was typed, left empty or repeated. Anyone who guesses it can make tokens.
 *
 * Three rules, which random bytes break only by chance:
 * - More than half of the bytes, of 32 where there are more than 64, must differ from each other. 16
 *   random bytes break this once in 9 × 10^9 times, 32 once in 4 × 10^14, longer ones less often.
 * - The bytes must not be printable text, with or without zeros behind it. 16 random bytes break this
 *   once in 4 × 10^6 times, 24 once in 10^10, 32 once in 5 × 10^10, longer ones less often.
 * - The bytes must not count up or down by equal steps: 0, 1, 2, … Random bytes never do.
 *
 * It does **not** measure randomness: a hash of a password passes.
 * @throws {TypeError} naming `option`
 */
export function refuseGuessable(option: string, bytes: Uint8Array): void {
  const remedy = `make one of random bytes: crypto.getRandomValues(new Uint8Array(${bytes.length}))`;
  const text = printableText(bytes);
  if (text !== null && /^(?:[\da-f]{2})+$/i.test(text)) {
    throw optionError(
      option,
      "the secret is hexadecimal text; decode it: Buffer.from(text, 'hex')",
    );
  }
  if (text !== null) {
    const decode = "decode it if it is base64: Buffer.from(text, 'base64')";
    throw optionError(option, `the secret is text; ${decode}; else ${remedy}`);
  }
  if (isCounting(bytes)) {
    throw optionError(
      option,
      `the secret is not random, its bytes count in equal steps; ${remedy}`,
    );
  }
  const different = new Set(bytes).size;
  if (different > Math.min(bytes.length, COUNTED_BYTES) / 2) return;
  const found = `only ${different} of its ${bytes.length} bytes differ from each other`;
  throw optionError(option, `the secret is not random, ${found}; ${remedy}`);
}

/** The text that the bytes are, apart from white space around it; null where they are none. */
function printableText(bytes: Uint8Array): string | null {
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  const isLong = bytes.length >= LONG_BYTES;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end)).trim();
    const printable = isLong ? /^[^\p{Cc}]+(?:[\t\r\n]+[^\p{Cc}]+)*$/u : /^[\t\r\n -~]+$/;
    return printable.test(text) ? text : null;
  } catch {
    return null;
  }
}

function isCounting(bytes: Uint8Array): boolean {
  const step = (index: number): number => (bytes[index]! - bytes[index - 1]!) & 0xff;
  return bytes.every((_, index) => index < 2 || step(index) === step(1));
}
