/**
 * What every token of the tests carries, so that it is found wherever it should not be: see
 * `leaks/each-test.ts`. Plain, in a field of its own and in the texts of others; and in base64url, since
 * header and payload begin with that field.
 */
export const canary = 'canary-f3a1';

/** How a marked part of a token begins: `{"canary"` in base64url. Twelve characters of a token give it away. */
export const encodedCanary = 'eyJjYW5hcnki';

/** Claims, a header or an answer with the mark, in front. */
export function marked<T extends object>(fields: T): T & { canary: string } {
  return { canary, ...fields };
}

/** What an endpoint may give for a token, though nobody could read it. */
export const opaqueToken = `a.${canary}.c`;
