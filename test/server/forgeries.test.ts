import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { CompactEncrypt, CompactSign, SignJWT } from 'jose';
import { createTokenEndpoint, signParticipantToken } from '../../src/server/index.js';
import type { PublisherKeys } from '../support/publisher-keys.js';
import { pairFor, TAG_NUMBER } from '../support/server/fixtures.js';
import {
  encode,
  genuineClaims,
  headerPart,
  isRefused,
  jwks,
  options,
  payloadPart,
  rsa,
  signaturePart,
  token,
  verifier,
} from '../support/server/qualifio-side.js';

let recipient: PublisherKeys;

before(async () => {
  recipient = await pairFor('RSA-OAEP-256');
});

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe('a verifier that trusts our JWKS', () => {
  it('accepts the genuine token, as a control for the refusals below', async () => {
    const payload = await verifier()(token);
    assert.equal(payload.sub, 'participant-1');
  });

  // @holds S1
  it('S1: refuses alg none in any spelling, and a changed alg', async () => {
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '', 'RS384', 'HS256', 'ES256', null]) {
      const header = encode({ alg, typ: 'JWT', kid: 'key-1' });
      for (const signature of ['', signaturePart]) {
        await isRefused(`${header}.${payloadPart}.${signature}`);
      }
    }
  });

  // @holds S2
  it('S2: refuses an HMAC with our public key as PEM, DER or JWK, with and without newline', async () => {
    const der = Buffer.from(await crypto.subtle.exportKey('spki', rsa.publicKey));
    const jwkText = JSON.stringify(rsa.publicJwk);
    const { publicPem: pem } = rsa;
    const secrets = [pem, `${pem}\n`, pem.trim(), jwkText, `${jwkText}\n`, der, rsa.publicJwk.n!];
    for (const [alg, hash] of [
      ['HS256', 'sha256'],
      ['HS512', 'sha512'],
      ['RS256', 'sha256'],
    ] as const) {
      for (const secret of secrets) {
        const signed = `${encode({ alg, typ: 'JWT', kid: 'key-1' })}.${payloadPart}`;
        await isRefused(`${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`);
      }
    }
  });

  // @holds S3
  it('S3: never has to accept a guessable secret, because the endpoint refuses one', () => {
    for (const secret of ['secret', 'password', 'qualifio'].map(bytesOf)) {
      const signing = { alg: 'HS256', key: secret } as const;
      assert.throws(
        () => createTokenEndpoint({ ...options, signing }),
        /^TypeError: signing\.key: /,
      );
    }
  });

  // @holds S4
  it('S4: refuses a token signed by another RSA key, with our kid or without one', async () => {
    const { privateKey } = await crypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        hash: 'SHA-256',
        modulusLength: 2048,
        publicExponent: Uint8Array.of(1, 0, 1),
      },
      false,
      ['sign', 'verify'],
    );
    for (const kid of [{ kid: 'key-1' }, {}]) {
      const header = { alg: 'RS256', typ: 'JWT', ...kid };
      await isRefused(
        await new SignJWT(genuineClaims()).setProtectedHeader(header).sign(privateKey),
      );
    }
  });

  // @holds S5
  it('S5: refuses a JWE without a signature inside, because anyone can create one', async () => {
    const check = verifier({ decryptionKey: recipient.privateKey });
    for (const plaintext of [JSON.stringify(genuineClaims()), `${payloadPart}`, 'a.b.c', '']) {
      for (const cty of [{ cty: 'JWT' }, {}]) {
        const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', ...cty };
        const jwe = new CompactEncrypt(bytesOf(plaintext)).setProtectedHeader(header);
        await isRefused(await jwe.encrypt(recipient.publicKey), check);
      }
    }
  });

  // @holds S5
  it('S5: refuses our JWE if it is truncated, changed or encrypted for another recipient', async () => {
    const encryption = { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: recipient.publicPem } as const;
    const jwe = await signParticipantToken({ ...options, encryption }, TAG_NUMBER, { sub: 'a' });
    await verifier({ decryptionKey: recipient.privateKey })(jwe);

    const check = verifier({ decryptionKey: recipient.privateKey });
    const parts = jwe.split('.');
    assert.equal(parts.length, 5);
    for (let index = 0; index < 5; index += 1) {
      const flipped = parts.with(index, flipFirst(parts[index]!));
      await isRefused(flipped.join('.'), check);
      await isRefused(parts.with(index, '').join('.'), check);
    }
    await isRefused(`${parts.slice(0, 4).join('.')}.${parts[4]!.slice(0, 8)}`, check);
    const stranger = await crypto.subtle.generateKey(
      {
        name: 'RSA-OAEP',
        hash: 'SHA-256',
        modulusLength: 2048,
        publicExponent: Uint8Array.of(1, 0, 1),
      },
      false,
      ['decrypt'],
    );
    await isRefused(jwe, verifier({ decryptionKey: stranger.privateKey }));
  });

  // @holds S5
  it('S5: finds no compression or password-based algorithm in our JWE', async () => {
    const encryption = { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: recipient.publicPem } as const;
    const jwe = await signParticipantToken({ ...options, encryption }, TAG_NUMBER, { sub: 'a' });
    const header: unknown = JSON.parse(Buffer.from(jwe.split('.')[0]!, 'base64url').toString());
    assert.deepEqual(header, { alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT' });
  });

  // @holds S6
  it('S6: refuses keys that the header contains or links to, and fetches nothing', async () => {
    const own = await pairFor('RS512');
    const privateKey = await crypto.subtle.importKey(
      'jwk',
      { ...own.privateJwk, alg: 'RS256' },
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const lures = [
      { jwk: own.publicJwk },
      { jku: 'https://evil.example/jwks.json' },
      { x5u: 'https://evil.example/cert.pem' },
      { x5c: ['AAAA'] },
    ];
    const fetched: unknown[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = async (input) => {
      fetched.push(input);
      return new Response();
    };
    try {
      for (const lure of lures) {
        const header = { alg: 'RS256', typ: 'JWT', kid: 'key-1', ...lure };
        const sign = new CompactSign(bytesOf(JSON.stringify(genuineClaims())));
        await isRefused(await sign.setProtectedHeader(header).sign(privateKey));
      }
      for (const kid of ['../../key', "' OR 1=1 --", 'key-1\0', 'k'.repeat(10_000), 'key-2', '']) {
        const header = encode({ alg: 'RS256', typ: 'JWT', kid });
        await isRefused(`${header}.${payloadPart}.${signaturePart}`);
      }
    } finally {
      globalThis.fetch = fetch;
    }
    assert.deepEqual(fetched, []);
  });

  // @holds S6
  it('S6: finds only alg, typ and kid in the header of our token', () => {
    const header: unknown = JSON.parse(Buffer.from(headerPart, 'base64url').toString());
    assert.deepEqual(header, { alg: 'RS256', typ: 'JWT', kid: 'key-1' });
  });

  // @holds S7
  it('S7: finds no signing key in the JWKS', async () => {
    for (const jwk of jwks.keys) {
      await assert.rejects(async () => {
        const key = await crypto.subtle.importKey(
          'jwk',
          jwk as JsonWebKey,
          { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
          false,
          ['sign'],
        );
        await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, bytesOf('forged'));
      });
    }
  });
});

function flipFirst(part: string): string {
  return (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
}
