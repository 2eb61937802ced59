import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWK } from 'jose';
import {
  createJwksEndpoint,
  signParticipantToken,
  type PublishedKey,
  type SigningAlgorithm,
} from '../../src/server/index.js';
import {
  oddPair,
  pairFor,
  randomBytes,
  SIGNING_ALGORITHMS,
  TAG_NUMBER,
  workingOptions,
} from '../support/server/fixtures.js';

const URL_TEXT = 'https://www.publisher.com/jwks.json';

const ask = (
  keys: readonly PublishedKey[],
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Response> => createJwksEndpoint(keys)(new Request(URL_TEXT, { method, headers }));

async function published(keys: readonly PublishedKey[]): Promise<JWK[]> {
  return ((await (await ask(keys)).json()) as { keys: JWK[] }).keys;
}

const refuses = (option: string, keys: unknown): void =>
  assert.throws(
    () => createJwksEndpoint(keys as PublishedKey[]),
    (error: unknown) => error instanceof TypeError && error.message.startsWith(`${option}: `),
  );

describe('the key set', () => {
  const algorithms = SIGNING_ALGORITHMS.filter((alg) => !alg.startsWith('HS'));
  for (const alg of algorithms) {
    // @holds P14, S7
    it(`S7: contains only the public parameters of the ${alg} key, for every key format`, async () => {
      const pair = await pairFor(alg);
      const names = { RSA: ['e', 'n'], EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'] };
      const kty = pair.publicJwk.kty as keyof typeof names;
      const expected = [...names[kty], 'alg', 'kid', 'kty', 'use'].sort();
      const { privatePem, publicPem, privateJwk, publicJwk, privateKey, publicKey } = pair;
      const texts = [JSON.stringify(privateJwk), JSON.stringify(publicJwk, null, 2)];
      for (const key of [
        privatePem,
        publicPem,
        privateJwk,
        publicJwk,
        privateKey,
        publicKey,
        ...texts,
      ]) {
        const [jwk] = await published([{ alg, kid: 'a', key }]);
        assert.deepEqual(Object.keys(jwk!).sort(), expected);
        assert.deepEqual(jwk, { ...publicJwk, alg, kid: 'a', use: 'sig' });
      }
    });
  }

  // @holds S7
  it('S7: omits other properties of a JWK', async () => {
    const { privateJwk } = await pairFor('RS256');
    const loaded = {
      ...privateJwk,
      k: 'canary',
      priv: 'canary',
      oth: [],
      x5c: ['canary'],
      note: 'canary',
    };
    const text = await (await ask([{ alg: 'RS256', key: loaded as JWK }])).text();
    assert.ok(!/canary|"(?:d|p|q|dp|dq|qi|k|priv|oth)"/.test(text));
  });

  // @holds P14, S7
  it('S7: refuses symmetric keys in every form', () => {
    const k = Buffer.from(randomBytes(32)).toString('base64url');
    for (const alg of ['HS256', 'HS384', 'HS512'] as const) {
      refuses('keys[0].alg', [{ alg, key: randomBytes(64) }]);
      refuses('keys[0].alg', [{ alg, key: { kty: 'oct', k } }]);
    }
    refuses('keys[0].key', [{ alg: 'RS256', key: { kty: 'oct', k } }]);
    refuses('keys[0].key', [{ alg: 'RS256', key: randomBytes(64) }]);
  });

  it('refuses a key that it cannot publish, and names it', async () => {
    const { publicPem: key, privateKey } = await pairFor('ES256');
    for (const keys of [undefined, null, [], {}, 'a']) refuses('keys', keys);
    refuses('keys[0]', [null]);
    refuses('keys[1].key', [
      { alg: 'ES256', kid: 'a', key },
      { alg: 'RS256', kid: 'b', key },
    ]);
    refuses('keys[0].kid', [{ alg: 'ES256', kid: '../a', key }]);
    refuses('keys[0].kid', [
      { alg: 'ES256', key },
      { alg: 'ES256', kid: 'b', key },
    ]);
    refuses('keys[1].kid', [
      { alg: 'ES256', kid: 'b', key },
      { alg: 'ES256', kid: 'b', key },
    ]);
    refuses('keys[0].alg', [{ alg: 'none', key }]);
    const jwk = await crypto.subtle.exportKey('jwk', privateKey);
    const name = { name: 'ECDSA', namedCurve: 'P-256' };
    const sealed = await crypto.subtle.importKey('jwk', jwk, name, false, ['sign']);
    refuses('keys[0].key', [{ alg: 'ES256', key: sealed }]);
    const weak = await oddPair({
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 1024,
      publicExponent: Uint8Array.of(1, 0, 1),
    });
    for (const weakKey of [weak.publicPem, weak.publicJwk, weak.publicKey, weak.privatePem]) {
      refuses('keys[0].key', [{ alg: 'RS256', key: weakKey }]);
    }
  });

  it('supports rotation: tokens of the old and the new key both verify', async () => {
    const algorithms: SigningAlgorithm[] = ['RS256', 'ES256'];
    const keys = await Promise.all(
      algorithms.map(async (alg) => ({
        alg,
        kid: `key-${alg}`,
        key: (await pairFor(alg)).privatePem,
      })),
    );
    const set = (await (await ask(keys)).json()) as JSONWebKeySet;
    for (const signing of keys) {
      const options = { ...(await workingOptions()), signing };
      const token = await signParticipantToken(options, TAG_NUMBER, { sub: 'a' });
      const { payload } = await jwtVerify(token, createLocalJWKSet(set));
      assert.equal(payload.sub, 'a');
    }
  });

  it('has its own JSON type and can be cached for five minutes', async () => {
    const response = await ask([
      { alg: 'ES256', kid: 'a', key: (await pairFor('ES256')).publicPem },
    ]);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/jwk-set+json');
    assert.equal(response.headers.get('cache-control'), 'public, max-age=300');
    assert.match(response.headers.get('etag') ?? '', /^"[\w-]+"$/);
  });

  it('answers 304 for a matching ETag, HEAD without a body, and 405 for other methods', async () => {
    const keys = [{ alg: 'ES256', kid: 'a', key: (await pairFor('ES256')).publicPem }] as const;
    const etag = (await ask(keys)).headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const response = await ask(keys, { 'if-none-match': known });
      assert.equal(response.status, 304);
      assert.equal(response.headers.get('etag'), etag);
      assert.equal(response.headers.get('cache-control'), 'public, max-age=300');
      assert.equal(await response.text(), '');
    }
    assert.equal((await ask(keys, { 'if-none-match': '"other"' })).status, 200);
    const head = await ask(keys, {}, 'HEAD');
    assert.equal(head.status, 200);
    assert.equal(head.headers.get('etag'), etag);
    assert.equal(await head.text(), '');
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await ask(keys, {}, method);
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'GET, HEAD');
    }
  });
});
