// The shape of a token, read without any key. Reading is not verifying: what
// comes from here says what a token claims to be, and nothing about its truth.

export type Json = Record<string, unknown>;

/** A token taken apart. */
export interface TokenParts {
  readonly kind: 'JWS' | 'JWE';
  readonly header: Json & { readonly alg: string };
  /** Claims of a JWS, `null` where they are no JSON object; those of a JWE cannot be read yet. */
  readonly claims: Json | null;
}

const base64url = /^[A-Za-z0-9_-]*$/;

/** Takes a compact JWS or JWE apart, or says why it is neither. */
export function splitToken(token: string): TokenParts | { readonly fault: string } {
  const parts = token.split('.');
  const well = parts.every((part) => base64url.test(part) && part.length % 4 !== 1);
  if ((parts.length !== 3 && parts.length !== 5) || !well) {
    return { fault: 'it is not 3 (JWS) or 5 (JWE) parts of base64url' };
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

/** The JSON object that a text is; `null` where it is none. */
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
