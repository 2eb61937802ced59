/**
 * Enough DER to find out what a key is before any asynchronous import: web crypto would fail only
 * for the first participant, and it silently accepts a 1,024-bit RSA key.
 */

/** One tag-length-value element. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

export const derInteger = 0x02;
export const derBitString = 0x03;
export const derOctetString = 0x04;
export const derObjectId = 0x06;
export const derSequence = 0x30;

/** The elements that fill `bytes` completely, or null if they do not. */
export function readDer(bytes: Uint8Array): DerElement[] | null {
  const elements: DerElement[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const element = readElement(rest);
    if (!element) return null;
    elements.push(element);
    const { content } = element;
    rest = rest.subarray(content.byteOffset - rest.byteOffset + content.length);
  }
  return elements;
}

/** The first element of `bytes`, whatever follows it, or null if it is incomplete. */
function readElement(bytes: Uint8Array): DerElement | null {
  let position = 0;
  const tag = bytes[position++];
  let length = bytes[position++];
  if (tag === undefined || length === undefined) return null;
  if (length > 0x7f) {
    let lengthBytes = length & 0x7f;
    if (lengthBytes === 0 || lengthBytes > 4) return null;
    length = 0;
    while (lengthBytes-- > 0) length = length * 256 + (bytes[position++] ?? Infinity);
  }
  const end = position + length;
  return end > bytes.length ? null : { tag, content: bytes.subarray(position, end) };
}

/** The elements of the SEQUENCE in `bytes`, or null if `bytes` is not exactly one. */
export function readSequence(bytes: Uint8Array): DerElement[] | null {
  const outer = readDer(bytes);
  return outer?.length === 1 && outer[0]!.tag === derSequence ? readDer(outer[0]!.content) : null;
}

/** No key is shorter: an elliptic curve key of 256 bits has 39 bytes without its curve. */
const shortestKey = 39;
/** Tags of the first elements of a key, a certificate or a PKCS#7 or PKCS#12 file. */
const firstTags: ReadonlySet<number> = new Set([derInteger, derObjectId, derSequence]);
const secondTags: ReadonlySet<number> = new Set([
  derInteger,
  derBitString,
  derOctetString,
  derSequence,
  0xa0,
]);

/**
 * Whether `bytes` begin with a key or a certificate, whatever follows it. Because of the tags of
 * the first two elements, fewer than one in 10^9 random texts counts as a key.
 */
export function beginsWithKey(bytes: Uint8Array): boolean {
  const outer = readElement(bytes);
  if (outer?.tag !== derSequence || outer.content.length + 2 < shortestKey) return false;
  const [first, second] = readDer(outer.content) ?? [];
  return firstTags.has(first?.tag ?? 0) && secondTags.has(second?.tag ?? 0);
}

/** Number of significant bits of an unsigned big-endian integer. */
export function bitLength(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first === -1) return 0;
  return (bytes.length - first) * 8 - (Math.clz32(bytes[first]!) - 24);
}
