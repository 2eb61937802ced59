import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { exportJWK, generateSecret, type CryptoKey } from 'jose';
import { createSimulator, type Simulator } from '../../src/simulator/index.js';
import { encrypt, publisherKeys, sign, type PublisherKeys } from '../support/publisher-keys.js';
import { judge } from '../support/user-info.js';

let signing: PublisherKeys;
let qualifio: PublisherKeys;
let simulator: Simulator;
let jws: string;

before(async () => {
  signing = await publisherKeys('ES256');
  qualifio = await publisherKeys('RSA-OAEP-256');
  jws = await sign(signing.privateKey, { alg: 'ES256' });
  simulator = createSimulator({ publicKey: signing.publicPem, privateKey: qualifio.privatePem });
});

async function codeOf(token: string, of: Simulator = simulator): Promise<string | null> {
  return (await judge(of, token)).code;
}

describe('a JWE', () => {
  it('is decrypted, and its JWS fills in the form', async () => {
    const { code, form } = await judge(
      simulator,
      await encrypt(jws, qualifio.publicKey, 'RSA-OAEP-256'),
    );
    assert.equal(code, null);
    assert.equal(form['firstname'], 'Ada');
  });

  for (const alg of ['RSA-OAEP-384', 'RSA-OAEP-512']) {
    it(`can be encrypted with ${alg}`, async () => {
      const own = await publisherKeys(alg);
      const options = { publicKey: signing.publicPem, privateKey: own.privatePem };
      const token = await encrypt(jws, own.publicKey, alg);
      assert.equal(await codeOf(token, createSimulator(options)), null);
    });
  }

  for (const alg of ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW']) {
    it(`can be encrypted with ${alg} on each curve`, async () => {
      for (const crv of ['P-256', 'P-384', 'P-521', 'X25519']) {
        const own = await publisherKeys(alg, crv);
        const options = { publicKey: signing.publicPem, privateKey: own.privatePem };
        const token = await encrypt(jws, own.publicKey, alg);
        assert.equal(await codeOf(token, createSimulator(options)), null, crv);
      }
    });
  }

  for (const [alg, secretAlg] of [
    ['A128KW', 'A128KW'],
    ['A192KW', 'A192KW'],
    ['A256KW', 'A256KW'],
    ['A128GCMKW', 'A128GCMKW'],
    ['A192GCMKW', 'A192GCMKW'],
    ['A256GCMKW', 'A256GCMKW'],
    ['dir', 'A256GCM'],
  ] as const) {
    it(`can be encrypted with ${alg} and a symmetric JWK`, async () => {
      const secret = (await generateSecret(secretAlg, { extractable: true })) as CryptoKey;
      const { kty, k } = await exportJWK(secret);
      const token = await encrypt(jws, secret, alg);
      for (const privateKey of [{ kty, k }, JSON.stringify({ kty, k })]) {
        const own = createSimulator({ publicKey: signing.publicPem, privateKey });
        assert.equal(await codeOf(token, own), null);
      }
    });
  }

  it('can be decrypted with a private key in JWK format', async () => {
    const own = createSimulator({
      publicKey: signing.publicPem,
      privateKey: { ...qualifio.privateJwk },
    });
    assert.equal(await codeOf(await encrypt(jws, qualifio.publicKey, 'RSA-OAEP-256'), own), null);
  });

  it('is TOKEN_DECRYPTION_FAILED if the simulator has no private key', async () => {
    const without = createSimulator({ publicKey: signing.publicPem });
    const token = await encrypt(jws, qualifio.publicKey, 'RSA-OAEP-256');
    assert.equal(await codeOf(token, without), 'TOKEN_DECRYPTION_FAILED');
  });

  it('is TOKEN_DECRYPTION_FAILED when encrypted for another recipient', async () => {
    const other = await publisherKeys('RSA-OAEP-256');
    const token = await encrypt(jws, other.publicKey, 'RSA-OAEP-256');
    assert.equal(await codeOf(token), 'TOKEN_DECRYPTION_FAILED');
  });

  it('is TOKEN_DECRYPTION_FAILED when its ciphertext is truncated', async () => {
    const parts = (await encrypt(jws, qualifio.publicKey, 'RSA-OAEP-256')).split('.');
    parts[3] = parts[3]?.slice(4) ?? '';
    assert.equal(await codeOf(parts.join('.')), 'TOKEN_DECRYPTION_FAILED');
  });

  it('is TOKEN_DECRYPTION_FAILED when it contains no JWS', async () => {
    const claims = JSON.stringify({ sub: 'reader-7', campaignId: '98765' });
    const token = await encrypt(claims, qualifio.publicKey, 'RSA-OAEP-256');
    assert.equal(await codeOf(token), 'TOKEN_DECRYPTION_FAILED');
    const nested = await encrypt(token, qualifio.publicKey, 'RSA-OAEP-256');
    assert.equal(await codeOf(nested), 'TOKEN_DECRYPTION_FAILED');
  });

  it('still needs a valid signature inside', async () => {
    const stranger = await publisherKeys('ES256');
    const forged = await sign(stranger.privateKey, { alg: 'ES256' });
    const token = await encrypt(forged, qualifio.publicKey, 'RSA-OAEP-256');
    assert.equal(await codeOf(token), 'TOKEN_INVALID_SIGNATURE');
  });

  it('is summarized by its outer algorithm and its inner exp', async () => {
    simulator.reset();
    await judge(simulator, await encrypt(jws, qualifio.publicKey, 'RSA-OAEP-256', 'q-1'));
    const { token } = simulator.transcript[0] ?? {};
    assert.equal(token?.kind, 'JWE');
    assert.equal(token?.alg, 'RSA-OAEP-256');
    assert.equal(token?.kid, 'q-1');
    assert.ok(token?.secondsLeft !== undefined && Math.abs(token.secondsLeft - 300) < 30);
  });
});
