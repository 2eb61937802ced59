import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  createTokenEndpoint,
  type Campaign,
  type TokenEndpoint,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import {
  CAMPAIGN_ID,
  CHANNEL_ID,
  errorLog,
  LISTED_ORIGIN,
  OWN_ORIGIN,
  TAG_NUMBER,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';

const QUERY = `campaignId=${TAG_NUMBER}&part=tag`;
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };

let options: TokenEndpointOptions;

before(async () => {
  options = {
    ...(await workingOptions()),
    allowedOrigins: [LISTED_ORIGIN],
    participant: neverAsked,
  };
});

const known: Campaign = {
  host: ['Jeux.publisher.com', 'b.publisher.com'],
  campaignId: Number(CAMPAIGN_ID),
  channelId: CHANNEL_ID,
};

function endpointFor(campaign: Campaign): TokenEndpoint {
  return createTokenEndpoint({ ...options, campaigns: { [TAG_NUMBER]: campaign } });
}

describe('part=tag', () => {
  // @holds S23
  it('returns the channel, the first host and the ID in the token', async () => {
    const response = await endpointFor(known)(tokenRequest(QUERY));
    assert.equal(response.status, 200);
    const tag = {
      channelId: CHANNEL_ID,
      host: 'jeux.publisher.com',
      tokenCampaignId: CAMPAIGN_ID,
    };
    assert.deepEqual(await response.json(), { tag });
  });

  it('returns sizes and style as strings if campaigns has them', async () => {
    const frame = { width: '100%', height: 1200, frameStyle: 'margin:0 auto;' };
    const response = await endpointFor({ ...known, ...frame })(tokenRequest(QUERY));
    assert.equal(
      await response.text(),
      `{"tag":{"channelId":"${CHANNEL_ID}","host":"jeux.publisher.com","width":"100%",` +
        `"height":"1200","frameStyle":"margin:0 auto;","tokenCampaignId":"${CAMPAIGN_ID}"}}`,
    );
  });

  it('returns the tag number as ID if campaigns has no campaignId', async () => {
    const { campaignId: _, ...campaign } = known;
    const response = await endpointFor(campaign)(tokenRequest(QUERY));
    const { tag } = (await response.json()) as { tag: { tokenCampaignId: unknown } };
    assert.equal(tag.tokenCampaignId, TAG_NUMBER);
  });

  // @holds P15
  it('can be cached for a minute by any cache, and has all other documented headers', async () => {
    const standing = {
      'cache-control': 'public, max-age=60',
      'content-type': 'application/json',
      vary: 'Cookie, Origin, Sec-Fetch-Site',
      'x-content-type-options': 'nosniff',
    };
    const endpoint = endpointFor(known);
    for (const method of ['GET', 'HEAD']) {
      const own = await endpoint(tokenRequest(QUERY, SAME_ORIGIN, method));
      assert.deepEqual(Object.fromEntries(own.headers), {
        ...standing,
        'cross-origin-resource-policy': 'same-origin',
      });
      assert.equal((await own.text()) === '', method === 'HEAD');
      const listed = await endpoint(tokenRequest(QUERY, { origin: LISTED_ORIGIN }, method));
      assert.equal(listed.status, 200);
      assert.deepEqual(Object.fromEntries(listed.headers), {
        ...standing,
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': LISTED_ORIGIN,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'Retry-After, Date',
      });
    }
  });

  // @holds S23
  it('is the same with and without a cookie, and does not call participant()', async () => {
    const endpoint = endpointFor(known);
    const texts = new Set<string>();
    for (const cookie of [undefined, 'session=ada', 'session=grace']) {
      const headers = { ...SAME_ORIGIN, ...(cookie !== undefined && { cookie }) };
      texts.add(await (await endpoint(tokenRequest(QUERY, headers))).text());
    }
    assert.equal(texts.size, 1);
  });

  it('ignores other query parameters', async () => {
    const response = await endpointFor(known)(tokenRequest(`_=1&${QUERY}&_=2`));
    assert.equal(response.status, 200);
  });

  // @holds S23
  it('is refused like a token request: by method, origin and id, in this order, uncached', async () => {
    const { calls, onError } = errorLog();
    const campaigns = { [TAG_NUMBER]: known };
    const endpoint = createTokenEndpoint({ ...options, campaigns, onError });
    const cases: readonly (readonly [string, Record<string, string>, string, number, string?])[] = [
      [QUERY, {}, 'POST', 405, 'METHOD_NOT_ALLOWED'],
      [QUERY, {}, 'GET', 403, 'REQUESTED_WITH_MISSING'],
      [QUERY, { origin: 'https://evil.example' }, 'GET', 403, 'ORIGIN_NOT_ALLOWED'],
      [QUERY, { 'sec-fetch-site': 'cross-site' }, 'HEAD', 403, 'NOT_SAME_ORIGIN'],
      [QUERY, { ...SAME_ORIGIN, 'sec-fetch-dest': 'script' }, 'GET', 403, 'NOT_A_FETCH'],
      ['part=all', {}, 'GET', 403, 'REQUESTED_WITH_MISSING'],
      ['part=tag', SAME_ORIGIN, 'GET', 400, 'CAMPAIGN_ID_INVALID'],
      ['campaignId=x&part=tag', SAME_ORIGIN, 'GET', 400, 'CAMPAIGN_ID_INVALID'],
      ['campaignId=x&part=all', SAME_ORIGIN, 'GET', 400, 'CAMPAIGN_ID_INVALID'],
      [`${QUERY}&part=tag`, SAME_ORIGIN, 'GET', 400, 'PART_INVALID'],
      [`${QUERY}&part=`, SAME_ORIGIN, 'GET', 400, 'PART_INVALID'],
      [`campaignId=${TAG_NUMBER}&part=`, SAME_ORIGIN, 'GET', 400, 'PART_INVALID'],
      [`campaignId=${TAG_NUMBER}&part=Tag`, SAME_ORIGIN, 'GET', 400, 'PART_INVALID'],
      [`campaignId=${TAG_NUMBER}&part=token`, SAME_ORIGIN, 'GET', 400, 'PART_INVALID'],
      ['campaignId=999&part=all', SAME_ORIGIN, 'GET', 400, 'PART_INVALID'],
      ['campaignId=999&part=tag', SAME_ORIGIN, 'GET', 404, 'CAMPAIGN_UNKNOWN'],
      [`campaignId=${CAMPAIGN_ID}&part=tag`, SAME_ORIGIN, 'GET', 404, 'CAMPAIGN_UNKNOWN'],
    ];
    for (const [query, headers, method, status, code] of cases) {
      calls.length = 0;
      const response = await endpoint(tokenRequest(query, headers, method));
      assert.equal(response.status, status, query);
      assert.equal(response.headers.get('cache-control'), 'no-store', query);
      assert.deepEqual(
        calls.map(([reported]) => reported),
        [code],
        query,
      );
    }
  });

  it('answers OPTIONS like a token request', async () => {
    const endpoint = endpointFor(known);
    const preflight = await endpoint(tokenRequest(QUERY, { origin: LISTED_ORIGIN }, 'OPTIONS'));
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('cache-control'), 'no-store');
    assert.equal(preflight.headers.get('access-control-allow-methods'), 'GET');
    const own = await endpoint(tokenRequest(QUERY, { origin: OWN_ORIGIN }, 'OPTIONS'));
    assert.equal(own.status, 403);
  });

  it('has one body for each status, for every cause', async () => {
    const { channelId: _, ...bare } = known;
    const endpoint = createTokenEndpoint({
      ...options,
      campaigns: { [TAG_NUMBER]: known, '42': bare },
    });
    const bodies = async (...queries: string[]): Promise<unknown> => {
      const responses = await Promise.all(queries.map((query) => endpoint(tokenRequest(query))));
      return new Set(await Promise.all(responses.map((response) => response.text())));
    };
    assert.deepEqual(
      await bodies('campaignId=42&part=tag', 'campaignId=999&part=tag', 'campaignId=999'),
      new Set(['{"error":"NOT_FOUND"}']),
    );
    assert.deepEqual(
      await bodies('campaignId=42&part=x', 'campaignId=x&part=tag', `${QUERY}&part=tag`),
      new Set(['{"error":"BAD_REQUEST"}']),
    );
  });

  it('can come from a campaigns function, which receives the request', async () => {
    const asked: string[] = [];
    const endpoint = createTokenEndpoint({
      ...options,
      campaigns: async (tagNumber, request) => {
        asked.push(`${tagNumber} ${new URL(request.url).searchParams.get('part')}`);
        return known;
      },
    });
    assert.equal((await endpoint(tokenRequest(QUERY))).status, 200);
    assert.deepEqual(asked, [`${TAG_NUMBER} tag`]);
  });

  it('reads nothing from a prototype and ignores later writes', async () => {
    const campaign = {
      host: ['jeux.publisher.com'],
      channelId: CHANNEL_ID,
      campaignId: CAMPAIGN_ID,
    };
    const endpoint = endpointFor(campaign);
    campaign.host[0] = 'evil.example';
    campaign.campaignId = '1';
    const polluted = Object.prototype as { width?: string };
    polluted.width = '1px';
    try {
      const response = await endpointFor(known)(tokenRequest(QUERY));
      assert.doesNotMatch(await response.text(), /width/);
    } finally {
      delete polluted.width;
    }
    const text = await (await endpoint(tokenRequest(QUERY))).text();
    assert.match(text, /jeux\.publisher\.com.*98765/);
  });
});

function neverAsked(): never {
  assert.fail('participant() was asked');
}
