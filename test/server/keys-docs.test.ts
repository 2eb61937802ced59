/** The examples of docs/keys.md and docs/operations.md, and the rotation that docs/keys.md describes. */
import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it, mock } from 'node:test';
import { pathToFileURL } from 'node:url';
import { metrics, type Attributes } from '@opentelemetry/api';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import {
  createTokenEndpoint,
  signParticipantToken,
  type JwksEndpoint,
  type SigningOptions,
  type TokenEndpoint,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import { DocsExamples } from '../support/docs-examples.js';
import { repository } from '../support/installed-package.js';
import { publisherKeys, type PublisherKeys } from '../support/publisher-keys.js';
import {
  OWN_ORIGIN,
  pairFor,
  TAG_NUMBER,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';

const topics = ['keys', 'operations'] as const;
const compiled = join(repository, '.cache/docs-examples/');

async function load<T>(path: string): Promise<T> {
  return (await import(new URL(path, pathToFileURL(compiled)).href)) as T;
}

before(async () => {
  const server = new URL('../../src/server/index.ts', import.meta.url).href;
  for (const topic of topics) {
    await (
      await DocsExamples.of(topic)
    ).writeTo(join(compiled, topic), (text) =>
      text.replaceAll("'qualifio-campaign/server'", JSON.stringify(server)),
    );
  }
});

async function listen(listener: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

for (const topic of topics) {
  describe(`docs/${topic}.md`, () => {
    it('contains every example exactly as in its file, and each compiles', async () => {
      const examples = await DocsExamples.of(topic);
      await examples.assertShown();
      assert.equal(examples.problems(), '');
    });
  });
}

describe('the example for', () => {
  it('DER converts signatures of each curve, also short ones', async () => {
    const { rawSignature } = await load<{
      rawSignature: (der: Uint8Array, size: number) => Uint8Array;
    }>('keys/raw-signature.js');
    for (const [alg, curve, size] of [
      ['ES256', 'P-256', 32],
      ['ES384', 'P-384', 48],
      ['ES512', 'P-521', 66],
    ] as const) {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
      const { publicKey, privatePem } = await pairFor(alg);
      const hash = `sha${alg.slice(2)}`;
      const lengths = new Set<number>();
      for (let round = 0; round < 300; round += 1) {
        const der = sign(hash, Buffer.from(String(round)), privateKey);
        lengths.add(der.length);
        assert.equal(rawSignature(der, size).length, 2 * size);
      }
      assert.ok(lengths.size > 1, 'r and s of several lengths');
      const signing: SigningOptions = {
        alg,
        sign: async (bytes) => rawSignature(sign(hash, bytes, createPrivateKey(privatePem)), size),
      };
      const options = { ...(await workingOptions()), signing };
      for (let round = 0; round < 20; round += 1) {
        const token = await signParticipantToken(options, TAG_NUMBER, { sub: 'a' });
        await jwtVerify(token, publicKey);
      }
    }
  });

  it('Vault signs with a key that only Vault has', async () => {
    const { privatePem, publicKey } = await pairFor('ES256');
    const asked: unknown[] = [];
    const { server, origin } = await listen((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const { input, marshaling_algorithm } = JSON.parse(body) as Record<string, string>;
        asked.push([request.method, request.url, request.headers['x-vault-token']]);
        asked.push(marshaling_algorithm);
        const key = createPrivateKey(privatePem);
        const dsaEncoding = 'ieee-p1363';
        const signature = sign('sha256', Buffer.from(input ?? '', 'base64'), { key, dsaEncoding });
        response.end(
          JSON.stringify({ data: { signature: `vault:v1:${signature.toString('base64url')}` } }),
        );
      });
    });
    Object.assign(process.env, { VAULT_ADDR: origin, VAULT_TOKEN: 'vault-token' });
    try {
      const { signingWithVault } = await load<{
        signingWithVault: (key: string, kid: string) => SigningOptions;
      }>('keys/vault.js');
      const signing = signingWithVault('qualifio', '2026-11');
      const options = { ...(await workingOptions()), signing };
      const token = await signParticipantToken(options, TAG_NUMBER, { sub: 'a' });
      assert.equal((await jwtVerify(token, publicKey)).protectedHeader.kid, '2026-11');
      assert.deepEqual(asked, [
        ['POST', '/v1/transit/sign/qualifio/sha2-256', 'vault-token'],
        'jws',
      ]);
    } finally {
      delete process.env['VAULT_ADDR'];
      delete process.env['VAULT_TOKEN'];
      server.closeAllConnections();
      server.close();
    }
  });

  it('metrics counts answers and records durations, with the code and the campaign', async (t) => {
    const seen: [string, number, Attributes | undefined][] = [];
    const record = (name: string) => (value: number, attributes?: Attributes) =>
      void seen.push([name, value, attributes]);
    metrics.setGlobalMeterProvider({
      getMeter: () =>
        ({
          createCounter: (name: string) => ({ add: record(name) }),
          createHistogram: (name: string) => ({ record: record(name) }),
        }) as never,
    });
    t.after(() => metrics.disable());
    const { listeners } = await load<{ listeners: Partial<TokenEndpointOptions> }>(
      'operations/metrics.js',
    );
    const participant = () => ({ sub: 'canary', form: { canary: 'canary' } });
    const options = { ...(await workingOptions()), participant, ...listeners };
    const endpoint = createTokenEndpoint(options);
    await endpoint(tokenRequest());
    await endpoint(tokenRequest('campaignId=999'));
    await endpoint(tokenRequest(undefined, { origin: 'https://canary.example' }));
    assert.deepEqual(
      seen.map(([name, value, attributes]) => [name, value >= 0, attributes]),
      [
        ['answers', { code: 'ISSUED', campaign: TAG_NUMBER }],
        ['duration', { code: 'ISSUED', campaign: TAG_NUMBER }],
        ['answers', { code: 'CAMPAIGN_UNKNOWN' }],
        ['duration', { code: 'CAMPAIGN_UNKNOWN' }],
        ['answers', { code: 'ORIGIN_NOT_ALLOWED' }],
        ['duration', { code: 'ORIGIN_NOT_ALLOWED' }],
      ].map(([name, attributes]) => [`qualifio.token.${String(name)}`, true, attributes]),
    );
  });
});

/** Seconds. */
const waits = { jwks: 300, expiresIn: 300 };
const step = 10;

describe('a rotation with four copies of the endpoint', () => {
  const copies: { route: RequestListener; server: Server; origin: string }[] = [];
  let createEndpoints: (
    participant: TokenEndpointOptions['participant'],
    env: Record<string, string>,
  ) => { tokenEndpoint: TokenEndpoint; jwksEndpoint: JwksEndpoint };
  let oldKeys: PublisherKeys;
  let newKeys: PublisherKeys;

  before(async () => {
    const rotation = await load<{ createEndpoints: typeof createEndpoints }>('keys/rotation.js');
    createEndpoints = rotation.createEndpoints;
    [oldKeys, newKeys] = await Promise.all([publisherKeys('RS256'), publisherKeys('RS256')]);
    for (let index = 0; index < 4; index += 1) {
      const listener: RequestListener = (from, to) => copies[index]!.route(from, to);
      copies.push({ route: () => undefined, ...(await listen(listener)) });
    }
  });
  after(() => {
    for (const { server } of copies) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** Restarts one copy with other environment variables, as a deployment does. */
  function deploy(index: number, env: Record<string, string>): void {
    const { tokenEndpoint, jwksEndpoint } = createEndpoints(() => ({ sub: 'reader-7' }), env);
    copies[index]!.route = ({ url = '', headers }, to) => {
      const request = new Request(`${OWN_ORIGIN}${url}`, {
        headers: { origin: String(headers.origin) },
      });
      const route = url === '/jwks.json' ? jwksEndpoint : tokenEndpoint;
      void route(request).then(async (response) => {
        to.writeHead(response.status, Object.fromEntries(response.headers));
        to.end(await response.text());
      });
    };
  }

  /** One node of Qualifio: it keeps the key set for as long as `max-age` says. */
  class Verifier {
    #keys: ReturnType<typeof createLocalJWKSet> | undefined;
    #until = 0;

    async accepts(token: string, fetchNext: (path: string) => Promise<Response>): Promise<boolean> {
      if (!this.#keys || Date.now() >= this.#until) {
        const response = await fetchNext('/jwks.json');
        const maxAge = /max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1];
        this.#until = Date.now() + Number(maxAge) * 1000;
        this.#keys = createLocalJWKSet((await response.json()) as JSONWebKeySet);
      }
      return jwtVerify(token, this.#keys, { currentDate: new Date() }).then(
        () => true,
        () => false,
      );
    }
  }

  /** The whole rotation on a virtual clock; returns how many tokens were checked and refused. */
  async function rotate({ jwks, expiresIn }: typeof waits) {
    const environments = {
      before: { QUALIFIO_KEY_ID: '2026-05', QUALIFIO_PRIVATE_KEY: oldKeys.privatePem },
      publish: {
        ...{ QUALIFIO_KEY_ID: '2026-05', QUALIFIO_PRIVATE_KEY: oldKeys.privatePem },
        ...{ QUALIFIO_OTHER_KEY_ID: '2026-11', QUALIFIO_OTHER_PUBLIC_KEY: newKeys.publicPem },
      },
      sign: {
        ...{ QUALIFIO_KEY_ID: '2026-11', QUALIFIO_PRIVATE_KEY: newKeys.privatePem },
        ...{ QUALIFIO_OTHER_KEY_ID: '2026-05', QUALIFIO_OTHER_PUBLIC_KEY: oldKeys.publicPem },
      },
      remove: { QUALIFIO_KEY_ID: '2026-11', QUALIFIO_PRIVATE_KEY: newKeys.privatePem },
    };
    for (const index of copies.keys()) deploy(index, environments.before);

    let next = 0;
    const fetchNext = (path: string): Promise<Response> =>
      fetch(`${copies[next++ % copies.length]!.origin}${path}`, {
        headers: { origin: OWN_ORIGIN },
      });
    const verifiers = [new Verifier(), new Verifier(), new Verifier()];
    const alive: { token: string; expiresAt: number; checks: Set<number> }[] = [];
    const keyIds = new Set<string>();
    let refused = 0;
    let checked = 0;

    /** Each step: a token from the next copy; each token is checked when new, in between, and just before it expires. */
    async function pass(seconds: number): Promise<void> {
      for (let passed = 0; passed < seconds; passed += step) {
        const answer = await fetchNext(`/qualifio/token?campaignId=${TAG_NUMBER}`);
        const made = (await answer.json()) as { token: string; expiresAt: number };
        keyIds.add(decodeProtectedHeader(made.token).kid ?? '');
        const now = Date.now() / 1000;
        alive.push({ ...made, checks: new Set([now, now + 150, made.expiresAt - step]) });
        for (const { token, checks } of alive) {
          if (!checks.has(now)) continue;
          // Another node each time, so that their key sets have different ages.
          const verifier = verifiers[checked++ % verifiers.length]!;
          if (!(await verifier.accepts(token, fetchNext))) refused += 1;
        }
        while (alive[0] && alive[0].expiresAt <= now) alive.shift();
        mock.timers.tick(step * 1000);
      }
    }

    mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 });
    try {
      await pass(330);
      for (const [name, wait] of [
        ['publish', jwks],
        ['sign', expiresIn],
        ['remove', 330],
      ] as const) {
        for (const index of copies.keys()) {
          deploy(index, environments[name]);
          await pass(2 * step);
        }
        await pass(wait);
      }
    } finally {
      mock.timers.reset();
    }
    assert.deepEqual([...keyIds], ['2026-05', '2026-11']);
    return { checked, refused };
  }

  it('refuses no token if each step waits as the guide says', async () => {
    const { checked, refused } = await rotate(waits);
    assert.ok(checked > 300, `${checked} checks`);
    assert.equal(refused, 0);
  });

  it('refuses tokens without the wait for caches of the JWKS', async () => {
    assert.ok((await rotate({ ...waits, jwks: 0 })).refused > 0);
  });

  it('refuses tokens without the wait for the last token of the old key', async () => {
    assert.ok((await rotate({ ...waits, expiresIn: 0 })).refused > 0);
  });
});
