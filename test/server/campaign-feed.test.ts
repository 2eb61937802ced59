import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import { decodeJwt } from 'jose';
import {
  createCampaignFeed,
  createTokenEndpoint,
  signParticipantToken,
  TokenError,
  type CampaignFeed,
  type CampaignFeedOptions,
  type TokenEndpoint,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import { readFeed } from '../../src/server/feed/feed-reader.js';
import { TimeSlices } from '../../src/server/feed/time-slices.js';
import {
  channel,
  FeedServer,
  jsTag,
  manyChannels,
  miniSite,
} from '../support/server/feed-server.js';
import {
  CAMPAIGN_ID,
  errorLog,
  TAG_NUMBER,
  tokenBody,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';

let feed: FeedServer;
let options: TokenEndpointOptions;
/** Seconds of the injected clock. */
let now = 0;

before(async () => {
  feed = await FeedServer.start();
  options = await workingOptions();
});

after(() => feed.stop());

beforeEach(() => {
  feed.reset();
  now = 1_800_000_000;
});

afterEach(() => mock.timers.reset());

const clock = (): number => now * 1000;

function create(change: Partial<CampaignFeedOptions> = {}): CampaignFeed {
  return createCampaignFeed({ url: feed.url, clock, ...change });
}

function endpointOf(
  campaigns: TokenEndpointOptions['campaigns'],
  onError?: TokenEndpointOptions['onError'],
): TokenEndpoint {
  return createTokenEndpoint({ ...options, campaigns, onError });
}

const statusOf = async (endpoint: TokenEndpoint, tagNumber = TAG_NUMBER): Promise<number> =>
  (await endpoint(tokenRequest(`campaignId=${tagNumber}`))).status;

const isFeedFailed = (error: unknown): boolean =>
  error instanceof TokenError && error.code === 'FEED_FAILED';

/** Lets work that is ready run, without waiting for a time. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100_000 && !condition(); turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.ok(condition(), 'it did not come to pass');
}

/** Resolves when a refresh in the background has ended. */
async function settled(find: CampaignFeed, requests: number): Promise<void> {
  await until(() => feed.requests.length === requests);
  // An unknown number joins a request in progress, and requests nothing soon after the last one.
  await find('1').catch(() => undefined);
}

describe('a campaign feed', () => {
  it('returns host, channel, sizes, style and campaign ID for a tag number', async () => {
    const find = create();
    const found = await find(TAG_NUMBER);
    assert.deepEqual(found, {
      host: 'jeux.publisher.com',
      campaignId: CAMPAIGN_ID,
      channelId: 'B7FDCFDA-C477-C4BA-3C54-000000123456',
      width: '100%',
      height: '900',
      frameStyle: 'max-width:810px;margin:0 auto;',
    });
    assert.equal(await find(CAMPAIGN_ID), null);
  });

  it('provides the campaigns of an endpoint, for tokens and for part=tag', async () => {
    const endpoint = endpointOf(create());
    const { token, hosts } = await tokenBody(await endpoint(tokenRequest()));
    assert.equal(decodeJwt(token)['campaignId'], CAMPAIGN_ID);
    assert.deepEqual(hosts, ['jeux.publisher.com']);
    const response = await endpoint(tokenRequest(`campaignId=${TAG_NUMBER}&part=tag`));
    const { tag } = (await response.json()) as { tag: Record<string, unknown> };
    assert.equal(tag['tokenCampaignId'], CAMPAIGN_ID);
    assert.equal(tag['height'], '900');
    assert.equal(await statusOf(endpoint, CAMPAIGN_ID), 404);
  });

  it('works with signParticipantToken and reports to its own onError', async () => {
    const { calls, onError } = errorLog();
    const campaigns = create({ onError });
    const token = await signParticipantToken({ ...options, campaigns }, TAG_NUMBER, { sub: 'a' });
    assert.equal(decodeJwt(token)['campaignId'], CAMPAIGN_ID);
    feed.answer = feed.body('gone', 500);
    now += 900;
    await campaigns(TAG_NUMBER);
    await until(() => calls.length > 0);
    assert.deepEqual(calls, [['FEED_FAILED', { campaignId: null, reason: 'HTTP 500' }]]);
  });

  it('can be wrapped in a function', async () => {
    const { calls, onError } = errorLog();
    const find = create();
    const endpoint = endpointOf(
      async (id, request) => (id === '42' ? { host: 'a.publisher.com' } : find(id, request)),
      onError,
    );
    assert.equal(await statusOf(endpoint, '42'), 200);
    assert.deepEqual(feed.requests, []);
    assert.equal(await statusOf(endpoint), 200);
    feed.answer = feed.body('gone', 500);
    now += 900;
    assert.equal(await statusOf(endpoint), 200);
    await until(() => calls.length > 0);
    assert.deepEqual(calls, [['FEED_FAILED', { campaignId: null, reason: 'HTTP 500' }]]);
  });

  // @holds S22
  it('with malicious hosts is limited by a function around it', async () => {
    const javascript = jsTag('666', undefined, 'evil.com');
    feed.answer = feed.pages([channel(), channel('666', 666, { integration: { javascript } })]);
    const find = create();
    const endpoint = endpointOf(async (tagNumber, request) => {
      const campaign = await find(tagNumber, request);
      return campaign?.host === 'jeux.publisher.com' ? campaign : null;
    });
    assert.equal(await statusOf(endpoint), 200);
    assert.equal(await statusOf(endpoint, '666'), 404);
    const tag = await endpoint(tokenRequest('campaignId=666&part=tag'));
    assert.equal(tag.status, 404);
    // Without such a function, the feed decides.
    const { hosts } = await tokenBody(await endpointOf(create())(tokenRequest('campaignId=666')));
    assert.deepEqual(hosts, ['evil.com']);
  });

  it('accepts a bare list of channels, and several channels of one campaign', async () => {
    feed.answer = feed.body(
      JSON.stringify([channel(), channel('654000', CAMPAIGN_ID), miniSite()]),
    );
    const find = create();
    assert.equal((await find(TAG_NUMBER))?.campaignId, CAMPAIGN_ID);
    assert.equal((await find('654000'))?.campaignId, CAMPAIGN_ID);
    assert.equal(await find('777'), null);
  });

  it('omits properties that are empty in the tag', async () => {
    const javascript = jsTag(TAG_NUMBER).replace("'100%', '900'", "'', ''");
    const bare = javascript.replace('max-width:810px;margin:0 auto;', '');
    feed.answer = feed.pages([
      channel(TAG_NUMBER, CAMPAIGN_ID, { integration: { javascript: bare } }),
    ]);
    const found = await create()(TAG_NUMBER);
    assert.deepEqual(Object.keys(found ?? {}).sort(), ['campaignId', 'channelId', 'host']);
  });

  it('sends no request until the first look-up', async () => {
    create();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(feed.requests, []);
  });

  it('follows pages that start with the cursor’s campaign until a page has nothing new', async () => {
    const channels = manyChannels(10);
    const last = channels.at(-1) as { id: number; campaign: { campaignId: number } };
    feed.answer = feed.pages(channels, 4);
    const found = await create()(String(last.id));
    assert.equal(found?.campaignId, String(last.campaign.campaignId));
    assert.deepEqual(
      feed.requests.map((path) => path.replace(/^.*json/, '')),
      [
        '?clientId=42',
        '?clientId=42&cursor=8999961',
        '?clientId=42&cursor=8999922',
        '?clientId=42&cursor=8999883',
      ],
    );
  });

  it('stops at an empty page', async () => {
    feed.answer = (url, response) =>
      response.end(JSON.stringify({ channels: url.searchParams.has('cursor') ? [] : [channel()] }));
    assert.ok(await create()(TAG_NUMBER));
    assert.equal(feed.requests.length, 2);
  });

  // @holds S22
  it('returns 997 campaigns of 1,000 channels with three malformed ones, and reports the three', async () => {
    const { calls, onError } = errorLog();
    const channels: unknown[] = manyChannels(1000);
    channels[10] = { ...(channels[10] as object), integration: { javascript: '<p>no tag</p>' } };
    channels[500] = { ...(channels[500] as object), campaign: { campaignId: 'quiz' } };
    channels[990] = null;
    feed.answer = feed.pages(channels);
    const find = create({ onError });
    let campaigns = 0;
    for (let index = 0; index < 1000; index += 1) {
      if (await find(String(300_000 + index * 7))) campaigns += 1;
    }
    assert.equal(campaigns, 997);
    const malformed = ['300070', '303500', null].map((campaignId) => [
      'FEED_CHANNEL_SKIPPED',
      { campaignId },
    ]);
    // Once for the first answer, and once for the request of the unknown number.
    assert.equal(feed.refreshes, 2);
    assert.deepEqual(calls, [...malformed, ...malformed]);
  });

  it('reports each malformed channel once across pages, and never a mini-site without a tag', async () => {
    const { calls, onError } = errorLog();
    const wrong: unknown[] = [
      channel('1001', null),
      channel('1002', 1.5),
      channel('1003', '12a'),
      channel('1004', 7, { campaign: null }),
      channel('1005', 7, { integration: null }),
      channel('1006', 7, { integration: { javascript: { text: jsTag('1006') } } }),
      channel('1007', 7, { id: 'x', integration: { javascript: jsTag('1007').repeat(2) } }),
      channel('1008', 7, { integration: { javascript: jsTag('1008').replace(/'20',/, '') } }),
      channel('1009', 7, { channel: 'MINI_SITE', integration: { javascript: '<script>' } }),
      channel('1010', 7, {
        integration: { javascript: jsTag('1010', undefined, `${'a'.repeat(64)}.com`) },
      }),
      'channel',
      [],
    ];
    feed.answer = feed.pages([channel('42', 7), ...wrong, miniSite(), channel()], 14);
    assert.ok(await create({ onError })(TAG_NUMBER));
    assert.deepEqual(
      calls.map(([code, { campaignId }]) => `${code} ${campaignId}`),
      [
        '1001',
        '1002',
        '1003',
        '1004',
        '1005',
        '1006',
        null,
        '1008',
        '1009',
        '1010',
        null,
        null,
      ].map((campaignId) => `FEED_CHANNEL_SKIPPED ${campaignId}`),
    );
  });

  it('reports the first 100 of 20,000 malformed channels one by one, and the number of the others', async () => {
    const { calls, onError } = errorLog();
    const fetch = async (): Promise<Response> =>
      Response.json([channel(), ...Array.from({ length: 20_000 }, (_, id) => ({ id }))]);
    assert.ok(await create({ fetch, onError })(TAG_NUMBER));
    assert.deepEqual(
      calls.map(([code, { campaignId }]) => `${code} ${campaignId}`),
      [...Array(100).keys(), null].map((campaignId) => `FEED_CHANNEL_SKIPPED ${campaignId}`),
    );
    assert.deepEqual(calls[99]?.[1], { campaignId: '99' });
    assert.deepEqual(calls[100]?.[1], { campaignId: null, reason: 'and 19900 more' });
    const hundred = errorLog();
    feed.answer = feed.pages([channel(), ...Array.from({ length: 100 }, (_, id) => ({ id }))]);
    assert.ok(await create({ onError: hundred.onError })(TAG_NUMBER));
    assert.equal(hundred.calls.length, 100);
  });

  it('reports a second channel with the same number and keeps the first', async () => {
    const other = (change: Record<string, unknown>): unknown => ({ ...channel(), ...change });
    const named = (channelId: string, host?: string): unknown => ({
      javascript: jsTag(TAG_NUMBER, channelId, host),
    });
    const { channelId } = channel() as { channelId: string };
    const conflicts = [
      other({ channelId: 'a', campaign: { campaignId: 7 } }),
      other({ channelId: 'b', integration: named(channelId, 'spiele.publisher.com') }),
      other({ channelId: 'c', integration: named(`${channelId.slice(0, -1)}0`) }),
    ];
    const same = other({
      channelId: 'd',
      integration: named(channelId.toLowerCase(), 'Jeux.publisher.com'),
    });
    for (const [second, count] of [...conflicts.map((each) => [each, 1]), [same, 0]] as const) {
      const { calls, onError } = errorLog();
      feed.answer = feed.pages([channel(), second, channel('42', 42)]);
      const found = await create({ onError })(TAG_NUMBER);
      assert.deepEqual(
        [found?.host, found?.campaignId, found?.channelId],
        ['jeux.publisher.com', CAMPAIGN_ID, channelId],
      );
      const context = { campaignId: TAG_NUMBER, reason: 'another channel has this number' };
      assert.deepEqual(calls, Array(count).fill(['FEED_CHANNEL_SKIPPED', context]));
    }
  });

  it('reports a campaign that fills a page, because no later page can be requested', async () => {
    const campaignOf = (campaignId: number, count: number): unknown[] =>
      Array.from({ length: count }, (_, index) =>
        channel(String(campaignId * 100 + index), campaignId),
      );
    const channels = [...campaignOf(5, 1), ...campaignOf(77, 12), ...campaignOf(78, 1)];
    const reason = 'campaign 77 fills a whole page; any later campaigns are not read';
    for (const [size, expected] of [
      [11, [reason]],
      [12, [reason]],
      [13, []],
    ] as const) {
      const { calls, onError } = errorLog();
      feed.answer = feed.pages(channels, size);
      const find = create({ onError });
      assert.equal((await find('7800')) === null, expected.length > 0);
      assert.deepEqual(
        calls,
        expected.map(() => ['FEED_CHANNEL_SKIPPED', { campaignId: null, reason }]),
      );
    }
    // Any number of malformed channels does not hide it. A shorter last page is not a full page.
    const malformed = Array.from({ length: 200 }, (_, id) => ({ id, campaign: { campaignId: 5 } }));
    const { calls, onError } = errorLog();
    let pages = 0;
    const fetch = async (): Promise<Response> => {
      pages += 1;
      return Response.json(
        pages === 1 ? [...malformed, ...campaignOf(77, 1)] : campaignOf(77, 201),
      );
    };
    await create({ fetch, onError })('7700');
    assert.deepEqual(calls[0], ['FEED_CHANNEL_SKIPPED', { campaignId: null, reason }]);
    assert.equal(calls.length, 101);
    assert.deepEqual(calls[100]?.[1], { campaignId: null, reason: 'and 101 more' });
    const ending = errorLog();
    feed.answer = feed.pages([...campaignOf(5, 3), ...campaignOf(77, 2)], 4);
    assert.ok(await create({ onError: ending.onError })('7701'));
    assert.deepEqual(ending.calls, []);
  });

  it('skips and reports a channel that is nested too deeply', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    for (const odd of [deep, `{"channelId":${deep}}`, `{"id":${deep},"integration":${deep}}`]) {
      feed.answer = feed.body(`[${odd},${JSON.stringify(channel())}]`);
      const { calls, onError } = errorLog();
      assert.equal(await statusOf(endpointOf(create(), onError)), 200);
      await until(() => calls.length > 0);
      assert.deepEqual(calls, [['FEED_CHANNEL_SKIPPED', { campaignId: null }]]);
    }
  });

  it('is found among other properties, with any text in them', async () => {
    const odd = channel(TAG_NUMBER, CAMPAIGN_ID, {
      title: '"]},{[\\',
      '],"}': ['\\"', { a: [',"'] }],
    });
    const json = JSON.stringify(odd);
    for (const text of [
      `[${json}]`,
      ` [ ${json} , ${json} ]\n`,
      `{"channels":[${json}]}`,
      `{"a":"\\"channels\\":[]}","b":{"channels":[]},\r\n"channels" :\t[ ${json} ] ,"c":[[],{}]}`,
    ]) {
      feed.answer = feed.body(text);
      const { calls, onError } = errorLog();
      assert.equal((await create({ onError })(TAG_NUMBER))?.campaignId, CAMPAIGN_ID);
      assert.deepEqual(calls, []);
    }
    for (const text of ['[]', ' [ ] ', '{"channels":[]}']) {
      feed.answer = feed.body(text);
      assert.equal(await create()(TAG_NUMBER), null);
    }
  });

  it('skips and reports a channel of more than 100,000 characters', async () => {
    const rest = JSON.stringify(channel('42', 7, { note: '' })).length;
    const long = (length: number): unknown => channel('42', 7, { note: 'x'.repeat(length - rest) });
    for (const [length, skipped] of [
      [100_000, 0],
      [100_001, 1],
    ] as const) {
      feed.answer = feed.pages([long(length), channel()]);
      const { calls, onError } = errorLog();
      const find = create({ onError });
      assert.ok(await find(TAG_NUMBER));
      assert.equal((await find('42')) === null, skipped === 1);
      assert.equal(calls.filter(([code]) => code === 'FEED_CHANNEL_SKIPPED').length, skipped * 2);
    }
  });

  // @holds S22
  it('reads nothing from a prototype', async () => {
    const polluted = Object.prototype as { campaign?: unknown; channels?: unknown };
    polluted.campaign = { campaignId: 666 };
    polluted.channels = [channel()];
    try {
      feed.answer = feed.pages([channel('42', 7), channel(TAG_NUMBER, 7, { campaign: undefined })]);
      const find = create();
      assert.ok(await find('42'));
      assert.equal(await find(TAG_NUMBER), null);
      feed.answer = feed.body('{}');
      await assert.rejects(create()(TAG_NUMBER), isFeedFailed);
    } finally {
      delete polluted.campaign;
      delete polluted.channels;
    }
  });
});

describe('a campaign feed over time', () => {
  it('is fetched once for 10,000 requests within maxAge, parallel or sequential', async () => {
    const endpoint = endpointOf(create());
    const together = Array.from({ length: 5000 }, () => statusOf(endpoint));
    assert.ok((await Promise.all(together)).every((status) => status === 200));
    for (let request = 0; request < 5000; request += 1) {
      now += 0.1;
      assert.equal(await statusOf(endpoint), 200);
    }
    assert.equal(feed.refreshes, 1);
  });

  it('serves the cached answer during a refresh, and the new one after it', async () => {
    const find = create({ maxAge: 60 });
    await find(TAG_NUMBER);
    now += 59;
    await find(TAG_NUMBER);
    assert.equal(feed.refreshes, 1);
    now += 1;
    const waiting: ServerResponse[] = [];
    feed.answer = (_, response) => void waiting.push(response);
    for (let request = 0; request < 100; request += 1) {
      assert.equal((await find(TAG_NUMBER))?.campaignId, CAMPAIGN_ID);
    }
    await until(() => waiting.length > 0);
    assert.equal(feed.refreshes, 2);
    feed.answer = feed.pages([channel(TAG_NUMBER, 555)]);
    feed.answer(new URL(feed.url), waiting[0]!);
    await settled(find, 4);
    assert.equal((await find(TAG_NUMBER))?.campaignId, '555');
  });

  it('serves the cached answer after a failure, and reports the failure once until the feed recovers', async () => {
    const { calls, onError } = errorLog();
    const find = create();
    const endpoint = endpointOf(find, onError);
    assert.equal(await statusOf(endpoint), 200);
    for (const outage of [1, 2]) {
      feed.answer = feed.body('gone', 503);
      now += 900;
      for (let request = 0; request < 50; request += 1) {
        const before = feed.requests.length;
        assert.equal(await statusOf(endpoint), 200);
        await settled(find, before + 1);
        now += 30;
      }
      assert.deepEqual(
        calls.filter(([code]) => code === 'FEED_FAILED'),
        Array.from({ length: outage }, () => [
          'FEED_FAILED',
          { campaignId: null, reason: 'HTTP 503' },
        ]),
      );
      feed.answer = feed.pages([channel()]);
      const before = feed.requests.length;
      assert.equal(await statusOf(endpoint), 200);
      await settled(find, before + 2);
    }
  });

  it('is retried in the background every 30 s after a failure, for any number of requests', async () => {
    const find = create();
    await find(TAG_NUMBER);
    feed.answer = feed.body('gone', 503);
    now += 900;
    await find(TAG_NUMBER);
    await until(() => feed.refreshes === 2);
    await find('1');
    for (let second = 0; second < 29; second += 1) {
      now += 1;
      for (let request = 0; request < 20; request += 1) assert.ok(await find(TAG_NUMBER));
      assert.equal(await find('1'), null);
    }
    assert.equal(feed.refreshes, 2);
    now += 1;
    await find(TAG_NUMBER);
    await until(() => feed.refreshes === 3);
  });

  it('is fetched again for an unknown number, at most every 30 s', async () => {
    const find = create();
    await find(TAG_NUMBER);
    feed.answer = feed.pages([channel(), channel('42', 7)]);
    assert.equal((await find('42'))?.campaignId, '7');
    assert.equal(feed.refreshes, 2);
    feed.answer = feed.pages([channel(), channel('43', 8)]);
    for (let second = 0; second < 29; second += 1) {
      now += 1;
      assert.deepEqual(
        await Promise.all(Array.from({ length: 20 }, () => find('43'))).then(unique),
        [null],
      );
    }
    assert.equal(feed.refreshes, 2);
    now += 1;
    const found = await Promise.all(Array.from({ length: 20 }, () => find('43')));
    assert.ok(found.every((campaign) => campaign?.campaignId === '8'));
    assert.equal(feed.refreshes, 3);
  });

  it('is fetched only once if the first number is unknown', async () => {
    const find = create();
    assert.equal(await find('43'), null);
    assert.equal(await find('43'), null);
    assert.equal(feed.refreshes, 1);
  });

  it('answers 500 if the first fetch fails, and tries again for the second request', async () => {
    const { calls, onError } = errorLog();
    const endpoint = endpointOf(create(), onError);
    feed.answer = feed.body('gone', 500);
    assert.equal(await statusOf(endpoint), 500);
    assert.deepEqual(calls, [
      ['FEED_FAILED', { campaignId: null, reason: 'HTTP 500' }],
      [
        'CAMPAIGNS_FAILED',
        {
          campaignId: TAG_NUMBER,
          reason: 'the campaign feed cannot be read; FEED_FAILED says why',
        },
      ],
    ]);
    feed.answer = feed.pages([channel()]);
    assert.equal(await statusOf(endpoint), 200);
  });

  it('is not flooded when it refuses immediately: from the second failure, the pause grows from 1 s to 30 s', async () => {
    const find = create();
    feed.answer = feed.body('gone', 500);
    const tries: number[] = [];
    for (let second = 0; second < 130; second += 1) {
      const before = feed.requests.length;
      await assert.rejects(find(TAG_NUMBER), isFeedFailed);
      await assert.rejects(find(TAG_NUMBER), isFeedFailed);
      if (feed.requests.length > before) tries.push(second);
      now += 1;
    }
    assert.equal(feed.requests.length, tries.length + 1, 'the first failure has no pause');
    assert.deepEqual(tries, [0, 1, 3, 7, 15, 31, 61, 91, 121]);
  });

  it('recovers when the clock is set back, and when the host has stopped a refresh', async () => {
    const find = create();
    await find(TAG_NUMBER);
    now -= 1_000_000;
    await find(TAG_NUMBER);
    await until(() => feed.refreshes === 2);
    await settled(find, 4);

    let cutOff: ServerResponse | undefined;
    feed.answer = (_, response) => {
      cutOff = response;
    };
    now += 900;
    await find(TAG_NUMBER);
    await until(() => feed.refreshes === 3);
    now += 19;
    await find(TAG_NUMBER);
    assert.equal(feed.refreshes, 3);
    feed.answer = feed.pages([channel(TAG_NUMBER, 555)]);
    now += 1;
    await find(TAG_NUMBER);
    await settled(find, 5);
    assert.equal((await find(TAG_NUMBER))?.campaignId, '555');
    // If it ends after all, the newer answer is kept.
    const before = feed.requests.length;
    feed.pages([channel(TAG_NUMBER, 444)])(new URL(feed.url), cutOff!);
    await until(() => feed.requests.length === before + 1);
    for (let turn = 0; turn < 1000; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await find(TAG_NUMBER))?.campaignId, '555');
  });

  it('is fetched at the normal rate after it recovers', async () => {
    const find = create({ maxAge: 5 });
    feed.answer = feed.body('gone', 500);
    await assert.rejects(find(TAG_NUMBER), isFeedFailed);
    feed.answer = feed.pages([channel()]);
    await find(TAG_NUMBER);
    now += 5;
    await find(TAG_NUMBER);
    await until(() => feed.refreshes === 3);
  });

  it('passes each refresh to waitUntil, even if that throws', async () => {
    const refreshes: Promise<unknown>[] = [];
    const find = create({
      waitUntil: (refresh) => {
        refreshes.push(refresh);
        throw new Error('no request');
      },
    });
    await find(TAG_NUMBER);
    feed.answer = feed.body('gone', 500);
    now += 900;
    assert.ok(await find(TAG_NUMBER));
    assert.equal(refreshes.length, 2);
    await refreshes[1];
    assert.equal(feed.refreshes, 2);
  });

  it('reports once to each endpoint that shares it, and only once to a shared onError', async () => {
    const [one, other, shared] = [errorLog(), errorLog(), errorLog()];
    const find = create({ onError: shared.onError });
    const endpoints = [one, other, shared, shared].map(({ onError }) => endpointOf(find, onError));
    feed.answer = feed.pages([channel(), channel('42', null)]);
    for (const endpoint of [...endpoints, ...endpoints]) await statusOf(endpoint);
    feed.answer = feed.body('gone', 500);
    now += 900;
    await statusOf(endpoints[0]!);
    await settled(find, 3);
    for (const endpoint of [...endpoints, ...endpoints]) await statusOf(endpoint);
    for (const { calls } of [one, other, shared]) {
      assert.deepEqual(calls, [
        ['FEED_CHANNEL_SKIPPED', { campaignId: '42' }],
        ['FEED_FAILED', { campaignId: null, reason: 'HTTP 500' }],
      ]);
    }
  });

  it('ignores an onError that throws or rejects', async () => {
    for (const onError of [
      () => {
        throw new Error('log is full');
      },
      () => Promise.reject(new Error('log is full')),
    ]) {
      feed.answer = feed.pages([channel(), null]);
      assert.equal(await statusOf(endpointOf(create({ onError }), onError)), 200);
    }
  });
});

describe('a campaign feed fails within its deadline', () => {
  const cases: readonly (readonly [string, string, () => FeedServer['answer']])[] = [
    ['that does not exist', 'HTTP 404', () => feed.body('secret', 404)],
    ['that lacks its clientId', 'HTTP 400', () => feed.body('{"error": "clientId"}', 400)],
    ['that redirects', 'a redirect', () => feed.body('', 302, { Location: '/elsewhere' })],
    [
      'that redirects permanently',
      'a redirect',
      () => feed.body('', 308, { Location: 'https://evil.example/' }),
    ],
    ['that is HTML', 'not JSON', () => feed.body('<!doctype html><p>Sign in</p>', 200)],
    ['that is empty', 'not JSON', () => feed.body('')],
    ['that has no list', 'no list of channels', () => feed.body('{"channels": {"0": {}}}')],
    ['that is a text', 'no list of channels', () => feed.body('"channels"')],
    ['that is null', 'no list of channels', () => feed.body('null')],
    ['that is refused', 'HTTP 401', () => feed.body('{"channels": []}', 401)],
    ['that is created', 'HTTP 201', () => feed.body('{"channels": []}', 201)],
    ['that has one comma too many', 'not JSON', () => feed.body('[null,]')],
    ['that has only a comma', 'not JSON', () => feed.body('[,null]')],
    ['that is cut off', 'not JSON', () => feed.body('{"channels": [null]')],
    ['that has an unclosed string', 'not JSON', () => feed.body('["null]')],
    ['that closes a different bracket', 'not JSON', () => feed.body('[null}')],
    ['that closes a different inner bracket', 'not JSON', () => feed.body('[[null}]')],
    ['that closes one bracket too many', 'not JSON', () => feed.body('[null]]')],
    ['that continues after its end', 'not JSON', () => feed.body('{"channels": []}[]')],
    ['that has an invalid channel', 'not JSON', () => feed.body('{"channels": [{"id"}]}')],
    ['that has no channels', 'no list of channels', () => feed.body('{"numberRows": [1]}')],
    ['that has nested channels', 'no list of channels', () => feed.body('{"a": {"channels": []}}')],
    [
      'that has a number as its channels',
      'no list of channels',
      () => feed.body('{"channels": 1}'),
    ],
    [
      'that has over 50,000 channels',
      'more than 50,000 channels in total',
      () => feed.body(`[${'1,'.repeat(50_000)}1]`),
    ],
    [
      'that breaks off',
      'an incomplete answer',
      () => (_, response) => {
        response.write('[', () => response.destroy());
      },
    ],
    [
      'that is 6 MB',
      'more than 5 MB',
      () => feed.body(JSON.stringify([channel('1', 2, { x: 'x'.repeat(6e6) })])),
    ],
    [
      'that never ends',
      'more than 5 MB',
      () => (_, response) => {
        const write = (): void => {
          while (!response.destroyed && response.write(' '.repeat(65_536)));
        };
        response.on('drain', write);
        write();
      },
    ],
    [
      'whose second page fails',
      'HTTP 500',
      () => (url, response) => {
        const isSecond = url.searchParams.has('cursor');
        (isSecond ? feed.body('', 500) : feed.pages([channel()]))(url, response);
      },
    ],
    [
      'that has more than 200 pages',
      'more than 200 pages',
      () => (url, response) => {
        const next = Number(url.searchParams.get('cursor') ?? 1) + 1;
        response.end(JSON.stringify([channel(String(next), next)]));
      },
    ],
  ];
  for (const [name, reason, answer] of cases) {
    it(`for ${name}, and onError receives ${reason}`, async () => {
      feed.answer = answer();
      const { calls, onError } = errorLog();
      await assert.rejects(create({ onError })(TAG_NUMBER), isFeedFailed);
      assert.deepEqual(calls, [['FEED_FAILED', { campaignId: null, reason }]]);
      assert.ok(feed.requests.length <= 200);
      assert.ok(!feed.requests.some((path) => path.startsWith('/elsewhere')));
    });
  }

  it('but not just below 5 MB', async () => {
    const text = JSON.stringify([channel()]);
    feed.answer = feed.body(text.padEnd(5_000_000));
    assert.ok(await create()(TAG_NUMBER));
    feed.answer = feed.body(text.padEnd(5_000_001));
    await assert.rejects(create()(TAG_NUMBER), isFeedFailed);
  });

  it('if its host cannot be reached', async () => {
    const gone = await FeedServer.start();
    const { url } = gone;
    gone.stop();
    const { calls, onError } = errorLog();
    await assert.rejects(create({ url, onError })(TAG_NUMBER), isFeedFailed);
    const reason = 'not reachable (ECONNREFUSED)';
    assert.deepEqual(calls, [['FEED_FAILED', { campaignId: null, reason }]]);
  });

  for (const [name, hang] of [
    ['that hangs before its answer', () => undefined],
    [
      'that hangs in its body',
      (response: ServerResponse) => void response.writeHead(200).write('['),
    ],
  ] as const) {
    it(`for ${name}, and closes the connection`, async () => {
      const answers: ServerResponse[] = [];
      feed.answer = (_, response) => {
        answers.push(response);
        hang(response);
      };
      await assert.rejects(
        readFeed(new URL(feed.url), fetch, 100),
        /^Error: no answer within 0\.1 s$/,
      );
      await until(() => answers[0]?.destroyed === true);
      assert.equal(feed.requests.length, 1);
    });
  }

  // @holds S22
  it('after 10 s without an answer, even if fetch ignores its signal', async () => {
    // Timers are mocked only here, since fetch itself uses some.
    mock.timers.enable({ apis: ['setTimeout'] });
    const never = new Promise<never>(() => undefined);
    const stuck = new Response(new ReadableStream({ pull: () => never }));
    for (const fetch of [() => never, async () => stuck]) {
      let isRejected = false;
      const { calls, onError } = errorLog();
      const rejected = assert.rejects(create({ fetch, onError })(TAG_NUMBER), isFeedFailed);
      void rejected.then(() => (isRejected = true));
      mock.timers.tick(9_999);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(isRejected, false);
      mock.timers.tick(1);
      await rejected;
      const reason = 'no answer within 10 s';
      assert.deepEqual(calls, [['FEED_FAILED', { campaignId: null, reason }]]);
    }
  });

  it('if all pages together take too long, even if fetch never waits', async () => {
    let pages = 0;
    const fetch = async (): Promise<Response> => {
      pages += 1;
      const end = performance.now() + 40;
      while (performance.now() < end);
      return Response.json([channel(String(pages), pages)]);
    };
    await assert.rejects(
      readFeed(new URL(feed.url), fetch, 100),
      /^Error: no answer within 0\.1 s$/,
    );
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(pages <= 3, `${pages} pages, the last of them after the deadline`);
  });

  it('if fetch throws, returns no response, or followed a redirect', async () => {
    const failing = (error: unknown) => () => Promise.reject(error);
    const coded = (code: unknown): unknown => Object.assign(new Error('at secret'), { code });
    const fetches: [string, unknown][] = [
      ['not reachable', failing(new Error('no network at https://a.com/secret'))],
      ['not reachable', failing('ECONNRESET')],
      ['not reachable', failing(undefined)],
      ['not reachable', failing(coded('at secret'))],
      ['not reachable', failing(coded(23))],
      ['not reachable (ECONNRESET)', failing(coded('ECONNRESET'))],
      ['not reachable (ENOTFOUND)', failing(new TypeError('x', { cause: coded('ENOTFOUND') }))],
      ['not reachable', async () => undefined],
      ['a redirect', async () => ({ status: 0, type: 'opaqueredirect' })],
      ['HTTP 304', async () => new Response(null, { status: 304 })],
      [
        'a redirect',
        async () => Object.defineProperty(Response.json([]), 'redirected', { value: true }),
      ],
    ];
    for (const [reason, fetch] of fetches) {
      const { calls, onError } = errorLog();
      const given = { fetch: fetch as NonNullable<CampaignFeedOptions['fetch']>, onError };
      await assert.rejects(create(given)(TAG_NUMBER), isFeedFailed);
      assert.deepEqual(calls, [['FEED_FAILED', { campaignId: null, reason }]]);
    }
  });

  // This test must be the last: it takes so long that the server closes connections that fetch
  // would use again.
  it('above 50 MB in total, even with small pages', async () => {
    const { calls, onError } = errorLog();
    const sizes: number[] = [];
    const pageOf = (size: number) => async (): Promise<Response> => {
      const next = sizes.push(size);
      return new Response(JSON.stringify([channel(String(next), next)]).padEnd(size));
    };
    const fetch = pageOf(4_000_000);
    await assert.rejects(create({ onError, fetch })(TAG_NUMBER), isFeedFailed);
    assert.deepEqual(calls, [
      ['FEED_FAILED', { campaignId: null, reason: 'more than 50 MB in total' }],
    ]);
    assert.equal(sizes.length, 13);
    let last = 0;
    const tenPages = async (): Promise<Response> => {
      last = Math.min(last + 1, 9);
      return new Response(JSON.stringify([channel(String(last), last)]).padEnd(5_000_000));
    };
    assert.ok(await create({ fetch: tenPages })('9'));
  });
});

describe('reading a 5 MB campaign feed does not block other work with', () => {
  const LENGTH = 4_900_000;
  /**
   * Milliseconds. Channels are read in slices of 20: without slices, those that have no property in
   * common take over 250. The other answers would take as long in one `JSON.parse`.
   */
  const LONGEST_STALL = 250;

  /** The longest time in which no timer could fire, without the time of other processes. */
  async function longestStall(act: () => Promise<unknown>): Promise<number> {
    let last = performance.now();
    let usage = process.cpuUsage();
    let longest = 0;
    const note = (): void => {
      const { user, system } = process.cpuUsage(usage);
      const elapsed = performance.now() - last;
      longest = Math.max(longest, Math.min(elapsed, (user + system) / 1000));
      last += elapsed;
      usage = process.cpuUsage();
    };
    const timer = setInterval(note, 1);
    try {
      await act();
    } finally {
      clearInterval(timer);
    }
    note();
    return longest;
  }

  /** Other processes and the garbage collector also stall a process: not in each of three attempts. */
  async function assertNoStall(act: () => Promise<unknown>): Promise<void> {
    const stalls: number[] = [];
    do {
      stalls.push(await longestStall(act));
    } while (stalls.at(-1)! >= LONGEST_STALL && stalls.length < 3);
    assert.ok(stalls.at(-1)! < LONGEST_STALL, `${stalls.map(Math.round).join(', ')} ms`);
  }

  /** A list of 5 MB; the numbers make each channel different. */
  function listOf(make: (index: number) => string): string {
    const parts: string[] = [];
    for (let length = 0; length < LENGTH; length += parts.at(-1)!.length + 1) {
      parts.push(make(parts.length));
    }
    return `[${parts.join()}]`;
  }
  const objectOf = (count: number, member: (index: number) => string): string =>
    `{${Array.from({ length: count }, (_, index) => member(index)).join()}}`;
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  const malformed = (id: number): string =>
    `{"id":${id},"campaign":{"campaignId":1},"integration":{"javascript":"['createIframe',1]"}}`;

  const pages: Readonly<Record<string, () => string>> = {
    'malformed tags': () => listOf(malformed),
    'brackets within brackets': () => nested(LENGTH / 2),
    'brackets within brackets in its channels': () => `{"channels":[{"id":${nested(LENGTH / 2)}}]}`,
    'brackets within brackets beside its channels': () =>
      `{"a":${nested(LENGTH / 2)},"channels":[]}`,
    'lists nested 99 deep': () => listOf(() => nested(99)),
    'objects that have no property in common': () =>
      listOf((index) => objectOf(100, (at) => `"${(index * 100 + at).toString(36)}":1`)),
    'an object that has no property twice': () =>
      `[${objectOf(LENGTH / 10, (at) => `"${at.toString(36)}":1`)}]`,
    'empty objects': () => listOf(() => '{}'),
  };
  for (const [what, make] of Object.entries(pages)) {
    it(what, async () => {
      feed.answer = feed.body(make());
      await assertNoStall(() => create()('1').catch(() => undefined));
      assert.ok(feed.requests.length > 0);
    });
  }

  it('an answer that arrives byte by byte', async () => {
    const fetch = async (): Promise<Response> => {
      let bytes = 0;
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
        bytes += 1;
        if (bytes > 400_000) controller.close();
        else controller.enqueue(Uint8Array.of(0x20));
      };
      return new Response(new ReadableStream({ pull }));
    };
    await assertNoStall(() => assert.rejects(create({ fetch })('1'), isFeedFailed));
  });

  it('channels, and stops at the deadline', async () => {
    const controller = new AbortController();
    const slices = new TimeSlices(controller.signal);
    await slices.next();
    const next = slices.next();
    controller.abort(new Error('too late'));
    await assert.rejects(next, /too late/);
  });

  it('channels, on a host whose clock does not advance during computation', async () => {
    let turns = 0;
    let isRead = false;
    const turn = (): void => {
      turns += 1;
      if (!isRead) setImmediate(turn);
    };
    const now = mock.method(performance, 'now', () => 0);
    try {
      const answer = Response.json(manyChannels(4_000));
      const found = create({ fetch: async () => answer.clone() })('300000');
      turn();
      assert.ok(await found);
    } finally {
      isRead = true;
      now.mock.restore();
    }
    assert.ok(turns > 3, `${turns} turns`);
  });
});

describe('createCampaignFeed throws', () => {
  const refuses = (option: string, wrong: unknown): void =>
    assert.throws(
      () => createCampaignFeed(wrong as CampaignFeedOptions),
      (error: unknown) => error instanceof TypeError && error.message.startsWith(`${option}: `),
      `${option} should have been refused: ${JSON.stringify(wrong)}`,
    );

  // @holds S22
  it('unless the URL is https, or http on a loopback host', () => {
    const wrong = [
      ...[undefined, null, '', 5, {}, 'feed', '/feed.json', 'http://api.qualifio.com/', '//a.com/'],
      ...['ftp://a.com/', 'file:///feed', 'data:,[]', 'http://localhost.evil.example/'],
      ...['http://127.0.0.1.evil.example/', 'http://10.0.0.1/', new URL('http://a.com/')],
      ...['https://user@a.com/', 'https://user:pass@a.com/', 'https://:pass@a.com/'],
    ];
    for (const url of wrong) refuses('url', { url });
    for (const url of [
      ...['https://api.qualifio.com/feed', new URL('https://a.com/'), 'http://localhost:8080/'],
      ...['http://feed.localhost/', 'http://127.0.0.1:1/', 'http://[::1]:1/'],
    ]) {
      createCampaignFeed({ url });
    }
  });

  it('for a maxAge that is not a positive number of seconds', () => {
    for (const maxAge of [0, -1, NaN, Infinity, '900', null]) {
      refuses('maxAge', { url: 'https://a.com/', maxAge });
    }
  });

  it('for a function option that is not a function', () => {
    for (const option of ['fetch', 'onError', 'waitUntil', 'clock']) {
      for (const value of ['now', null, {}])
        refuses(option, { url: 'https://a.com/', [option]: value });
    }
  });

  it('for an unknown option, or without options', () => {
    refuses('maxage', { url: 'https://a.com/', maxage: 60 });
    for (const wrong of [undefined, null, 'https://a.com/', []]) refuses('options', wrong);
  });

  it('for options on a prototype', () => {
    refuses('url', Object.create({ url: 'https://a.com/' }));
    const polluted = Object.prototype as { maxAge?: unknown };
    polluted.maxAge = 'for ever';
    try {
      createCampaignFeed({ url: 'https://a.com/' });
    } finally {
      delete polluted.maxAge;
    }
  });

  it('with a message that does not contain the URL', () => {
    assert.throws(
      () => createCampaignFeed({ url: 'http://a.com/secret-guid' }),
      new TypeError('url: must be an https URL, or http on a loopback host, not http://…'),
    );
  });
});

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
