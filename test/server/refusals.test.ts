import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  createTokenEndpoint,
  TokenError,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import { errorLog, TAG_NUMBER, tokenRequest, workingOptions } from '../support/server/fixtures.js';

describe('a refusal', () => {
  let options: TokenEndpointOptions;
  before(async () => {
    options = await workingOptions();
  });

  // @holds S16
  it('S16: has the same status, size and headers for every cause, in 1,000 requests each', async () => {
    let turn = 0;
    const participant = (): { sub: string } | null => ((turn += 1) % 2 ? null : { sub: 'a' });
    const endpoint = createTokenEndpoint({ ...options, participant });
    const branches: (() => Request)[] = [
      () =>
        tokenRequest(undefined, { 'sec-fetch-site': 'cross-site', cookie: `session=${turn++}` }),
      () =>
        tokenRequest('campaignId=999', {
          'sec-fetch-site': 'same-origin',
          cookie: `session=${turn++}`,
        }),
      () =>
        tokenRequest('campaignId=x', {
          'sec-fetch-site': 'same-origin',
          cookie: `session=${turn++}`,
        }),
    ];
    for (const branch of branches) {
      const seen = new Set<string>();
      for (let call = 0; call < 1000; call += 1) {
        const response = await endpoint(branch());
        seen.add(`${response.status} ${[...response.headers].join()} ${await response.text()}`);
      }
      assert.equal(seen.size, 1);
    }
    const unauthorized = new Set<string>();
    for (const value of [null, undefined]) {
      const nobody = createTokenEndpoint({ ...options, participant: () => value });
      const response = await nobody(tokenRequest());
      unauthorized.add(`${response.status} ${await response.text()}`);
    }
    assert.deepEqual([...unauthorized], ['401 {"error":"UNAUTHORIZED"}']);
  });

  it('reports the cause to onError and not in the body, except for 401', async () => {
    const { calls, onError } = errorLog();
    const endpoint = createTokenEndpoint({ ...options, participant: () => null, onError });
    const same = { 'sec-fetch-site': 'same-origin' };
    await endpoint(tokenRequest('campaignId=evil', same));
    await endpoint(tokenRequest('campaignId=999', same));
    await endpoint(tokenRequest(`campaignId=${TAG_NUMBER}&part=all`, same));
    await endpoint(tokenRequest(`campaignId=${TAG_NUMBER}&part=tag`, same));
    await endpoint(tokenRequest(undefined, {}));
    await endpoint(tokenRequest(undefined, { 'sec-fetch-site': 'same-site' }));
    await endpoint(tokenRequest(undefined, { origin: 'null' }));
    await endpoint(tokenRequest(undefined, { ...same, 'sec-fetch-dest': 'image' }));
    await endpoint(tokenRequest(undefined, same, 'POST'));
    await endpoint(tokenRequest());
    assert.deepEqual(calls, [
      ['CAMPAIGN_ID_INVALID', { campaignId: null }],
      ['CAMPAIGN_UNKNOWN', { campaignId: '999' }],
      ['PART_INVALID', { campaignId: TAG_NUMBER }],
      ['TAG_UNKNOWN', { campaignId: TAG_NUMBER }],
      ['REQUESTED_WITH_MISSING', { campaignId: null }],
      ['NOT_SAME_ORIGIN', { campaignId: null }],
      ['ORIGIN_NOT_ALLOWED', { campaignId: null }],
      ['NOT_A_FETCH', { campaignId: null }],
      ['METHOD_NOT_ALLOWED', { campaignId: null }],
    ]);
  });

  it('is 400 if the Host header results in an invalid URL', async () => {
    const { calls, onError } = errorLog();
    const endpoint = createTokenEndpoint({ ...options, onError });
    const request = tokenRequest();
    Object.defineProperty(request, 'url', { value: `http://a b/?campaignId=${TAG_NUMBER}` });
    assert.equal((await endpoint(request)).status, 400);
    assert.deepEqual(calls, [['CAMPAIGN_ID_INVALID', { campaignId: null }]]);
  });

  it('does not change when onError throws or rejects', async () => {
    for (const onError of [
      () => {
        throw new Error('log is full');
      },
      () => Promise.reject(new Error('log is full')),
    ]) {
      const endpoint = createTokenEndpoint({ ...options, onError });
      assert.equal((await endpoint(tokenRequest('campaignId=999'))).status, 404);
    }
  });
});

describe('a campaigns function', () => {
  it('receives each id and the request, and causes a 404 with null or undefined', async () => {
    const options = await workingOptions();
    for (const [value, status] of [
      [{ host: ['A.publisher.com', 'b.publisher.com'] }, 200],
      [null, 404],
      [undefined, 404],
      [{ host: '*.publisher.com' }, 500],
      [{}, 500],
      ['jeux.publisher.com', 500],
      [{ host: 'a.publisher.com', campaignId: 'quiz' }, 500],
      [{ host: 'a.publisher.com', channelId: null }, 500],
      [{ host: 'a.publisher.com', width: 'wide' }, 500],
      [Object.create({ host: 'a.publisher.com' }), 500],
    ] as const) {
      const { calls, onError } = errorLog();
      const asked: string[] = [];
      const campaigns = async (id: string, request: Request): Promise<never> => {
        asked.push(`${id} ${new URL(request.url).pathname}`);
        return value as never;
      };
      const response = await createTokenEndpoint({ ...options, campaigns, onError })(
        tokenRequest('campaignId=42'),
      );
      assert.equal(response.status, status);
      assert.deepEqual(asked, ['42 /qualifio/token']);
      const body = (await response.json()) as { hosts?: string[] };
      if (status === 200) assert.deepEqual(body.hosts, ['a.publisher.com', 'b.publisher.com']);
      if (status !== 500) continue;
      assert.deepEqual([calls[0]?.[0], calls[0]?.[1].campaignId], ['CAMPAIGNS_FAILED', '42']);
      assert.match(
        calls[0]?.[1].reason ?? '',
        /^campaigns\.42\.(host|campaignId|channelId|width): must be /,
      );
    }
  });

  it('that throws any value causes a 500, and participant() is not called', async () => {
    const thrown: unknown[] = [
      new Error('no database'),
      new TokenError('SIGNED_OUT'),
      { code: 'CAMPAIGN_UNKNOWN' },
      undefined,
    ];
    for (const reason of thrown) {
      const campaigns = (): never => {
        throw reason as Error;
      };
      const { calls, onError } = errorLog();
      const options = { ...(await workingOptions()), campaigns, onError, participant: neverAsked };
      assert.equal((await createTokenEndpoint(options)(tokenRequest())).status, 500);
      const problem = 'campaigns threw; catch its error to see it';
      const context = { campaignId: TAG_NUMBER, reason: problem };
      assert.deepEqual(calls, [['CAMPAIGNS_FAILED', context]]);
    }
  });
});

function neverAsked(): never {
  assert.fail('participant() was asked');
}
