import { base64url } from 'jose';
import { readRequest } from './input/web-request.js';
import { sharePending } from './share-pending.js';
import { readPublishedKeys, type PublishedKey } from './public-keys.js';

/**
 * Answers one request for the key set. Rejects only with a `TypeError`, if the argument is not a web
 * `Request`: the message says what it is and what to pass.
 */
export type JwksEndpoint = (request: Request) => Promise<Response>;

interface KeySet {
  readonly body: string;
  readonly etag: string;
}

/**
 * Makes the route from which Qualifio fetches the keys that verify your tokens. Only public members are
 * published, selected by name, even if you give a private key. To rotate keys, use two: publish the new
 * one, wait until caches have it (5 minutes), sign with it, and remove the old one when its last token has
 * expired.
 *
 * GET and HEAD answer `application/jwk-set+json`, `Cache-Control: public, max-age=300` and an `ETag`,
 * with 304 for a matching `If-None-Match`; other methods answer 405. It does not rotate keys by itself.
 *
 * @throws {TypeError} immediately, naming the key (`keys[0].key`), for a symmetric, weak or wrong key
 *
 * @example
 * ```ts
 * export const GET = createJwksEndpoint([
 *   { alg: 'RS256', kid: '2026-11', key: publicKeyPem },
 *   { alg: 'RS256', kid: '2026-05', key: olderPublicKeyPem },
 * ]);
 * ```
 */
export function createJwksEndpoint(keys: readonly PublishedKey[]): JwksEndpoint {
  const readKeys = readPublishedKeys(keys);
  const keySet = sharePending(async (): Promise<KeySet> => {
    const body = JSON.stringify({ keys: await readKeys() });
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
    return { body, etag: `"${base64url.encode(new Uint8Array(digest))}"` };
  });

  return async (argument) => {
    const request = readRequest(argument);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse(405, 'METHOD_NOT_ALLOWED', { Allow: 'GET, HEAD' });
    }
    let current: KeySet;
    try {
      current = await keySet();
    } catch {
      return refuse(500, 'INTERNAL_ERROR');
    }
    const { body, etag } = current;
    const headers = {
      'Cache-Control': 'public, max-age=300',
      ETag: etag,
      'X-Content-Type-Options': 'nosniff',
    };
    if (isKnown(request.headers.get('if-none-match'), etag)) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(request.method === 'HEAD' ? null : body, {
      status: 200,
      headers: { ...headers, 'Content-Type': 'application/jwk-set+json' },
    });
  };
}

function refuse(status: number, error: string, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ error }), {
    status,
    headers: {
      ...headers,
      'Cache-Control': 'no-store',
      'Content-Type': 'application/json',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** Weak comparison, as HTTP requires for If-None-Match: proxies that compress mark the tag as weak. */
function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
