// The publisher's JWKS, fetched again for every token: keys change during development, and the
// effect should be visible immediately. A problem is reported in one line that names the flag and
// the fix, at the start and for every token.
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { signatureCurves } from './algorithms.js';
import { fetchPublisher, whyUnanswered, type Asked } from './fetch-publisher.js';
import { isJsonObject, readJsonObject, type Json } from './token-format.js';
import { TokenFault } from './verdict.js';
import type { KeyLookup } from './key-lookup.js';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

export class JwksSource {
  readonly #url: URL;
  readonly #closing: AbortSignal;

  /** @param closing ends a running fetch. */
  constructor(url: URL, closing: AbortSignal) {
    this.#url = url;
    this.#closing = closing;
  }

  readonly lookup: KeyLookup = async (header, input) =>
    createLocalJWKSet(await this.#fetch())(header, input);

  /** Why tokens cannot be checked, as a line for people; `null` if they can. */
  async complaint(): Promise<string | null> {
    try {
      await this.#fetch();
      return null;
    } catch (error) {
      return (error as TokenFault).message;
    }
  }

  /** @throws TokenFault */
  async #fetch(): Promise<JSONWebKeySet> {
    const { status, text } = await this.#ask();
    if (status !== 200) {
      const fix =
        status < 400 ? 'use the URL that it redirects to' : 'correct the URL or its route';
      throw this.#fault(`answers with status ${status}; ${fix}`);
    }
    const keys = readKeys(text);
    if (keys === null) {
      throw this.#fault(
        'answers, but not with a JWKS, {"keys": […]}; correct the URL or its route',
      );
    }
    const leaked = keys.find((key) => privateMembers.some((member) => member in key));
    if (leaked) {
      throw this.#fault(
        'publishes a private key; publish only its public part, and replace the key',
      );
    }
    if (!keys.some(isUsable)) {
      const fix = 'publish an RSA (2048 bits or more), EC or Ed25519 key with its `kid`';
      throw this.#fault(
        `contains no key that can verify tokens; ${fix}`,
        'TOKEN_INVALID_SIGNATURE',
      );
    }
    return { keys } as JSONWebKeySet;
  }

  async #ask(): Promise<Asked> {
    const headers = { Accept: 'application/jwk-set+json, application/json' };
    try {
      return await fetchPublisher(this.#url, headers, this.#closing);
    } catch (error) {
      const why = whyUnanswered(error);
      throw this.#fault(`cannot be reached (${why}); ${fix(why)}`);
    }
  }

  #fault(what: string, code: TokenFault['code'] = 'UNKNOWN'): TokenFault {
    // The query may contain a secret, so it is not shown.
    return new TokenFault(code, `--jwks: ${this.#url.origin}${this.#url.pathname} ${what}`);
  }
}

function fix(why: string): string {
  return /CERT|SIGNATURE|SSL|TLS/.test(why)
    ? 'make Node trust its certificate (NODE_EXTRA_CA_CERTS), or use an http URL'
    : 'start the site that serves it, or correct the URL';
}

function readKeys(text: string): Json[] | null {
  const keys = readJsonObject(text)?.['keys'];
  return Array.isArray(keys) && keys.every(isJsonObject) ? keys : null;
}

function isUsable({ kty, crv, n, kid, use = 'sig' }: Json): boolean {
  if (typeof kid !== 'string' || use !== 'sig') return false;
  if (kty === 'RSA') return typeof n === 'string' && Buffer.from(n, 'base64url').length >= 256;
  return (kty === 'EC' || kty === 'OKP') && signatureCurves.includes(String(crv));
}
