import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createTokenEndpoint, type TokenEndpointOptions } from '../../src/server/index.js';
import {
  LISTED_ORIGIN,
  OWN_ORIGIN,
  TAG_NUMBER,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';
import {
  CUSTOM_HEADERS,
  ERRORS,
  expectedHeaders,
  expectedStatus,
  IDS,
  METHODS,
  ORIGINS,
  present,
  SITES,
  type Case,
} from '../support/server/request-table.js';

describe('the answer', () => {
  let options: TokenEndpointOptions;
  before(async () => {
    options = { ...(await workingOptions()), allowedOrigins: [LISTED_ORIGIN] };
  });

  // @holds P15, S13, S19
  it('S13, S19: depends only on method, Sec-Fetch-Site, Origin, custom header and id', async () => {
    let asked = 0;
    const participant = (): { sub: string } => {
      asked += 1;
      return { sub: 'participant-1' };
    };
    const endpoint = createTokenEndpoint({ ...options, participant });
    let granted = 0;
    let cases = 0;
    for (const method of METHODS)
      for (const site of SITES)
        for (const origin of ORIGINS)
          for (const custom of CUSTOM_HEADERS)
            for (const [query, idStatus] of IDS) {
              const row: Case = { method, site, origin, custom, idStatus };
              const label = JSON.stringify({ ...row, query: query.slice(0, 60) });
              const headers = present({
                'sec-fetch-site': site,
                origin,
                'x-requested-with': custom,
              });
              const response = await endpoint(tokenRequest(query, headers, method));
              const status = expectedStatus(row);
              assert.equal(response.status, status, label);
              assert.deepEqual(
                Object.fromEntries(response.headers),
                expectedHeaders(row, status),
                label,
              );
              const text = await response.text();
              if (status === 204 || method === 'HEAD') assert.equal(text, '', label);
              else if (status === 200) assert.match(text, /^\{"token":"[\w-]+\.[\w-]+\.[\w-]+",/);
              else assert.equal(text, JSON.stringify({ error: ERRORS[status] }), label);
              granted += status === 200 ? 1 : 0;
              cases += 1;
            }
    assert.equal(cases, METHODS.length * SITES.length * ORIGINS.length * 2 * IDS.length);
    assert.ok(granted > 0);
    assert.equal(asked, granted, 'participant() is asked for granted requests alone');
  });

  // @holds S13
  it('S13: is always 403 for navigations and subresources', async () => {
    const endpoint = createTokenEndpoint({ ...options, participant: neverAsked });
    const others = ['document', 'iframe', 'frame', 'image', 'script', 'style', 'embed', 'object'];
    for (const origin of [undefined, OWN_ORIGIN, LISTED_ORIGIN]) {
      const base = { 'sec-fetch-site': 'same-origin', origin, 'x-requested-with': 'a' };
      for (const destination of [...others, 'worker', 'audio', '']) {
        const headers = present({ ...base, 'sec-fetch-dest': destination });
        assert.equal((await endpoint(tokenRequest(undefined, headers))).status, 403, destination);
      }
      const headers = present({ ...base, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'empty' });
      assert.equal((await endpoint(tokenRequest(undefined, headers))).status, 403);
    }
  });

  it('is 200 for a real fetch from our own page and from an allowed origin', async () => {
    const endpoint = createTokenEndpoint(options);
    const own = {
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
    };
    const listed = { ...own, 'sec-fetch-site': 'same-site', origin: LISTED_ORIGIN };
    for (const headers of [own, listed]) {
      assert.equal((await endpoint(tokenRequest(undefined, headers))).status, 200);
    }
  });

  // @holds P15, S12
  it('S12: is shared only with origins that match the list exactly', async () => {
    const hostile = [
      ...[
        'null',
        '*',
        '',
        'https://evil.example',
        'http://app.publisher.com',
        'https://publisher.com',
      ],
      ...[
        'https://app.publisher.com.evil.example',
        'https://evil-app.publisher.com',
        'https://app.publisher.co',
      ],
      ...[
        'https://app.publisher.com:8443',
        'https://app.publisher.com:443',
        'https://app.publisher.com/',
      ],
      ...['https://app.publisher.com.', 'https://APP.publisher.com', 'HTTPS://app.publisher.com'],
      ...[
        'https://x.app.publisher.com',
        'https://app.publisher.com@evil.example',
        'app.publisher.com',
      ],
      ...['//app.publisher.com', 'https://app.publisher.com, https://evil.example', 'file://'],
      ...[
        'https://app.publisher.com https://evil.example',
        'https://appXpublisher.com',
        'undefined',
      ],
      ...[
        'https://app%2Epublisher.com',
        'https://app.publisher.com#',
        'https://app.publisher.com?',
      ],
      ...['https://evil.example/https://app.publisher.com', 'chrome-extension://abc', 'data:'],
      ...[
        'https://jeux.publisher.com',
        'https://www.publisher.com.evil.example',
        'http://www.publisher.com',
      ],
    ];
    assert.ok(hostile.length >= 30);
    const endpoint = createTokenEndpoint({ ...options, participant: neverAsked });
    for (const origin of hostile) {
      for (const method of ['GET', 'OPTIONS']) {
        const headers = { origin, 'sec-fetch-site': 'same-origin', 'x-requested-with': 'a' };
        const response = await endpoint(tokenRequest(undefined, headers, method));
        assert.equal(response.status, 403, origin);
        assert.equal(response.headers.get('access-control-allow-origin'), null, origin);
        assert.equal(response.headers.get('vary'), 'Cookie, Origin, Sec-Fetch-Site');
      }
    }
  });

  it('uses the origin option as our own origin behind a proxy that terminates TLS', async () => {
    const behind = createTokenEndpoint({ ...options, origin: OWN_ORIGIN });
    const url = `http://10.0.0.5:8080/token?campaignId=${TAG_NUMBER}`;
    const ask = (origin: string): Promise<Response> =>
      behind(new Request(url, { headers: { origin } }));
    assert.equal((await ask(OWN_ORIGIN)).status, 200);
    assert.equal((await ask('http://10.0.0.5:8080')).status, 403);
  });
});

function neverAsked(): never {
  assert.fail('participant() was asked');
}
