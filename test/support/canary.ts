/**
 * The mark in every token of the tests, by which leaks are found: see `leaks/each-test.ts`. It is
 * in a separate field and in the text of others; and in base64url, since header and payload begin
 * with that field.
 */
export const canary = 'canary-f3a1';

/**
 * The beginning of a marked part of a token: `{"canary"` in base64url. These twelve characters
 * identify it.
 */
export const encodedCanary = 'eyJjYW5hcnki';

/** Claims, a header or an answer that begins with the mark. */
export function marked<T extends object>(fields: T): T & { canary: string } {
  return { canary, ...fields };
}

/** A value that an endpoint may return as a token, although it is not one. */
export const opaqueToken = `a.${canary}.c`;
