/** A property of `Object.prototype`, as a careless merge of JSON adds it, is not an option. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { compactDecrypt, decodeJwt, decodeProtectedHeader } from 'jose';
import {
  createCampaignFeed,
  createJwksEndpoint,
  createTokenEndpoint,
  signParticipantToken,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import { channel } from '../support/server/feed-server.js';
import type { PublisherKeys } from '../support/publisher-keys.js';
import {
  CAMPAIGN_ID,
  CHANNEL_ID,
  pairFor,
  randomBytes,
  TAG_NUMBER,
  tokenRequest,
} from '../support/server/fixtures.js';

const EVIL = 'https://evil.com';
const secret = randomBytes(32);
/** Calls of functions that exist only on a prototype. */
let calls = 0;
const called = (): void => void (calls += 1);

/** By name, values that would weaken a check or let an attacker in if they were read. */
const members: Readonly<Record<string, unknown>> = {
  // createTokenEndpoint and signParticipantToken
  ...{ campaigns: { '999': { host: 'evil.com' } }, signing: { alg: 'HS256', key: secret } },
  ...{ encryption: { alg: 'dir', enc: 'A256GCM', key: secret }, issuer: 'evil', expiresIn: 600 },
  ...{ participant: () => ({ sub: 'evil' }), allowedOrigins: [EVIL], origin: EVIL },
  ...{ clock: () => 0, onError: called },
  // signing, encryption, keys
  ...{ alg: 'HS256', enc: 'A128GCM', key: secret, kid: 'evil' },
  // a campaign
  ...{ host: 'evil.com', campaignId: '999', channelId: CHANNEL_ID },
  ...{ width: '1', height: '1', frameStyle: 'display:none' },
  // a JWK
  ...{ kty: 'oct', n: 'AQAB', e: 'AQ', d: 'AQAB', p: 'AQAB', q: 'AQAB', dp: 'AQAB', dq: 'AQAB' },
  ...{ qi: 'AQAB', crv: 'P-256', x: 'AQAB', y: 'AQAB', k: 'AAAA', ext: true, oth: [] },
  ...{ use: 'enc', key_ops: ['verify'] },
  // createCampaignFeed, and the JSON of a feed
  ...{ url: `${EVIL}/feed`, maxAge: 1e9, waitUntil: called },
  fetch: () => Promise.resolve(Response.json({ channels: [channel('999', 999)] })),
  ...{ channels: [channel('999', 999)], integration: channel('999')['integration'] },
  ...{ javascript: '', campaign: { campaignId: 999 }, id: 999, channel: 'MINI_SITE' },
  // a participant
  ...{ sub: 'evil', form: { email: 'evil' }, optin: { all: true }, custom: { evil: true } },
  ...{ limit: { nb: 99 }, gift: { label: 'evil' }, accessToken: 'evil' },
  // values that the modules pass to each other and to the platform
  ...{ isPublic: true, extractable: true, alias: 'HS256', operations: ['verify'], role: 'public' },
  ...{ families: ['oct'], curves: ['P-521'], minBits: 1, bits: 8, names: ['HMAC'], hash: 'SHA-1' },
  ...{ usage: 'verify', namedCurve: 'P-521', length: 8, status: 299, method: 'POST' },
  ...{ redirect: 'follow', code: 'SIGNED_OUT', facts: {}, purpose: {} },
};

/**
 * The result of a call of the library: answers, tokens, messages, or the arguments of its `fetch`.
 */
type Result = readonly unknown[];

let rsa: PublisherKeys;
let scenes: readonly (readonly [name: string, act: () => Promise<Result>])[];

before(async () => {
  rsa = await pairFor('RS256');
  const ec = await pairFor('ES256');
  const { privateKey: _, ...decryption } = await pairFor('RSA-OAEP-256');
  const working: TokenEndpointOptions = {
    campaigns: { [TAG_NUMBER]: { host: 'jeux.publisher.com', campaignId: CAMPAIGN_ID } },
    signing: { alg: 'ES256', key: ec.privatePem },
    issuer: 'com.publisher',
    participant: () => ({ sub: 'participant-1' }),
    clock: () => 1_800_000_000_000,
  };
  // Made before the pollution: the test's own calls of the platform are not under test.
  const evil = { origin: EVIL, 'sec-fetch-site': 'cross-site' };
  const requests = [
    tokenRequest(),
    tokenRequest(undefined, evil),
    tokenRequest(undefined, evil, 'OPTIONS'),
    tokenRequest(`campaignId=${TAG_NUMBER}&part=tag`),
    tokenRequest('campaignId=999'),
  ];
  const jwksRequest = new Request('https://www.publisher.com/jwks.json');
  const feedPage = JSON.stringify({ channels: [channel(), { campaign: { campaignId: 7 } }] });
  const pages = Array.from({ length: 4 }, () => new Response(feedPage));
  const feedUrl = 'https://api.qualifio.com/feed';

  const endpoint = (change: Record<string, unknown>) => async (): Promise<Result> => {
    const answer = createTokenEndpoint({ ...working, ...change });
    const answers: Response[] = [];
    for (const request of requests) answers.push(await answer(request));
    return answers;
  };
  const signing = (alg: string, key: unknown): (() => Promise<Result>) =>
    endpoint({ signing: { alg, key } });
  const keySet = (key: unknown) => async (): Promise<Result> => [
    await createJwksEndpoint([{ alg: 'RS256', key } as never])(jwksRequest),
  ];
  const feed = async (): Promise<Result> => {
    const asked: unknown[] = [];
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      asked.push(url, init.method, init.redirect, init.body, init.credentials);
      return Promise.resolve(pages[asked.length % 4]!.clone());
    };
    const campaigns = createCampaignFeed({ url: feedUrl, clock: working.clock, fetch });
    return [await endpoint({ campaigns })(), asked].flat();
  };
  const refusal = (make: () => unknown) => async (): Promise<Result> => {
    try {
      await make();
      return ['taken'];
    } catch (error) {
      return [(error as Error).message];
    }
  };
  const lacking = (name: string) =>
    [`no ${name}`, refusal(endpoint({ [name]: undefined }))] as const;
  scenes = [
    ['a key as PEM', signing('ES256', ec.privatePem)],
    ['a key as a JWK', signing('ES256', ec.privateJwk)],
    ['an RSA key as a JWK', signing('RS256', rsa.privateJwk)],
    ['a CryptoKey', signing('ES256', ec.privateKey)],
    ['a secret', signing('HS256', secret)],
    [
      'encryption',
      endpoint({
        encryption: { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: decryption.publicJwk },
      }),
    ],
    ['a feed', feed],
    [
      'a campaigns function',
      endpoint({ campaigns: (id: string) => (id === '999' ? {} : { host: 'jeux.publisher.com' }) }),
    ],
    ['a participant without a sub', endpoint({ participant: () => ({}) })],
    ['a public JWK in the key set', keySet(rsa.publicJwk)],
    ['a public PEM in the key set', keySet(rsa.publicPem)],
    ['a private JWK in the key set', keySet(rsa.privateJwk)],
    [
      'a token without HTTP',
      async () => [
        await signParticipantToken({ ...working }, TAG_NUMBER, { sub: 'a' }).catch(String),
      ],
    ],
    ...['campaigns', 'signing', 'issuer', 'participant'].map(lacking),
    ['no signing.key', refusal(signing('HS256', undefined))],
    ['no host', refusal(endpoint({ campaigns: { '1': {} } }))],
    ['no key in the key set', refusal(keySet(undefined))],
    ['no url', refusal(() => createCampaignFeed({} as never))],
  ];
});

/** The visible part of a result, without random values. */
async function seen(result: unknown): Promise<unknown> {
  if (typeof result === 'string' && /^[\w-]+(\.[\w-]*){2,4}$/.test(result)) return content(result);
  if (!(result instanceof Response)) return result;
  const body = JSON.parse((await result.text()) || 'null') as { token?: string } | null;
  const token = body?.token === undefined ? undefined : await content(body.token);
  const headers = Object.fromEntries(result.headers);
  return { status: result.status, headers, body: { ...body, token } };
}

async function content(token: string): Promise<unknown> {
  const header = decodeProtectedHeader(token);
  if (header.enc === undefined) {
    const { jti: _, ...claims } = decodeJwt(token);
    return { header, claims };
  }
  const { privateKey } = await pairFor('RSA-OAEP-256');
  const { plaintext } = await compactDecrypt(token, privateKey);
  return { header, inside: await content(new TextDecoder().decode(plaintext)) };
}

/**
 * The result of a scene with a property on `Object.prototype`, which is removed before the result
 * is read.
 */
async function outcome(act: () => Promise<Result>, name = '', value?: unknown): Promise<Result> {
  const prototype = Object.prototype as unknown as Record<string, unknown>;
  let results: Result;
  try {
    if (name !== '') prototype[name] = value;
    results = await act();
  } finally {
    if (name !== '') delete prototype[name];
  }
  return Promise.all(results.map(seen));
}

/**
 * Properties that Web Crypto and jose read from keys and algorithms, including prototypes. They can
 * only cause a failure.
 */
const readBelow: ReadonlySet<string> = new Set(['alg', 'd', 'use', 'key_ops', 'hash', 'length']);

const isFailure = (result: unknown): boolean =>
  (result as { status?: unknown } | null)?.status === 500 || /SIGNING_FAILED/.test(String(result));

describe('pollution of Object.prototype', () => {
  for (const [name, value] of Object.entries(members)) {
    const mayFail = readBelow.has(name);
    const but = mayFail ? ', but that signing may fail' : '';
    // @holds S21
    it(`with ${name} changes no answer, token, key set or refusal${but}`, async () => {
      calls = 0;
      for (const [scene, act] of scenes) {
        const clean = await outcome(act);
        const polluted = await outcome(act, name, value);
        for (const [index, result] of clean.entries()) {
          if (mayFail && isFailure(polluted[index])) continue;
          assert.deepEqual(polluted[index], result, scene);
        }
        assert.equal(polluted.length, clean.length, scene);
      }
      assert.equal(calls, 0);
    });
  }
});

describe('pollution of Object.prototype for an encrypted token', () => {
  // Plain JSON, and the ephemeral key of its author: with it, anyone could read the token.
  const epk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    format: 'jwk',
  });
  const iv = new Uint8Array(12);
  for (const [alg, name, value, shown] of [
    ['ECDH-ES', 'epk', { ...epk, ext: true }, epk.x],
    ['ECDH-ES+A256KW', 'epk', { ...epk, ext: true }, epk.x],
    ['A256GCMKW', 'iv', iv, Buffer.from(iv).toString('base64url')],
  ] as const) {
    it(`with ${name} does not replace that of ${alg}`, async () => {
      const key =
        alg === 'A256GCMKW'
          ? randomBytes(32)
          : generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
      const options = {
        campaigns: { [TAG_NUMBER]: { host: 'jeux.publisher.com', campaignId: CAMPAIGN_ID } },
        signing: { alg: 'HS256', key: secret },
        encryption: { alg, enc: 'A256GCM', key: key as Uint8Array },
        issuer: 'com.publisher',
      } as const;
      const sign = (): Promise<Result> =>
        signParticipantToken(options, TAG_NUMBER, { sub: 'a' }).then((token) => [token]);
      const prototype = Object.prototype as unknown as Record<string, unknown>;
      let results: Result;
      try {
        prototype[name] = value;
        results = await sign();
      } finally {
        delete prototype[name];
      }
      const header = decodeProtectedHeader(String(results[0]));
      assert.equal(header.alg, alg);
      const { x } = (header.epk ?? {}) as { x?: string };
      assert.notEqual(x ?? header['iv'], shown);
    });
  }
});

// @holds S21
it('an option that is inherited from a class is refused, not ignored', async () => {
  const { privatePem } = await pairFor('ES256');
  const own = {
    campaigns: {},
    signing: { alg: 'ES256', key: privatePem },
    issuer: 'com.publisher',
    participant: () => null,
  } as const;
  class Options {
    get encryption(): never {
      throw new Error('is not run');
    }
  }
  class Key {
    get kid(): string {
      return 'key-1';
    }
  }
  const options = Object.assign(new Options(), own);
  const message = 'is inherited; set it as an own property';
  assert.throws(() => createTokenEndpoint(options), new TypeError(`encryption: ${message}`));
  const entry = Object.assign(new Key(), own.signing);
  const withKey = { ...own, signing: entry };
  assert.throws(() => createTokenEndpoint(withKey), new TypeError(`signing.kid: ${message}`));
  assert.throws(() => createJwksEndpoint([entry]), new TypeError(`keys[0].kid: ${message}`));
  await assert.rejects(signParticipantToken(options, TAG_NUMBER, { sub: 'a' }), TypeError);
});
