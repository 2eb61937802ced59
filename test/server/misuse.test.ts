import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeJwt, SignJWT } from 'jose';
import { createTokenEndpoint, signParticipantToken } from '../../src/server/index.js';
import {
  CAMPAIGN_ID,
  randomBytes,
  TAG_NUMBER,
  tokenBody,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';
import {
  encode,
  genuineClaims,
  headerPart,
  isRefused,
  ISSUER,
  options,
  rsa,
  signaturePart,
  token,
  verifier,
} from '../support/server/qualifio-side.js';
import { createVerifier } from '../support/server/verifier.js';

describe('a verifier that trusts our JWKS and gets a genuine token at the wrong time or place', () => {
  // @holds P13, S8
  it('S8: refuses a token without times or with a longer lifetime', async () => {
    for (const name of ['exp', 'iat', 'nbf', 'jti', 'sub', 'campaignId']) {
      const { [name]: _, ...claims } = genuineClaims();
      const header = { alg: 'RS256', typ: 'JWT', kid: 'key-1' };
      await isRefused(await new SignJWT(claims).setProtectedHeader(header).sign(rsa.privateKey));
    }
    const longer = { ...genuineClaims(), exp: 4_000_000_000 };
    await isRefused(`${headerPart}.${encode(longer)}.${signaturePart}`);
  });

  // @holds S8
  it('S8: accepts a token from 120 s before iat until exp, with the clock of either side', async () => {
    const start = 1_800_000_000;
    const dated = await signParticipantToken(
      { ...options, clock: () => start * 1000 },
      TAG_NUMBER,
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

  // @holds S9
  it('S9: refuses a second use, also with another encoding of the same signature', async () => {
    const check = verifier();
    await check(token);
    await isRefused(token, check);
    const respelt = token.slice(0, -1) + nextBase64Char(token.at(-1)!);
    const same = Buffer.from(respelt.split('.')[2]!, 'base64url');
    assert.deepEqual(same, Buffer.from(signaturePart, 'base64url'));
    await isRefused(respelt, check);
  });

  // @holds P13, S9
  it('S9: finds a different jti with 122 random bits in every token', async () => {
    const endpoint = createTokenEndpoint(await workingOptions());
    const answers = await Promise.all(Array.from({ length: 1000 }, () => endpoint(tokenRequest())));
    assert.ok(answers.every(({ status }) => status === 200));
    const tokens = await Promise.all(answers.map(tokenBody));
    const ids = new Set(tokens.map((body) => decodeJwt(body.token).jti));
    assert.equal(ids.size, 1000);
    for (const id of ids) assert.match(id!, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  // @holds S10
  it('S10: refuses a token of one campaign in another', async () => {
    for (const campaignId of ['654321', TAG_NUMBER])
      await isRefused(token, verifier({ campaignId }));
    const swapped = { ...genuineClaims(), campaignId: '654321' };
    const forged = `${headerPart}.${encode(swapped)}.${signaturePart}`;
    await isRefused(forged, verifier({ campaignId: '654321' }));
  });

  // @holds P13, S10
  it('S10: never receives a token for an unlisted campaign', async () => {
    const greedy = { sub: 'a', campaignId: '654321', iss: 'evil', exp: 4_000_000_000, aud: 'x' };
    const endpoint = createTokenEndpoint({ ...options, participant: () => greedy });
    // A request must not use the claim's number, and a token must not contain the tag's number.
    for (const id of ['654321', CAMPAIGN_ID]) {
      assert.equal((await endpoint(tokenRequest(`campaignId=${id}`))).status, 404, id);
    }
    const { token: made } = await tokenBody(await endpoint(tokenRequest()));
    const payload = await verifier()(made);
    assert.equal(payload['campaignId'], CAMPAIGN_ID);
    assert.equal(payload.iss, ISSUER);
    assert.equal(payload.aud, undefined);
    assert.equal(payload.exp! - payload.iat!, 300);
  });

  // @holds S11
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

/** The last character of a 2,048-bit signature carries four bits that base64url does not use. */
function nextBase64Char(char: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(char) + 1]!;
}
