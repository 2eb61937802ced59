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
    if (status !== 200) throw this.#fault(`answers with status ${status}; ${statusFix(status)}`);
    const keys = readKeys(text);
    if (keys === null) {
      throw this.#fault(`answers, but not with a JWKS, {"keys": […]}, but ${otherAnswer(text)}`);
    }
    const leaked = keys.find((key) => privateMembers.some((member) => member in key));
    if (leaked) {
      throw this.#fault(
        'publishes a private key; publish only its public part, and replace the key',
      );
    }
    const faults = keys.map(keyFault);
    if (faults.every((fault) => fault !== null)) {
      const fix = 'publish an RSA (2048 bits or more), EC or Ed25519 key with its `kid`';
      const [found = 'there is no key'] = faults;
      throw this.#fault(
        `contains no key that can verify tokens; ${fix}: ${found}`,
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
  if (/CERT|SIGNATURE|SSL|TLS/.test(why)) {
    return 'make Node trust its certificate (NODE_EXTRA_CA_CERTS), or use an http URL';
  }
  if (/^(ENOTFOUND|EAI_)/.test(why)) return 'the name does not resolve: correct the URL';
  if (why === 'bad port') return 'fetch never uses this port: use another one, and correct the URL';
  return 'start the site that serves it, or correct the URL';
}

function statusFix(status: number): string {
  if (status < 400) return 'use the URL that it redirects to';
  if (status === 401 || status === 403) return 'serve it without a login';
  return status < 500 ? 'correct the URL or its route' : 'see the log of the site that serves it';
}

/** What an answer is in place of a JWKS, and what to do. */
function otherAnswer(text: string): string {
  const fix = 'correct the URL or its route';
  if (text.trimStart().startsWith('<')) return `with a page (HTML); ${fix}`;
  if (text.trimStart().startsWith('[')) return 'with a list; put the list into {"keys": […]}';
  const object = readJsonObject(text);
  if (object === null) return `with text that is not JSON; ${fix}`;
  return 'kty' in object
    ? 'with a key alone; put it into {"keys": […]}'
    : `with an object without such a list; ${fix}`;
}

function readKeys(text: string): Json[] | null {
  const keys = readJsonObject(text)?.['keys'];
  return Array.isArray(keys) && keys.every(isJsonObject) ? keys : null;
}

/** Why a key cannot verify tokens; null if it can. */
function keyFault({ kty, crv, n, kid, use = 'sig' }: Json): string | null {
  if (typeof kid !== 'string') return 'the first one has no `kid`';
  if (use !== 'sig') return 'the first one has a `use` other than sig';
  if (kty === 'RSA') {
    const isLong = typeof n === 'string' && Buffer.from(n, 'base64url').length >= 256;
    return isLong ? null : 'the first one has less than 2048 bits';
  }
  const isKnown = (kty === 'EC' || kty === 'OKP') && signatureCurves.includes(String(crv));
  return isKnown ? null : 'the first one has another `kty` or `crv`';
}
