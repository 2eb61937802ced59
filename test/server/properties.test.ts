import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeJwt } from 'jose';
import {
  createTokenEndpoint,
  type Participant,
  type TokenEndpoint,
} from '../../src/server/index.js';
import {
  LISTED_ORIGIN,
  OWN_ORIGIN,
  TAG_NUMBER,
  tokenBody,
  workingOptions,
} from '../support/server/fixtures.js';

const RUNS = 10_000;
const MOST_MILLISECONDS = 50;

const rejections: unknown[] = [];
const keep = (reason: unknown): void => void rejections.push(reason);

let participant: unknown;
let endpoint: TokenEndpoint;

before(async () => {
  process.on('unhandledRejection', keep);
  endpoint = createTokenEndpoint({
    ...(await workingOptions()),
    allowedOrigins: [LISTED_ORIGIN],
    participant: () => participant as Participant,
  });
  participant = { sub: 'a' };
  // The first token imports the key. This happens once, and is not measured.
  await endpoint(new Request(`${OWN_ORIGIN}/?campaignId=${TAG_NUMBER}`, { headers: sameOrigin }));
});

after(() => process.off('unhandledRejection', keep));

const sameOrigin = { 'sec-fetch-site': 'same-origin' };

/** The fastest of three tries: pauses of the machine must not count. */
async function answerTo(makeRequest: () => Request): Promise<Response> {
  let quickest = Infinity;
  let response!: Response;
  for (let attempt = 0; attempt < 3 && quickest > MOST_MILLISECONDS; attempt += 1) {
    const start = performance.now();
    response = await endpoint(makeRequest());
    quickest = Math.min(quickest, performance.now() - start);
  }
  assert.ok(quickest <= MOST_MILLISECONDS, `took ${quickest} ms`);
  return response;
}

const headerValue = fc
  .string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) })
  .map((text) => text.trim());

const someRequest = fc.record({
  method: fc.oneof(
    fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'),
    fc.stringMatching(/^[A-Z]{1,12}$/).filter((method) => !/^(CONNECT|TRACE|TRACK)$/.test(method)),
  ),
  query: fc.oneof(
    fc.constant(`campaignId=${TAG_NUMBER}`),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(fc.string({ unit: 'grapheme' }), { maxLength: 3 })
      .map((ids) => ids.map((id) => `campaignId=${encodeURIComponent(id)}`).join('&')),
    fc.stringMatching(/^[0-9]{1,24}$/).map((id) => `campaignId=${id}`),
  ),
  headers: fc.record(
    {
      'sec-fetch-site': fc.oneof(
        fc.constantFrom('same-origin', 'same-site', 'cross-site'),
        headerValue,
      ),
      'sec-fetch-mode': fc.oneof(fc.constantFrom('cors', 'navigate', 'no-cors'), headerValue),
      'sec-fetch-dest': fc.oneof(fc.constantFrom('empty', 'document', 'image'), headerValue),
      origin: fc.oneof(fc.constantFrom(OWN_ORIGIN, LISTED_ORIGIN, 'null'), headerValue),
      'x-requested-with': headerValue,
      cookie: headerValue,
    },
    { requiredKeys: [] },
  ),
});

const someClaims = fc.oneof(
  fc.record(
    {
      sub: fc.oneof(
        { weight: 9, arbitrary: fc.string({ unit: 'binary', minLength: 1 }) },
        fc.anything(),
      ),
      form: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })),
      optin: fc.dictionary(fc.string(), fc.boolean()),
      custom: fc.oneof(fc.object(), fc.object({ withBigInt: true, withMap: true, withDate: true })),
      limit: fc.record({ nb: fc.nat(), canPlay: fc.boolean() }),
      gift: fc.dictionary(fc.string(), fc.string()),
      accessToken: fc.string(),
      [Symbol.iterator]: fc.anything(),
    },
    { requiredKeys: ['sub'] },
  ),
  fc.anything({ withBigInt: true, withMap: true, withSet: true, withTypedArray: true }),
);

// @holds S18
describe('with random input', () => {
  // @holds P15
  it(`S18: ${RUNS} requests get a documented status, never 500, within 50 ms`, async () => {
    participant = { sub: 'participant-1', form: { email: 'ada@example.com' } };
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(someRequest, async ({ method, query, headers }) => {
        const make = (): Request =>
          new Request(`${OWN_ORIGIN}/token?${query}`, {
            method,
            headers: JSON.parse(JSON.stringify(headers)) as Record<string, string>,
          });
        const response = await answerTo(make);
        assert.ok([200, 204, 400, 403, 404, 405].includes(response.status), `${response.status}`);
        assert.equal(response.headers.get('cache-control'), 'no-store');
        assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
        seen.add(response.status);
      }),
      { numRuns: RUNS },
    );
    assert.deepEqual([...seen].sort(), [200, 204, 400, 403, 404, 405]);
    assert.deepEqual(rejections, []);
  });

  it(`S18: ${RUNS} claim sets result in a token with the same claims, or in 401 or 500`, async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(someClaims, async (claims) => {
        participant = claims;
        const make = (): Request =>
          new Request(`${OWN_ORIGIN}/?campaignId=${TAG_NUMBER}`, { headers: sameOrigin });
        const response = await answerTo(make);
        seen.add(response.status);
        if (response.status === 200) {
          const { token } = await tokenBody(response);
          const payload = decodeJwt(token);
          const written = JSON.parse(JSON.stringify(claims)) as Record<string, unknown>;
          for (const name of ['sub', 'form', 'optin', 'custom', 'limit', 'gift']) {
            assert.deepEqual(payload[name], written[name]);
          }
          assert.equal(payload.exp! - payload.iat!, 300);
          assert.ok(token.length < 16_384);
        } else {
          assert.ok(
            claims === null || claims === undefined
              ? response.status === 401
              : response.status === 500,
          );
        }
      }),
      { numRuns: RUNS },
    );
    assert.deepEqual([...seen].sort(), [200, 401, 500]);
    assert.deepEqual(rejections, []);
    assert.equal(({} as Record<string, unknown>)['sub'], undefined);
  });
});
