/**
 * Converts an ECDSA signature in DER into `r` and `s`, as JOSE has them.
 * @param size bytes of each: 32 for ES256, 48 for ES384, 66 for ES512
 */
export function rawSignature(der: Uint8Array, size: number): Uint8Array {
  const raw = new Uint8Array(2 * size);
  // SEQUENCE and its length, which has two bytes for ES512.
  let position = der[1] === 0x81 ? 3 : 2;
  for (const end of [size, 2 * size]) {
    const length = der[position + 1] ?? 0;
    const integer = der.subarray(position + 2, position + 2 + length);
    const digits = integer.subarray(integer.findIndex((byte) => byte !== 0));
    raw.set(digits, end - digits.length);
    position += 2 + length;
  }
  return raw;
}
