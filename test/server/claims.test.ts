import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import {
  createTokenEndpoint,
  signParticipantToken,
  TokenError,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import {
  CAMPAIGN_ID,
  errorLog,
  pairFor,
  TAG_NUMBER,
  tokenBody,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';

let options: TokenEndpointOptions;
before(async () => {
  options = await workingOptions();
});

async function claimsOf(
  participant: unknown,
  change: Partial<TokenEndpointOptions> = {},
): Promise<Record<string, unknown>> {
  const endpoint = createTokenEndpoint({
    ...options,
    ...change,
    participant: () => participant as never,
  });
  const response = await endpoint(tokenRequest());
  assert.equal(response.status, 200);
  return decodeJwt((await tokenBody(response)).token);
}

/** The participant must cause a 500 with this code, and the answer must not contain its data. */
async function isRefused(code: string, participant: unknown): Promise<void> {
  const { calls, onError } = errorLog();
  const find = typeof participant === 'function' ? participant : () => participant;
  const endpoint = createTokenEndpoint({ ...options, onError, participant: find as () => never });
  const response = await endpoint(tokenRequest());
  assert.equal(response.status, 500);
  assert.equal(await response.text(), '{"error":"INTERNAL_ERROR"}');
  const reason = calls[0]?.[1].reason;
  assert.deepEqual(calls, [[code, { campaignId: TAG_NUMBER, reason }]]);
  assert.match(reason ?? '', /^(?!.*canary).{20,100}$/);
}

describe('the claims', () => {
  it("are the participant's data under Qualifio's names, and the times", async () => {
    const participant = {
      sub: 'participant-1',
      form: { email: 'ada@example.com' },
      optin: { newsletter: true },
      custom: { tier: 'gold' },
      limit: { nb: 1, canPlay: true },
      gift: { label: 'Book', cw: '1' },
      accessToken: 'for-the-profile',
    };
    const { jti, ...claims } = await claimsOf(participant, { clock: () => 1_800_000_000_999 });
    const { accessToken, ...same } = participant;
    assert.deepEqual(claims, {
      ...same,
      access_token: accessToken,
      iss: 'com.publisher',
      campaignId: CAMPAIGN_ID,
      iat: 1_800_000_000,
      nbf: 1_799_999_880,
      exp: 1_800_000_300,
    });
    assert.equal(typeof jti, 'string');
  });

  // @holds P13, S8
  it('S8: always expire after expiresIn seconds', async () => {
    for (const expiresIn of [1, 60, 600]) {
      const { iat, exp } = await claimsOf({ sub: 'a' }, { expiresIn });
      assert.equal((exp as number) - (iat as number), expiresIn);
    }
  });

  // @holds S8
  it('S8: are not created if the clock returns no time', async () => {
    for (const clock of [() => NaN, () => Infinity, () => 'now' as unknown as number]) {
      const { calls, onError } = errorLog();
      const endpoint = createTokenEndpoint({ ...options, onError, clock });
      assert.equal((await endpoint(tokenRequest())).status, 500);
      assert.equal(calls[0]?.[0], 'CLAIMS_INVALID');
    }
  });

  it('contain no other property of the participant', async () => {
    const extra = {
      iss: 'evil',
      exp: 1,
      aud: 'a',
      jti: 'b',
      access_token: 'c',
      password: 'd',
      email: 'e',
    };
    const claims = await claimsOf({ sub: 'a', ...extra });
    const names = ['campaignId', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub'];
    assert.deepEqual(Object.keys(claims).sort(), names);
    assert.equal(claims['iss'], 'com.publisher');
  });

  it('can come from getters of a class, as in an ORM', async () => {
    class Row {
      get sub(): string {
        return 'from-a-getter';
      }
    }
    assert.equal((await claimsOf(new Row()))['sub'], 'from-a-getter');
  });

  // @holds S18, S21
  it('S18: keep a __proto__ property as data and read none from a polluted prototype', async () => {
    const form = JSON.parse('{"__proto__": {"admin": true}, "email": "a"}') as Record<
      string,
      unknown
    >;
    const claims = await claimsOf({ sub: 'a', form });
    assert.deepEqual(Object.keys(claims['form'] as object), ['__proto__', 'email']);
    assert.equal(({} as Record<string, unknown>)['admin'], undefined);

    Object.defineProperty(Object.prototype, 'accessToken', {
      value: 'polluted',
      configurable: true,
    });
    Object.defineProperty(Object.prototype, '999', {
      value: { host: 'evil.example' },
      configurable: true,
    });
    try {
      assert.equal((await claimsOf({ sub: 'a' }))['access_token'], undefined);
      const endpoint = createTokenEndpoint(options);
      assert.equal((await endpoint(tokenRequest('campaignId=999'))).status, 404);
    } finally {
      delete (Object.prototype as Record<string, unknown>)['accessToken'];
      delete (Object.prototype as Record<string, unknown>)['999'];
    }
  });

  it('can have up to 8,192 bytes of JSON in UTF-8', async () => {
    const empty = JSON.stringify(await claimsOf({ sub: 'a', form: { a: '' } })).length;
    const room = 8192 - empty;
    await claimsOf({ sub: 'a', form: { a: 'x'.repeat(room) } });
    await isRefused('CLAIMS_INVALID', { sub: 'a', form: { a: 'x'.repeat(room + 1) } });
    const pairs = Math.floor(room / 2);
    await claimsOf({ sub: 'a', form: { a: 'é'.repeat(pairs) } });
    await isRefused('CLAIMS_INVALID', { sub: 'a', form: { a: 'é'.repeat(pairs + 1) } });
  });

  // @holds S18
  it('S18: are refused quickly when huge, deep, cyclic or not JSON', async () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = { cyclic };
    let deep: object = {};
    for (let depth = 0; depth < 100_000; depth += 1) deep = { deep };
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [index, index]));
    const throwing = {
      get email(): never {
        throw new Error('canary');
      },
    };
    const hostile: readonly Record<string, unknown>[] = [
      ...[cyclic, deep as Record<string, unknown>, wide, throwing, { big: 1n }],
      ...[
        { a: 'x'.repeat(50_000_000) },
        { a: new Array(1_000_000_000) },
        { a: new Uint8Array(5e7) },
      ],
      { toJSON: () => 'x'.repeat(9000) },
    ];
    for (const custom of hostile) {
      // Processor time, because clock time grows on a busy machine.
      let quickest = Infinity;
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const start = process.cpuUsage();
        await isRefused('CLAIMS_INVALID', { sub: 'a', custom });
        const { user, system } = process.cpuUsage(start);
        quickest = Math.min(quickest, (user + system) / 1000);
      }
      assert.ok(quickest < 50, `takes no longer than a small one, not ${quickest} ms`);
    }
  });
});

describe('a participant', () => {
  it('that is null or undefined causes a 401, synchronously or as a promise', async () => {
    for (const participant of [
      () => null,
      () => undefined,
      async () => null,
      async () => undefined,
    ]) {
      const response = await createTokenEndpoint({ ...options, participant })(tokenRequest());
      assert.equal(response.status, 401);
      assert.equal(await response.text(), '{"error":"UNAUTHORIZED"}');
    }
  });

  it('of the wrong shape causes a 500', async () => {
    const shapes: unknown[] = [false, 0, '', 'a', [], {}, { sub: '' }, { sub: 1 }, { sub: null }];
    shapes.push(
      { sub: ['a'] },
      { Sub: 'a' },
      { sub: 'a', accessToken: 5 },
      { sub: 'a', accessToken: null },
    );
    for (const name of ['form', 'optin', 'custom', 'limit', 'gift']) {
      for (const value of [null, 'a', 5, [], new Map(), new Date(), () => ({})]) {
        shapes.push({ sub: 'a', [name]: value });
      }
    }
    for (const shape of shapes) await isRefused('PARTICIPANT_INVALID', () => shape);
  });

  it('function that throws or rejects causes a 500', async () => {
    await isRefused('PARTICIPANT_INVALID', () => {
      throw new Error('no database');
    });
    await isRefused('PARTICIPANT_INVALID', () => Promise.reject(new Error('no database')));
    const throwing = {
      get sub(): never {
        throw new Error('canary');
      },
    };
    await isRefused('PARTICIPANT_INVALID', throwing);
  });

  it('function receives the original request with its cookies', async () => {
    const seen: (string | null)[] = [];
    const participant = (request: Request): null => {
      seen.push(request.headers.get('cookie'));
      return null;
    };
    const headers = { 'sec-fetch-site': 'same-origin', cookie: '__Host-session=1' };
    await createTokenEndpoint({ ...options, participant })(tokenRequest(undefined, headers));
    assert.deepEqual(seen, ['__Host-session=1']);
  });
});

describe('a profile access token', () => {
  // @holds S20
  it('S20: can be read only by Qualifio when the token is encrypted, and expires soon', async () => {
    const recipient = await pairFor('RSA-OAEP-256');
    const encryption = { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: recipient.publicPem } as const;
    const participant = (): { sub: string; accessToken: string } => ({
      sub: 'a',
      accessToken: 'canary-access-token',
    });
    const endpoint = createTokenEndpoint({ ...options, encryption, participant });
    const { token, expiresAt } = await tokenBody(await endpoint(tokenRequest()));
    for (const part of token.split('.')) {
      assert.ok(!Buffer.from(part, 'base64url').toString('latin1').includes('canary'));
    }
    assert.ok(expiresAt <= Date.now() / 1000 + 600);
  });
});

describe('a key with inconsistent numbers', () => {
  it('causes a 500 with SIGNING_FAILED for each request', async () => {
    const { privateJwk } = await pairFor('ES256');
    const other = await pairFor('ES384');
    const { calls, onError } = errorLog();
    const offCurve = { ...privateJwk, x: other.publicJwk.x!.slice(0, 43) };
    const signing = { alg: 'ES256', key: offCurve } as const;
    const endpoint = createTokenEndpoint({ ...options, signing, onError });
    for (const round of [1, 2]) {
      assert.equal((await endpoint(tokenRequest())).status, 500);
      assert.equal(calls.length, round);
      assert.equal(calls[round - 1]?.[0], 'SIGNING_FAILED');
    }
    await assert.rejects(
      signParticipantToken({ ...options, signing }, TAG_NUMBER, { sub: 'a' }),
      new TokenError(
        'SIGNING_FAILED',
        'signing.key: its numbers do not belong together; give the key as it was made',
      ),
    );
  });
});
