// The form of a token, read without a key. Reading is not verifying: this is
// what a token claims to be, which may not be true.

export type Json = Record<string, unknown>;

/** The parts of a token. */
export interface TokenParts {
  readonly kind: 'JWS' | 'JWE';
  readonly header: Json & { readonly alg: string };
  /** Claims of a JWS, `null` if they are not a JSON object; those of a JWE cannot be read yet. */
  readonly claims: Json | null;
}

const base64url = /^[A-Za-z0-9_-]*$/;

/** Splits a compact JWS or JWE into its parts, or says why it is neither. */
export function splitToken(token: string): TokenParts | { readonly fault: string } {
  const parts = token.split('.');
  const well = parts.every((part) => base64url.test(part) && part.length % 4 !== 1);
  if ((parts.length !== 3 && parts.length !== 5) || !well) {
    return { fault: 'it does not have 3 (JWS) or 5 (JWE) base64url parts' };
  }
  const kind = parts.length === 3 ? 'JWS' : 'JWE';
  const header = readJson(parts[0]);
  if (typeof header?.['alg'] !== 'string' || header['alg'] === '') {
    return { fault: 'its header is not a JSON object with `alg`' };
  }
  if (kind === 'JWE' && typeof header['enc'] !== 'string') {
    return { fault: 'its header is that of a JWE without `enc`' };
  }
  const claims = kind === 'JWS' ? readJson(parts[1]) : null;
  return { kind, header: { ...header, alg: header['alg'] }, claims };
}

function readJson(part = ''): Json | null {
  try {
    const bytes = Buffer.from(part, 'base64url');
    return readJsonObject(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** A text as a JSON object; `null` if it is not one. */
export function readJsonObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isJsonObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
