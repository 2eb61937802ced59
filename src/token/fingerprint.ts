/**
 * A number that identifies a text without storing it (FNV-1a): a refused token must not be sent
 * again, and must not be stored. Unlike `crypto.subtle`, it is synchronous and available on plain
 * http pages. Not cryptographic: a token's signature makes it random enough.
 */
export function fingerprint(text: string): number {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  }
  return hash;
}
