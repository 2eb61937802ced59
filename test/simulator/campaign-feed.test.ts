import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSimulator, type SimulatorOptions } from '../../src/simulator/index.js';

const path = '/v1/campaignfeed/channels/11111111-2222-3333-4444-555555555555/json';

interface Feed {
  readonly numberRows: number;
  readonly channels: readonly {
    readonly id: number;
    readonly channelId: string;
    readonly campaign: { readonly campaignId: number };
    readonly integration: Readonly<Record<'javascript' | 'html' | 'webview', string>>;
  }[];
}

function get(query: string, options?: SimulatorOptions, at = path): Promise<Response> {
  const request = new Request(`http://jeux.publisher.localhost:4400${at}${query}`);
  return createSimulator(options).fetch(request);
}

async function feed(query: string, options?: SimulatorOptions): Promise<Feed> {
  const response = await get(query, options);
  assert.equal(response.status, 200);
  return (await response.json()) as Feed;
}

const numbersOf = ({ channels }: Feed) =>
  channels.map(({ id, campaign }) => `${id} ${campaign.campaignId}`);

describe('the campaign feed', () => {
  it('lists the first page’s campaign with its tag', async () => {
    const simulator = createSimulator();
    const ask = (at: string) =>
      simulator.fetch(new Request(`http://jeux.publisher.localhost:4400${at}`));
    const answer = (await (await ask(`${path}?clientId=7`)).json()) as Feed;
    const [{ integration, ...channel } = assert.fail()] = answer.channels;
    assert.equal(answer.numberRows, 1);
    const guid = '7E57C0DE-0000-4000-8000-000000000001';
    assert.deepEqual(channel, {
      channelId: guid,
      website: { id: 1, name: 'Simulated site' },
      channel: 'WIDGET',
      id: 123456,
      dateCreated: '2026-01-05T09:00:00Z',
      dateLastModified: '2026-01-05T09:00:00Z',
      campaign: {
        campaignId: 98765,
        campaignTitle: 'The reading quiz 123456',
        campaignType: 'Quiz',
      },
      schedule: {
        startDate: '2026-01-05T09:00:00Z',
        endDate: '2099-12-31T23:00:00Z',
        hourlyLimitation: null,
      },
    });
    assert.ok((await (await ask('/')).text()).includes(integration.javascript));
    assert.match(
      integration.html,
      /^<iframe src="\/\/jeux\.publisher\.localhost:4400\/20\/7E57C0DE-0000-4000-8000-000000000001\/v1\.cfm\?id=7E57C0DE-0000-4000-8000-000000000001" id="qualifio123456" class="qualifio_iframe_tag" /,
    );
    const { host, pathname } = new URL(integration.webview);
    assert.equal(host, 'jeux.publisher.localhost:4400');
    assert.equal((await ask(`${pathname}?id=${guid}`)).status, 200);
  });

  it('lists the declared campaigns, each with a stable GUID', async () => {
    const campaigns = { 31: '7001', 32: 7000, 33: '7001' };
    const one = await feed('?clientId=7', { campaigns });
    assert.deepEqual(numbersOf(one), ['32 7000', '31 7001', '33 7001']);
    assert.equal(one.numberRows, 3);
    const guids = one.channels.map(({ channelId }) => channelId);
    assert.equal(new Set(guids).size, 3);
    for (const [index, guid] of guids.entries()) {
      assert.match(guid, /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
      const { integration, id } = one.channels[index]!;
      assert.ok(integration.javascript.includes(`'qualifio_insert_place_${id}'`));
      assert.ok(integration.javascript.includes(`'${guid}'`));
    }
    const another = await feed('?clientId=7', { campaigns });
    assert.deepEqual(
      another.channels.map(({ channelId }) => channelId),
      guids,
    );
  });

  it('has pages of 50, each starting at the campaign in the cursor', async () => {
    const campaigns = Object.fromEntries(
      Array.from({ length: 120 }, (_, index) => [String(500_000 + index), String(9_000 + index)]),
    );
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 3; page++) {
      const answer = await feed(`?clientId=7${cursor}`, { campaigns });
      assert.ok(answer.numberRows <= 50);
      const numbers = numbersOf(answer);
      if (page > 0)
        assert.equal(numbers.shift(), seen.at(-1), 'the cursor’s own campaign is first');
      seen.push(...numbers);
      cursor = `&cursor=${answer.channels.at(-1)?.campaign.campaignId}`;
    }
    assert.deepEqual(
      seen,
      Object.entries(campaigns).map((pair) => pair.join(' ')),
    );
    assert.deepEqual(numbersOf(await feed(`?clientId=7${cursor}`, { campaigns })), [seen.at(-1)]);
  });

  it('has no campaign on two pages, and continues after one that is longer than a page', async () => {
    const sizes = [49, 2, 60, 1, 50, 1];
    const pairs = sizes.flatMap((size, campaign) =>
      Array.from({ length: size }, (_, index) => [
        String(campaign * 100 + index + 1),
        String(7000 + campaign),
      ]),
    );
    const campaigns = Object.fromEntries(pairs) as Record<string, string>;
    const seen = new Set<string>();
    let cursor = '';
    let known = -1;
    while (seen.size > known) {
      known = seen.size;
      const answer = await feed(`?clientId=7${cursor}`, { campaigns });
      const counts = new Map<number, number>();
      for (const { id, campaign } of answer.channels) {
        seen.add(`${id} ${campaign.campaignId}`);
        counts.set(campaign.campaignId, (counts.get(campaign.campaignId) ?? 0) + 1);
      }
      for (const [campaignId, count] of counts) assert.equal(count, sizes[campaignId - 7000]);
      cursor = `&cursor=${answer.channels.at(-1)?.campaign.campaignId}`;
    }
    assert.deepEqual([...seen].sort(), pairs.map((pair) => pair.join(' ')).sort());
  });

  const refused: [string, string, number, RegExp][] = [
    ['no clientId', path, 400, /clientId/],
    ['a clientId that is not a number', `${path}?clientId=me`, 400, /clientId/],
    ['a cursor that is not a number', `${path}?clientId=7&cursor=last`, 400, /cursor/],
    ['no GUID', `${path.replace(/1{8}-[^/]+/, 'summer')}?clientId=7`, 404, /<GUID>/],
  ];
  for (const [what, at, status, words] of refused) {
    it(`is refused with a message for ${what}`, async () => {
      const response = await get('', {}, at);
      assert.equal(response.status, status);
      assert.match(((await response.json()) as { error: string }).error, words);
    });
  }
});
