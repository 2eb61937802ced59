import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { CompactEncrypt, CompactSign, createLocalJWKSet, decodeJwt, SignJWT, type JWK } from 'jose';
import {
  createJwksEndpoint,
  createTokenEndpoint,
  signParticipantToken,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import {
  CAMPAIGN_ID,
  pairFor,
  randomBytes,
  tokenBody,
  tokenRequest,
  workingOptions,
  type PairForms,
} from './fixtures.js';
import { createVerifier, type Verifier } from './verifier.js';

const ISSUER = 'com.publisher';

let rsa: PairForms;
let recipient: PairForms;
let options: TokenEndpointOptions;
let jwks: { keys: JWK[] };
let token: string;

before(async () => {
  rsa = await pairFor('RS256');
  recipient = await pairFor('RSA-OAEP-256');
  options = {
    ...(await workingOptions()),
    signing: { alg: 'RS256', kid: 'key-1', key: rsa.privatePem },
  };
  token = await signParticipantToken(options, CAMPAIGN_ID, { sub: 'participant-1' });
  const published = createJwksEndpoint([{ alg: 'RS256', kid: 'key-1', key: rsa.publicPem }]);
  const answer = await published(new Request('https://www.publisher.com/jwks.json'));
  jwks = (await answer.json()) as { keys: JWK[] };
});

/** Qualifio's side: keys from our published JWKS alone, one algorithm, one campaign, one use. */
function verifier(change: { campaignId?: string; decryptionKey?: CryptoKey } = {}): Verifier {
  const keys = createLocalJWKSet(jwks as { keys: (JWK & { kty: string })[] });
  return createVerifier({
    keys,
    algorithm: 'RS256',
    issuer: ISSUER,
    campaignId: CAMPAIGN_ID,
    ...change,
  });
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const payloadPart = (): string => token.split('.')[1]!;
const signaturePart = (): string => token.split('.')[2]!;

/** The claims of a token that the publisher really made. */
const genuineClaims = (): Record<string, unknown> => decodeJwt(token);

async function isRefused(forged: string, check: Verifier = verifier()): Promise<void> {
  await assert.rejects(check(forged), Error, forged.slice(0, 80));
}

describe('a verifier that trusts our JWKS', () => {
  it('accepts the genuine token, so that the refusals below mean something', async () => {
    const payload = await verifier()(token);
    assert.equal(payload.sub, 'participant-1');
  });

  it('S1: refuses alg none in any spelling, and a changed alg', async () => {
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '', 'RS384', 'HS256', 'ES256', null]) {
      const header = encode({ alg, typ: 'JWT', kid: 'key-1' });
      for (const signature of ['', signaturePart()]) {
        await isRefused(`${header}.${payloadPart()}.${signature}`);
      }
    }
  });

  it('S2: refuses an HMAC made with our public key, as PEM, DER, JWK, with and without newline', async () => {
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
        const signed = `${encode({ alg, typ: 'JWT', kid: 'key-1' })}.${payloadPart()}`;
        await isRefused(`${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`);
      }
    }
  });

  it('S3: cannot be met with a guessable secret, because none can be configured', () => {
    for (const secret of ['secret', 'password', 'qualifio'].map(bytesOf)) {
      const signing = { alg: 'HS256', key: secret } as const;
      assert.throws(
        () => createTokenEndpoint({ ...options, signing }),
        /^TypeError: signing\.key: /,
      );
    }
  });

  it('S4: refuses a token signed by another RSA key, under our kid or none', async () => {
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

  it('S5: refuses a JWE without a signature inside, though anybody can make one', async () => {
    const check = verifier({ decryptionKey: recipient.privateKey });
    for (const plaintext of [JSON.stringify(genuineClaims()), `${payloadPart()}`, 'a.b.c', '']) {
      for (const cty of [{ cty: 'JWT' }, {}]) {
        const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', ...cty };
        const jwe = new CompactEncrypt(bytesOf(plaintext)).setProtectedHeader(header);
        await isRefused(await jwe.encrypt(recipient.publicKey), check);
      }
    }
  });

  it('S5: refuses our JWE once it is cut, altered or addressed to somebody else', async () => {
    const encryption = { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: recipient.publicPem } as const;
    const jwe = await signParticipantToken({ ...options, encryption }, CAMPAIGN_ID, { sub: 'a' });
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

  it('S5: our JWE names no compression and no password-based algorithm', async () => {
    const encryption = { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: recipient.publicPem } as const;
    const jwe = await signParticipantToken({ ...options, encryption }, CAMPAIGN_ID, { sub: 'a' });
    const header: unknown = JSON.parse(Buffer.from(jwe.split('.')[0]!, 'base64url').toString());
    assert.deepEqual(header, { alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT' });
  });

  it('S6: refuses keys that the header brings along, and fetches nothing for them', async () => {
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
        await isRefused(`${header}.${payloadPart()}.${signaturePart()}`);
      }
    } finally {
      globalThis.fetch = fetch;
    }
    assert.deepEqual(fetched, []);
  });

  it('S6: finds nothing but alg, typ and kid in the header of our token', () => {
    const header: unknown = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString());
    assert.deepEqual(header, { alg: 'RS256', typ: 'JWT', kid: 'key-1' });
  });

  it('S7: gets nothing from the JWKS that could sign', async () => {
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

  it('S8: refuses a token without its times, or with its life made longer', async () => {
    for (const name of ['exp', 'iat', 'nbf', 'jti', 'sub', 'campaignId']) {
      const { [name]: _, ...claims } = genuineClaims();
      const header = { alg: 'RS256', typ: 'JWT', kid: 'key-1' };
      await isRefused(await new SignJWT(claims).setProtectedHeader(header).sign(rsa.privateKey));
    }
    const longer = { ...genuineClaims(), exp: 4_000_000_000 };
    await isRefused(`${token.split('.')[0]}.${encode(longer)}.${signaturePart()}`);
  });

  it('S8: accepts a token from 120 s before iat until exp, by the clock of either side', async () => {
    const start = 1_800_000_000;
    const dated = await signParticipantToken(
      { ...options, clock: () => start * 1000 },
      CAMPAIGN_ID,
      {
        sub: 'a',
      },
    );
    const { iat, nbf, exp } = decodeJwt(dated);
    assert.deepEqual([iat, nbf, exp], [start, start - 120, start + 300]);
    for (const tolerance of [0, 60]) {
      for (let offset = -600; offset <= 600; offset += 30) {
        const check = createVerifier({
          keys: rsa.publicKey,
          algorithm: 'RS256',
          issuer: ISSUER,
          campaignId: CAMPAIGN_ID,
          now: new Date((start + offset) * 1000),
          tolerance,
        });
        const isValid = offset >= -120 - tolerance && offset < 300 + tolerance;
        if (isValid) await check(dated);
        else await isRefused(dated, check);
      }
    }
  });

  it('S9: refuses a second use, also under another spelling of the same signature', async () => {
    const check = verifier();
    await check(token);
    await isRefused(token, check);
    const respelt = token.slice(0, -1) + nextBase64Char(token.at(-1)!);
    const same = Buffer.from(respelt.split('.')[2]!, 'base64url');
    assert.deepEqual(same, Buffer.from(signaturePart(), 'base64url'));
    await isRefused(respelt, check);
  });

  it('S9: sees another jti of 122 random bits in every token', async () => {
    const endpoint = createTokenEndpoint(await workingOptions());
    const answers = await Promise.all(Array.from({ length: 1000 }, () => endpoint(tokenRequest())));
    assert.ok(answers.every(({ status }) => status === 200));
    const tokens = await Promise.all(answers.map(tokenBody));
    const ids = new Set(tokens.map((body) => decodeJwt(body.token).jti));
    assert.equal(ids.size, 1000);
    for (const id of ids) assert.match(id!, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('S10: refuses a token of one campaign in another', async () => {
    await isRefused(token, verifier({ campaignId: '654321' }));
    const swapped = { ...genuineClaims(), campaignId: '654321' };
    const forged = `${token.split('.')[0]}.${encode(swapped)}.${signaturePart()}`;
    await isRefused(forged, verifier({ campaignId: '654321' }));
  });

  it('S10: cannot be given a token for a campaign that is not listed, by any participant', async () => {
    const greedy = { sub: 'a', campaignId: '654321', iss: 'evil', exp: 4_000_000_000, aud: 'x' };
    const endpoint = createTokenEndpoint({ ...options, participant: () => greedy });
    assert.equal((await endpoint(tokenRequest('campaignId=654321'))).status, 404);
    const { token: made } = await tokenBody(await endpoint(tokenRequest()));
    const payload = await verifier()(made);
    assert.equal(payload['campaignId'], CAMPAIGN_ID);
    assert.equal(payload.iss, ISSUER);
    assert.equal(payload.aud, undefined);
    assert.equal(payload.exp! - payload.iat!, 300);
  });

  it("S11: refuses the site's own session token, and the site refuses ours", async () => {
    const sessionKey = randomBytes(32);
    const session = await new SignJWT({ ...genuineClaims(), iss: 'com.publisher.session' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(sessionKey);
    await isRefused(session);
    const sessionOf = createVerifier({
      keys: sessionKey,
      algorithm: 'HS256',
      issuer: 'com.publisher.session',
      campaignId: CAMPAIGN_ID,
    });
    await sessionOf(session);
    await isRefused(token, sessionOf);
    const header = { alg: 'RS256', typ: 'JWT', kid: 'key-1' };
    const otherIssuer = new SignJWT({ ...genuineClaims(), iss: 'com.publisher.session' });
    await isRefused(await otherIssuer.setProtectedHeader(header).sign(rsa.privateKey));
  });
});

function flipFirst(part: string): string {
  return (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
}

/** The last character of a 2,048-bit signature carries four bits that base64url does not use. */
function nextBase64Char(char: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(char) + 1]!;
}
