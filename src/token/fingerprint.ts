/**
 * A number that tells a text from another without keeping it (FNV-1a): a token that was refused
 * must not be sent again, and must not be stored either. Synchronous, and there on plain http pages,
 * which `crypto.subtle` is not. Not cryptographic: a token is random enough by its signature.
 */
export function fingerprint(text: string): number {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  }
  return hash;
}
