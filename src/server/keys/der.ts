/**
 * Just enough DER to tell, before any asynchronous import, what a key is: web crypto would say so
 * only when the first participant comes, and it takes a 1,024-bit RSA key without a word.
 */

/** One tag-length-value element. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

export const DER_INTEGER = 0x02;
export const DER_BIT_STRING = 0x03;
export const DER_OCTET_STRING = 0x04;
export const DER_OBJECT_ID = 0x06;
export const DER_SEQUENCE = 0x30;

/** The elements that fill `bytes` from end to end, or null where they do not. */
export function readDer(bytes: Uint8Array): DerElement[] | null {
  const elements: DerElement[] = [];
  let position = 0;
  while (position < bytes.length) {
    const tag = bytes[position++]!;
    let length = bytes[position++];
    if (length === undefined) return null;
    if (length > 0x7f) {
      let lengthBytes = length & 0x7f;
      if (lengthBytes === 0 || lengthBytes > 4) return null;
      length = 0;
      while (lengthBytes-- > 0) length = length * 256 + (bytes[position++] ?? Infinity);
    }
    if (position + length > bytes.length) return null;
    elements.push({ tag, content: bytes.subarray(position, position + length) });
    position += length;
  }
  return elements;
}

/** The members of the one SEQUENCE that `bytes` is, or null where it is something else. */
export function readSequence(bytes: Uint8Array): DerElement[] | null {
  const outer = readDer(bytes);
  return outer?.length === 1 && outer[0]!.tag === DER_SEQUENCE ? readDer(outer[0]!.content) : null;
}

/** Number of significant bits of an unsigned big-endian integer. */
export function bitLength(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first === -1) return 0;
  return (bytes.length - first) * 8 - (Math.clz32(bytes[first]!) - 24);
}
