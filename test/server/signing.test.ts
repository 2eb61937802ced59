import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compactDecrypt, createLocalJWKSet, decodeJwt, decodeProtectedHeader } from 'jose';
import {
  createTokenEndpoint,
  signParticipantToken,
  TokenError,
  type ContentEncryption,
  type EncryptionAlgorithm,
  type TokenErrorCode,
} from '../../src/server/index.js';
import {
  CAMPAIGN_ID,
  pairFor,
  randomBytes,
  SIGNING_ALGORITHMS,
  signingKeys,
  TAG_NUMBER,
  tokenBody,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';
import { createVerifier } from '../support/server/verifier.js';

describe('a token', () => {
  for (const alg of SIGNING_ALGORITHMS) {
    it(`signed with ${alg} is accepted by an independent verifier`, async () => {
      const { sign, verify } = await signingKeys(alg);
      const options = { ...(await workingOptions()), signing: { alg, kid: 'key-1', key: sign } };
      const response = await createTokenEndpoint(options)(tokenRequest());
      const { token, hosts, expiresAt } = await tokenBody(response);
      const payload = await createVerifier({
        keys: verify,
        algorithm: alg,
        issuer: 'com.publisher',
        campaignId: CAMPAIGN_ID,
      })(token);
      assert.equal(payload.sub, 'participant-1');
      assert.equal(payload.exp, expiresAt);
      assert.deepEqual(hosts, ['jeux.publisher.com']);
      assert.deepEqual(decodeProtectedHeader(token), { alg, typ: 'JWT', kid: 'key-1' });
    });
  }

  for (const alg of ['RS256', 'PS256', 'ES512', 'EdDSA'] as const) {
    it(`can be signed with an ${alg} key as PEM, JWK, JWK text or CryptoKey`, async () => {
      const pair = await pairFor(alg);
      const jwkText = JSON.stringify(pair.privateJwk);
      for (const key of [pair.privatePem, pair.privateJwk, jwkText, pair.privateKey]) {
        const options = { ...(await workingOptions()), signing: { alg, key } };
        const token = await signParticipantToken(options, TAG_NUMBER, { sub: 'a' });
        const keys = createLocalJWKSet({ keys: [{ ...pair.publicJwk, alg }] });
        const issuer = 'com.publisher';
        await createVerifier({ keys, algorithm: alg, issuer, campaignId: CAMPAIGN_ID })(token);
      }
    });
  }

  const encryptions: readonly (readonly [EncryptionAlgorithm, ContentEncryption, string?])[] = [
    ['RSA-OAEP-256', 'A128GCM'],
    ['RSA-OAEP-384', 'A192GCM'],
    ['RSA-OAEP-512', 'A256GCM'],
    ['ECDH-ES', 'A128GCM', 'P-256'],
    ['ECDH-ES', 'A256GCM', 'P-521'],
    ['ECDH-ES', 'A256GCM', 'X25519'],
    ['ECDH-ES+A128KW', 'A128GCM', 'P-384'],
    ['ECDH-ES+A192KW', 'A192GCM', 'P-256'],
    ['ECDH-ES+A256KW', 'A256GCM', 'X25519'],
  ];
  for (const [alg, enc, crv] of encryptions) {
    // @holds P14
    it(`encrypted with ${alg} ${crv ?? ''} and ${enc} contains a signed token`, async () => {
      const recipient = await pairFor(alg, crv);
      const jwkText = JSON.stringify(recipient.publicJwk);
      const forms = [recipient.publicPem, recipient.publicJwk, jwkText, recipient.publicKey];
      for (const key of forms) await readsBack({ alg, enc, key }, recipient.privateKey);
    });
  }

  const shared: readonly (readonly [EncryptionAlgorithm, ContentEncryption, number, string])[] = [
    ['A128KW', 'A128GCM', 16, 'AES-KW'],
    ['A192KW', 'A192GCM', 24, 'AES-KW'],
    ['A256KW', 'A256GCM', 32, 'AES-KW'],
    ['A128GCMKW', 'A256GCM', 16, 'AES-GCM'],
    ['A192GCMKW', 'A192GCM', 24, 'AES-GCM'],
    ['A256GCMKW', 'A128GCM', 32, 'AES-GCM'],
    ['dir', 'A128GCM', 16, 'AES-GCM'],
    ['dir', 'A192GCM', 24, 'AES-GCM'],
    ['dir', 'A256GCM', 32, 'AES-GCM'],
  ];
  for (const [alg, enc, length, name] of shared) {
    // @holds P14
    it(`encrypted with ${alg}, ${enc} and a shared key contains a signed token`, async () => {
      const bytes = randomBytes(length);
      const usage = name === 'AES-KW' ? 'wrapKey' : 'encrypt';
      const key = await crypto.subtle.importKey('raw', bytes, name, false, [usage]);
      const jwk = { kty: 'oct', k: Buffer.from(bytes).toString('base64url') };
      for (const form of [bytes, jwk, key]) await readsBack({ alg, enc, key: form }, bytes);
    });
  }

  it('does not change if the caller clears the arrays of its secrets', async () => {
    const secret = randomBytes(32);
    const shared = randomBytes(16);
    const kept = [Uint8Array.from(secret), Uint8Array.from(shared)] as const;
    const endpoint = createTokenEndpoint({
      ...(await workingOptions()),
      signing: { alg: 'HS256', key: secret },
      encryption: { alg: 'A128KW', enc: 'A128GCM', key: shared },
    });
    secret.fill(0);
    shared.fill(0);
    const { token } = await tokenBody(await endpoint(tokenRequest()));
    const payload = await createVerifier({
      keys: kept[0],
      decryptionKey: kept[1],
      algorithm: 'HS256',
      issuer: 'com.publisher',
      campaignId: CAMPAIGN_ID,
    })(token);
    assert.equal(payload.sub, 'participant-1');
  });

  it('accepts a JWK from Web Crypto with Web Crypto’s algorithm names', async () => {
    const ed = await pairFor('EdDSA');
    const edKey = { ...ed.privateJwk, alg: 'Ed25519', key_ops: ['sign'], ext: true };
    const options = { ...(await workingOptions()), signing: { alg: 'EdDSA', key: edKey } as const };
    await signParticipantToken(options, TAG_NUMBER, { sub: 'a' });

    const bytes = randomBytes(32);
    const k = Buffer.from(bytes).toString('base64url');
    for (const alg of ['A256GCM', 'dir']) {
      const key = { kty: 'oct', k, alg, use: 'enc', key_ops: ['encrypt', 'decrypt'] };
      await readsBack({ alg: 'dir', enc: 'A256GCM', key }, bytes);
    }
    const { publicJwk, privateKey } = await pairFor('RSA-OAEP-256');
    const key = { ...publicJwk, alg: 'RSA-OAEP-256', key_ops: ['encrypt'], ext: true };
    await readsBack({ alg: 'RSA-OAEP-256', enc: 'A128GCM', key }, privateKey);
  });

  async function readsBack(
    encryption: NonNullable<Parameters<typeof signParticipantToken>[0]['encryption']>,
    decryptionKey: CryptoKey | Uint8Array,
  ): Promise<void> {
    const { publicKey } = await pairFor('ES256');
    const options = { ...(await workingOptions()), encryption: { ...encryption, kid: 'theirs' } };
    const token = await signParticipantToken(options, TAG_NUMBER, { sub: 'a' });
    const { protectedHeader } = await compactDecrypt(token, decryptionKey);
    assert.equal(protectedHeader.alg, encryption.alg);
    assert.equal(protectedHeader.enc, encryption.enc);
    assert.equal(protectedHeader.kid, 'theirs');
    assert.equal(protectedHeader.cty, 'JWT');
    const payload = await createVerifier({
      keys: publicKey,
      algorithm: 'ES256',
      issuer: 'com.publisher',
      campaignId: CAMPAIGN_ID,
      decryptionKey,
    })(token);
    assert.equal(payload.sub, 'a');
  }
});

describe('signParticipantToken', () => {
  const refused = async (
    code: TokenErrorCode,
    id: unknown,
    participant: unknown,
  ): Promise<void> => {
    const options = await workingOptions();
    await assert.rejects(
      signParticipantToken(options, id as string, participant as { sub: string }),
      (error: unknown) => error instanceof TokenError && error.code === code,
    );
  };

  it('refuses an unlisted campaign', () => refused('CAMPAIGN_UNKNOWN', '999', { sub: 'a' }));

  it('refuses an invalid campaign id', async () => {
    for (const id of ['', '12a', '__proto__', '1'.repeat(21), 123456, null]) {
      await refused('CAMPAIGN_ID_INVALID', id, { sub: 'a' });
    }
  });

  it('refuses an invalid participant', async () => {
    for (const value of [null, undefined, 'a', {}, { sub: '' }, { sub: 1 }, []]) {
      await refused('PARTICIPANT_INVALID', TAG_NUMBER, value);
    }
  });

  it('rejects with a TypeError that names the invalid option', async () => {
    const options = { ...(await workingOptions()), expiresIn: 0 };
    await assert.rejects(signParticipantToken(options, TAG_NUMBER, { sub: 'a' }), {
      name: 'TypeError',
      message: /^expiresIn: /,
    });
  });

  it('signs the campaign ID, not the tag number', async () => {
    const host = 'jeux.publisher.com';
    for (const [campaign, claim] of [
      [{ host, campaignId: CAMPAIGN_ID }, CAMPAIGN_ID],
      [{ host, campaignId: Number(CAMPAIGN_ID) }, CAMPAIGN_ID],
      [{ host }, TAG_NUMBER],
    ] as const) {
      for (const campaigns of [{ [TAG_NUMBER]: campaign }, async () => campaign]) {
        const options = { ...(await workingOptions()), campaigns };
        const token = await signParticipantToken(options, TAG_NUMBER, { sub: 'a' });
        assert.equal(decodeJwt(token)['campaignId'], claim);
        const { token: other } = await tokenBody(
          await createTokenEndpoint(options)(tokenRequest()),
        );
        assert.equal(decodeJwt(other)['campaignId'], claim);
      }
    }
    await refused('CAMPAIGN_UNKNOWN', CAMPAIGN_ID, { sub: 'a' });
  });

  it('calls a campaigns function with the tag number', async () => {
    const asked: string[] = [];
    const options = {
      ...(await workingOptions()),
      campaigns: (id: string, request: Request) => {
        asked.push(`${id} ${request.headers.get('cookie')}`);
        return id === '7' ? { host: 'jeux.publisher.com' } : null;
      },
    };
    assert.match(await signParticipantToken(options, '7', { sub: 'a' }), /^[\w-]+(\.[\w-]+){2}$/);
    await assert.rejects(signParticipantToken(options, '8', { sub: 'a' }), TokenError);
    assert.deepEqual(asked, ['7 null', '8 null']);
  });
});
