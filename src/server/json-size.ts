/** Maximum bytes of a token's claims, and of a profile, as JSON. */
export const maxJsonBytes = 8192;

/**
 * Whether the JSON is longer than allowed, without writing it. Stops after as many steps as bytes are
 * allowed, so that a cycle or a gigabyte costs no more than a large token. It never counts more bytes
 * than the JSON needs, but may count fewer; the text itself is measured exactly.
 */
export function isSurelyTooLarge(claims: object): boolean {
  let bytes = 0;
  const open: unknown[] = [claims];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') bytes += value.length;
    else if (ArrayBuffer.isView(value)) bytes += (value as Uint8Array).length ?? 0;
    else if (Array.isArray(value)) {
      bytes += value.length;
      if (bytes <= maxJsonBytes) for (const item of value) open.push(item);
    } else if (isOpenObject(value)) {
      for (const name in value) {
        if (!Object.hasOwn(value, name)) continue;
        const item = (value as Record<string, unknown>)[name];
        if (item === undefined || typeof item === 'function' || typeof item === 'symbol') continue;
        // The name, two quotes, a colon, and at least one byte of the item.
        bytes += name.length + 4;
        if (bytes > maxJsonBytes) return true;
        open.push(item);
      }
    }
    if (bytes > maxJsonBytes) return true;
  }
  return false;
}

/**
 * An object whose properties JSON writes one by one, unlike one with `toJSON` or a boxed string.
 */
function isOpenObject(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof String) &&
    typeof (value as { toJSON?: unknown }).toJSON !== 'function'
  );
}
