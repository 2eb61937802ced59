/** No text from a visitor or a feed may take much longer than a harmless one of the same length. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  createCampaignFeed,
  createJwksEndpoint,
  createTokenEndpoint,
  type JwksEndpoint,
  type TokenEndpoint,
} from '../../src/server/index.js';
import { channel, jsTag } from '../support/server/feed-server.js';
import {
  CHANNEL_ID,
  OWN_ORIGIN,
  pairFor,
  TAG_NUMBER,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';

/** The longest tag that is read, and the longest header or address that servers accept. */
const LENGTH = 16_384;
/** Linear patterns take up to 6 times as long as the harmless text, a quadratic one over 100 times. */
const MOST_TIMES = 30;

const filled = (start: string, filling: string, end = ''): string =>
  `${start}${filling.repeat(LENGTH)}`.slice(0, LENGTH - end.length) + end;

/** Microseconds of the fastest of several batches, without the time of other processes. */
async function timeOf(act: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const start = process.cpuUsage();
    for (let count = 0; count < 8; count += 1) await act();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, user + system);
  }
  return best;
}

async function takesNoLonger(
  act: (text: string) => Promise<unknown>,
  hostile: string,
  harmless: string,
): Promise<void> {
  assert.equal(hostile.length, harmless.length);
  const times = (await timeOf(() => act(hostile))) / (await timeOf(() => act(harmless)));
  assert.ok(times < MOST_TIMES, `${times.toFixed(0)} times as long`);
}

// @holds S24
describe('parsing a tag in a campaign feed takes linear time for', () => {
  const list = `_qual_async.push(['createIframe', 'qualifio_insert_place_1'`;
  const rest = `', '20', '${CHANNEL_ID}', '100%', '100']);`;
  const tags: Readonly<Record<string, string>> = {
    'a list with white space after it': filled(`${list}, '1'`, ' '),
    'a list with white space and a comma after it': filled(`${list}, '1'`, ' ', ',x'),
    'a list of white space and commas': filled(list, ' , '),
    'an unclosed list of values': filled(list, ",''"),
    'an unclosed list of numbers': filled(list, ',1'),
    'a list with one number': filled(`${list},`, '1'),
    'a list with digits, dots and white space': filled(`${list},`, '1. '),
    'opening brackets': filled('', "['createIframe',"),
    'opening brackets with white space': filled('', '[ '),
    brackets: filled('', '['),
    'an unclosed string': filled("'", 'a'),
    'an unclosed string of escapes': filled("'", '\\a'),
    backslashes: filled("'", '\\'),
    quotes: filled('', '"'),
    'quotes of both kinds': filled('', `"'`),
    'opening comments': filled('', '/*'),
    slashes: filled('', '/'),
    'opening HTML comments': filled('', '<!--'),
    'opening script tags': filled('', '<script '),
    'unclosed scripts': filled('', '<script>'),
    'an id without a value': filled('<div id', ' '),
    ids: filled('', 'id = '),
    'an unclosed name of a div': filled('id="qualifio_insert_place_', '1'),
    'a host of dashes': filled(`${list}, 'a`, '-', rest),
    'a host of dots': filled(`${list}, 'a`, '.a', rest),
    'a host of letters': filled(`${list}, 'a`, 'a', rest),
    'a port of digits': filled(`${list}, 'a:`, '1', rest),
    'a width of digits': filled(`${list}, 'a.b', '20', '${CHANNEL_ID}', '`, '1', `','1'])`),
  };
  const read = (javascript: string): Promise<unknown> => {
    const page = JSON.stringify({ channels: [channel('1', 1, { integration: { javascript } })] });
    const feed = createCampaignFeed({
      url: 'https://api.qualifio.com/feed',
      fetch: () => Promise.resolve(new Response(page)),
    });
    return feed('1');
  };
  const harmless = filled(jsTag('1'), '\n// so the text goes on');

  it('a valid tag', async () => assert.ok(await read(harmless)));

  for (const [what, tag] of Object.entries(tags)) {
    it(what, () => takesNoLonger(read, tag.padEnd(LENGTH), harmless));
  }
});

describe('handling a request takes linear time with', () => {
  let endpoint: TokenEndpoint;
  let jwks: JwksEndpoint;

  before(async () => {
    endpoint = createTokenEndpoint(await workingOptions());
    const { publicPem } = await pairFor('RS256');
    jwks = createJwksEndpoint([{ alg: 'RS256', key: publicPem }]);
  });

  const harmless = filled('', 'a');
  for (const [what, text] of Object.entries({
    digits: filled('', '1'),
    'white space': filled('1', ' ', '1'),
    commas: filled('', ','),
    'weak tags': filled('', 'W/'),
    quotes: filled('', '"'),
    dots: filled('', '.'),
    dashes: filled('', '-'),
    percent: filled('', '%'),
    'repeated parts': filled('', '&part=tag'),
    'repeated ids': filled('', '&campaignId=1'),
  })) {
    // @holds S24
    it(`${what} in a header`, () =>
      takesNoLonger(
        async (value) => {
          const headers = { 'sec-fetch-site': value, 'if-none-match': value, origin: value };
          const answer = await endpoint(tokenRequest(undefined, headers));
          const keys = await jwks(new Request(`${OWN_ORIGIN}/jwks.json`, { headers }));
          assert.deepEqual([answer.status, keys.status], [403, 200]);
        },
        text,
        harmless,
      ));

    // @holds S24
    it(`${what} in the URL`, () =>
      takesNoLonger(
        async (value) => {
          for (const query of [`campaignId=${value}`, `campaignId=${TAG_NUMBER}&part=${value}`]) {
            const answer = await endpoint(tokenRequest(query));
            assert.equal(answer.status, 400);
          }
        },
        text,
        harmless,
      ));
  }
});
