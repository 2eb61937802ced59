import { optionError } from '../input/option-error.js';

/** At most this many bytes count: a long secret needs no more different bytes than one of 64 bytes. */
const countedBytes = 64;
/**
 * Secrets of this length or more count as text if they are UTF-8; shorter ones only if they are
 * ASCII, since a few random bytes can be UTF-8 by chance.
 */
const longBytes = 32;
/**
 * In a long text, one byte of this many may be outside printable ASCII: an accent in Latin-1, a
 * control character.
 */
const oddShare = 16;

/**
 * Refuses a shared secret that was typed, left empty or repeated. Anyone who guesses a secret can make tokens.
 *
 * Four rules, which random bytes break only by chance:
 * - More than half of the bytes, or more than 32 if there are more than 64, must differ from each other. 16
 *   random bytes break this once in 9 × 10^9 times, 32 once in 4 × 10^14, longer ones less often.
 * - The bytes must not be printable text, with or without white space, zeros and other control characters
 *   around it. 16 random bytes break this once in 2 × 10^6 times, 24 once in 4 × 10^9, 32 once in 10^10,
 *   longer ones less often.
 * - Of every second byte, more than a quarter, or more than 16 if there are more than 64, must differ from each other:
 *   text in UTF-16 or UTF-32 breaks this. 16 random bytes break it once in 10^12 times, longer ones less
 *   often.
 * - The bytes must not count up or down by equal steps: 0, 1, 2, … Random bytes never do.
 *
 * It does **not** measure randomness: a hash of a password passes.
 * @throws {TypeError} naming `option`
 */
export function refuseGuessable(option: string, bytes: Uint8Array): void {
  const remedy = useRandom(bytes.length);
  const text = printableText(bytes);
  if (text !== null && /^(?:[\da-f]{2})+$/i.test(text)) {
    throw optionError(
      option,
      "the secret is hexadecimal text; decode it: Buffer.from(text, 'hex')",
    );
  }
  if (text !== null) {
    throw optionError(option, `the secret is text; ${decode}; otherwise ${remedy}`);
  }
  if (isCounting(bytes)) {
    throw optionError(
      option,
      `the secret is not random, its bytes count in equal steps; ${remedy}`,
    );
  }
  if (!differs(bytes, 1 / 2)) {
    const found = `only ${new Set(bytes).size} of its ${bytes.length} bytes differ from each other`;
    throw optionError(option, `the secret is not random, ${found}; ${remedy}`);
  }
  const halves = [0, 1].map((half) => bytes.filter((_, index) => index % 2 === half));
  if (halves.every((half) => differs(half, 1 / 4))) return;
  const found = 'every second byte has one of few values, as in UTF-16 text';
  throw optionError(option, `the secret is not random, ${found}; ${remedy}`);
}

const decode = "decode it if it is base64: Buffer.from(text, 'base64')";

/** The end of a message about a shared secret in place of which something else was found. */
export const ifText = (given: unknown): string => (typeof given === 'string' ? `; ${decode}` : '');

/** What to use as a shared secret of a number of bytes. */
export const useRandom = (bytes: number): string =>
  `use random bytes: crypto.getRandomValues(new Uint8Array(${bytes}))`;

/** Text without the white space, zeros and other control characters around it. */
export function trimmed(text: string): string {
  return text.replace(/^[\p{Cc}\s]+|[\p{Cc}\s]+$/gu, '');
}

/** Whether more than a share of the bytes differ from each other. */
function differs(bytes: Uint8Array, share: number): boolean {
  return new Set(bytes).size > Math.min(bytes.length, countedBytes) * share;
}

/** The bytes as text, without what {@link trimmed} removes; null if they are not text. */
function printableText(bytes: Uint8Array): string | null {
  const isLong = bytes.length >= longBytes;
  const text = trimmed(new TextDecoder().decode(bytes));
  if (!isLong) return /^[\t\r\n -~]+$/.test(text) ? text : null;
  const odd = bytes.filter((byte) => !isAscii(byte)).length;
  if (odd <= bytes.length / oddShare) return text;
  return isUtf8(bytes) && /^[^\p{Cc}]+(?:[\t\r\n]+[^\p{Cc}]+)*$/u.test(text) ? text : null;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isAscii(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function isCounting(bytes: Uint8Array): boolean {
  const step = (index: number): number => (bytes[index]! - bytes[index - 1]!) & 0xff;
  return bytes.every((_, index) => index < 2 || step(index) === step(1));
}
