import assert from 'node:assert/strict';
import {
  constants,
  createHmac,
  createPrivateKey,
  sign as signInNode,
  type KeyObject,
} from 'node:crypto';
import { describe, it, mock } from 'node:test';
import { compactVerify, decodeProtectedHeader } from 'jose';
import {
  createTokenEndpoint,
  signParticipantToken,
  TokenError,
  type SignFunction,
  type SigningAlgorithm,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import {
  errorLog,
  pairFor,
  randomBytes,
  SIGNING_ALGORITHMS,
  TAG_NUMBER,
  tokenBody,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';
import { refuses } from '../support/server/refuses.js';

type Encoding = 'ieee-p1363' | 'der';

/** A stand-in for a KMS: only this object has the key, and it signs what it is given. */
class Kms {
  readonly #alg: SigningAlgorithm;
  readonly #key: KeyObject | Uint8Array;

  constructor(alg: SigningAlgorithm, key: KeyObject | Uint8Array) {
    this.#alg = alg;
    this.#key = key;
  }

  sign(bytes: Uint8Array, dsaEncoding: Encoding = 'ieee-p1363'): Promise<Uint8Array> {
    const hash = `sha${this.#alg.slice(2)}`;
    if (this.#key instanceof Uint8Array) {
      return Promise.resolve(createHmac(hash, this.#key).update(bytes).digest());
    }
    const padding = this.#alg.startsWith('PS')
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {};
    const digest = this.#alg === 'EdDSA' ? null : hash;
    return Promise.resolve(signInNode(digest, bytes, { key: this.#key, dsaEncoding, ...padding }));
  }
}

async function kmsFor(
  alg: SigningAlgorithm,
): Promise<{ kms: Kms; verify: CryptoKey | Uint8Array }> {
  if (alg.startsWith('HS')) {
    const secret = randomBytes(Number(alg.slice(2)) / 8);
    return { kms: new Kms(alg, secret), verify: secret };
  }
  const { privatePem, publicKey } = await pairFor(alg);
  return { kms: new Kms(alg, createPrivateKey(privatePem)), verify: publicKey };
}

const optionsWith = async (
  alg: SigningAlgorithm,
  sign: unknown,
): Promise<TokenEndpointOptions> => ({
  ...(await workingOptions()),
  signing: { alg, kid: 'kms-1', sign: sign as SignFunction },
});

describe('a sign function', () => {
  for (const alg of SIGNING_ALGORITHMS) {
    it(`signs tokens with ${alg} that verify, also without HTTP`, async () => {
      const { kms, verify } = await kmsFor(alg);
      const options = await optionsWith(alg, (bytes: Uint8Array) => kms.sign(bytes));
      const { token } = await tokenBody(await createTokenEndpoint(options)(tokenRequest()));
      const direct = await signParticipantToken(options, TAG_NUMBER, { sub: 'a' });
      for (const jws of [token, direct]) {
        await compactVerify(jws, verify);
        assert.deepEqual(decodeProtectedHeader(jws), { alg, typ: 'JWT', kid: 'kms-1' });
      }
    });
  }

  it('can be used with an encrypted token', async () => {
    const { kms } = await kmsFor('ES256');
    const { publicPem: key } = await pairFor('RSA-OAEP-256');
    const encryption = { alg: 'RSA-OAEP-256', enc: 'A256GCM', key } as const;
    const options = await optionsWith('ES256', (bytes: Uint8Array) => kms.sign(bytes));
    const token = await signParticipantToken({ ...options, encryption }, TAG_NUMBER, { sub: 'a' });
    assert.equal(token.split('.').length, 5);
  });

  it('is refused if it is not a function, or given together with a key', async () => {
    const sign = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(64));
    const { privatePem: key } = await pairFor('ES256');
    for (const value of ['a', null, {}, 1]) {
      refuses('signing.sign', { signing: { alg: 'ES256', sign: value } });
    }
    refuses('signing.sign', { signing: { alg: 'ES256', key, sign } });
    refuses('signing.alg', { signing: { alg: 'none', sign } });
    refuses('signing.kid', { signing: { alg: 'ES256', kid: '../a', sign } });
    class Inherited {
      readonly alg = 'ES256';
      get sign(): SignFunction {
        return sign;
      }
    }
    refuses('signing.sign', { signing: new Inherited() });
  });
});

describe('what a sign function returns', () => {
  /** The endpoint answers 500, and the reason says this; without HTTP, the error's message does. */
  async function fails(alg: SigningAlgorithm, sign: unknown, reason: RegExp): Promise<void> {
    const { calls, onError } = errorLog();
    const options = { ...(await optionsWith(alg, sign)), onError };
    const response = await createTokenEndpoint(options)(tokenRequest());
    assert.equal(response.status, 500);
    assert.equal(await response.text(), '{"error":"INTERNAL_ERROR"}');
    const [[code, context] = []] = calls;
    assert.equal(code, 'SIGNING_FAILED');
    assert.match(context?.reason ?? '', reason);
    await assert.rejects(signParticipantToken(options, TAG_NUMBER, { sub: 'a' }), (error) => {
      assert.ok(error instanceof TokenError);
      assert.equal(error.code, 'SIGNING_FAILED');
      assert.equal(error.message, `SIGNING_FAILED: ${context?.reason}`);
      return true;
    });
  }

  const lengths: readonly (readonly [SigningAlgorithm, number, string])[] = [
    ['RS256', 255, '256 to 2048'],
    ['RS512', 2049, '256 to 2048'],
    ['PS256', 128, '256 to 2048'],
    ['ES256', 63, '64'],
    ['ES256', 96, '64'],
    ['ES384', 64, '96'],
    ['ES512', 128, '132'],
    ['EdDSA', 114, '64'],
    ['HS256', 64, '32'],
    ['HS384', 32, '48'],
    ['HS512', 0, '64'],
  ];
  for (const [alg, length, wanted] of lengths) {
    it(`is refused for ${alg} if it has ${length} bytes`, () => {
      const reason = `^signing\\.sign returned ${length} bytes; a signature of ${alg} has ${wanted}$`;
      return fails(alg, () => Promise.resolve(new Uint8Array(length)), new RegExp(reason));
    });
  }

  for (const [alg, total, half] of [
    ['ES256', 64, 32],
    ['ES384', 96, 48],
    ['ES512', 132, 66],
  ] as const) {
    it(`is refused for ${alg} if it is DER, and the reason says how to convert it`, async () => {
      const { kms } = await kmsFor(alg);
      const reason = new RegExp(
        `in DER, but ${alg} needs r and s as ${total} raw bytes.*${half} b`,
      );
      await fails(alg, (bytes: Uint8Array) => kms.sign(bytes, 'der'), reason);
    });
  }

  const kinds: readonly (readonly [unknown, string])[] = [
    ['c2lnbmF0dXJl', 'a string'],
    [undefined, 'undefined'],
    [null, 'null'],
    [new ArrayBuffer(64), 'an object of class ArrayBuffer'],
    [new Uint16Array(32), 'an object of class Uint16Array'],
    [Array(64).fill(0), 'an array'],
    [{ Signature: new Uint8Array(64) }, 'an object'],
  ];
  for (const [value, kind] of kinds) {
    it(`is refused if it is ${kind}`, () =>
      fails(
        'ES256',
        () => Promise.resolve(value),
        new RegExp(`^signing\\.sign returned ${kind};`),
      ));
  }

  it('is no part of the reason if it throws: the error may quote the claims', async () => {
    const rejects = (): Promise<never> => Promise.reject(new Error('canary'));
    const throws = (): never => {
      throw new Error('canary');
    };
    for (const sign of [rejects, throws])
      await fails('ES256', sign, /^signing\.sign threw; (?!.*canary)/);
  });

  it('must come within 5 seconds', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const { calls, onError } = errorLog();
      let called = (): void => undefined;
      const asked = new Promise<void>((resolve) => (called = resolve));
      const sign = (): Promise<never> => {
        called();
        return new Promise(() => undefined);
      };
      const endpoint = createTokenEndpoint({ ...(await optionsWith('ES256', sign)), onError });
      let isDone = false;
      const answer = endpoint(tokenRequest()).finally(() => (isDone = true));
      await asked;
      mock.timers.tick(4999);
      await new Promise(setImmediate);
      assert.equal(isDone, false);
      mock.timers.tick(1);
      assert.equal((await answer).status, 500);
      assert.match(calls[0]?.[1].reason ?? '', /did not return within 5 s/);
    } finally {
      mock.timers.reset();
    }
  });
});
