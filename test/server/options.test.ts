import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import {
  createTokenEndpoint,
  signParticipantToken,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import type { PublisherKeys } from '../support/publisher-keys.js';
import {
  CHANNEL_ID,
  pairFor,
  SIGNING_ALGORITHMS,
  TAG_NUMBER,
  workingOptions,
} from '../support/server/fixtures.js';
import { refuses } from '../support/server/refuses.js';

let rsa: PublisherKeys;
let working: TokenEndpointOptions;

before(async () => {
  rsa = await pairFor('RS256');
  working = await workingOptions();
});

describe('createTokenEndpoint throws', () => {
  it('without options', () => {
    for (const [options, kind] of [
      [undefined, 'undefined'],
      [null, 'null'],
      ['a', 'a string'],
      [[], 'an array'],
    ] as const) {
      const make = (): unknown => createTokenEndpoint(options as unknown as TokenEndpointOptions);
      assert.throws(make, new TypeError(`options: must be an object, not ${kind}`));
    }
  });

  it('without a required option', () => {
    for (const option of ['campaigns', 'signing', 'issuer', 'participant']) {
      refuses(option, { [option]: undefined });
      refuses(option, { [option]: null });
    }
  });

  it('for an unknown option, such as a misspelled encryption', () => {
    refuses('encrypt', { encrypt: {} });
  });

  it('for encryption: null, because anyone could read the tokens', () => {
    refuses('encryption', { encryption: null });
    refuses('encryption', { encryption: 'RSA-OAEP-256' });
  });

  it('for an issuer that is not a string', () => {
    for (const issuer of ['', 5, {}]) refuses('issuer', { issuer });
  });

  // @holds P13
  it('for an expiresIn that is not 1 to 600 whole seconds', () => {
    for (const expiresIn of [0, -1, 601, 1.5, NaN, Infinity, '300', null]) {
      refuses('expiresIn', { expiresIn });
    }
    for (const expiresIn of [1, 600]) createTokenEndpoint({ ...working, expiresIn });
  });

  it('for a function option that is not a function', () => {
    for (const option of ['participant', 'clock', 'onError', 'onIssued']) {
      refuses(option, { [option]: 'now' });
    }
  });

  it('for an allowed origin that is not exactly one origin', () => {
    const wrong = [
      ...['*', 'null', '', 'https://*.publisher.com', 'https://publisher.com/', 'publisher.com'],
      ...['https://www.*.publisher.com', 'https://publisher.*'],
      ...['https://PUBLISHER.com', 'https://publisher.com:443', 'https://a@publisher.com', '//a'],
      ...['https://publisher.com/path', 'https://publisher.com?', 'ftp://publisher.com', 5, null],
      ...['file:///a', 'data:text/html,a', 'https://publisher.com ', ' https://publisher.com'],
      ...['https://a.com, https://b.com', 'https://é.com', 'javascript:1', 'https://a.com\\'],
    ];
    for (const origin of wrong) {
      refuses('allowedOrigins', { allowedOrigins: [origin] });
      refuses('origin', { origin });
    }
    refuses('allowedOrigins', { allowedOrigins: 'https://publisher.com' });
    const allowedOrigins = ['https://a.com', 'http://localhost:3000', 'http://[::1]:8080'];
    createTokenEndpoint({ ...working, allowedOrigins, origin: 'https://www.publisher.com' });
  });

  // @holds S12
  it('for an http origin that is not a loopback host', () => {
    const wrong = ['www.publisher.com', 'www.publisher.com:8080', '192.168.1.5:3000', 'publisher'];
    wrong.push('127.0.0.1.evil.com', '127.evil.com', 'localhost.evil.com', 'localhost.', '[::2]');
    wrong.push('evillocalhost', '0.0.0.0', '[::]', '128.0.0.1', '[::ffff:7f00:1]');
    for (const host of wrong) {
      refuses('allowedOrigins', { allowedOrigins: ['https://a.com', `http://${host}`] });
      refuses('origin', { origin: `http://${host}` });
      createTokenEndpoint({ ...working, allowedOrigins: [`https://${host}`] });
    }
    for (const host of ['localhost', 'localhost:3000', 'a.b.localhost', '127.0.0.1:1', '[::1]']) {
      const origin = `http://${host}`;
      createTokenEndpoint({ ...working, allowedOrigins: [origin], origin });
    }
  });

  it('for an invalid property of a campaign', () => {
    const host = 'jeux.publisher.com';
    const wrong: Readonly<Record<string, readonly unknown[]>> = {
      campaignId: ['', 'a', '12 ', ' 12', '1'.repeat(21), '-1', '1e3', -1, 1.5, NaN, 2 ** 53, 1e19],
      channelId: ['', '123456', 123456, 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE', `{${CHANNEL_ID}}`],
      width: ['', 'auto', '10em', '-1', '1 ', '50%;', -1, NaN, Infinity, 1e21],
      height: ['', 'auto', 'calc(1px)', '1\n', -0.5],
      frameStyle: [5, ['margin:0'], { margin: 0 }, 'x'.repeat(2001)],
    };
    for (const [member, values] of Object.entries(wrong)) {
      for (const value of [...values, null, true, [], [CHANNEL_ID], () => '1']) {
        refuses(`campaigns.7.${member}`, { campaigns: { '7': { host, [member]: value } } });
      }
    }
  });

  it('for an unknown property of a campaign, such as a misspelled campaignId', () => {
    const host = 'jeux.publisher.com';
    for (const name of ['campaignID', 'channelID', 'Host', 'toString', 'frame-style', '']) {
      refuses(`campaigns.7.${name}`, { campaigns: { '7': { host, [name]: '98765' } } });
    }
    const members = { host, campaignId: 1, channelId: CHANNEL_ID, width: 1, height: 1 };
    const frameStyle = 'x'.repeat(2000);
    createTokenEndpoint({ ...working, campaigns: { '7': { ...members, frameStyle } } });
  });

  it('for a campaign with an invalid id or host', () => {
    const host = 'jeux.publisher.com';
    for (const id of ['', 'abc', '1'.repeat(21), '12 ']) {
      refuses('campaigns', { campaigns: { [id]: { host } } });
    }
    const wrong: unknown[] = [
      ...[
        '',
        'https://jeux.publisher.com',
        'jeux.publisher.com/',
        '*.publisher.com',
        '.com',
        'a..b',
      ],
      ...[
        'a@b.com',
        'b.com?',
        'é.com',
        'b.com:99999',
        'b.com:',
        'a_b.example.com',
        '0x7f.1',
        'b.com.',
        `${'a'.repeat(64)}.com`,
        `${`${'a'.repeat(63)}.`.repeat(3)}${'b'.repeat(62)}`,
        [],
        [host, ''],
        // A hole, before and after a host.
        ...[Object.assign([], { 1: host }), Object.assign([host], { length: 2 }), Array(1)],
        5,
        null,
        undefined,
      ],
    ];
    for (const value of wrong) {
      refuses('campaigns.7.host', { campaigns: { '7': { host: value } } });
    }
    for (const campaign of [host, [host], null, undefined]) {
      refuses('campaigns.7.host', { campaigns: { '7': campaign } });
    }
    refuses('campaigns', { campaigns: [] });
    refuses('campaigns', { campaigns: 'jeux.publisher.com' });
    // None of these has own properties, so no campaign would be found. A promise means a forgotten
    // `await`.
    for (const campaigns of [new Map([['7', { host }]]), Promise.resolve({}), new Date()]) {
      refuses('campaigns', { campaigns });
    }
    const longest = `${`${'a'.repeat(63)}.`.repeat(3)}${'b'.repeat(61)}`;
    assert.equal(longest.length, 253);
    const campaigns = {
      '1': { host },
      '2': { host: [host, 'localhost:4400', `${longest}:65535`] },
    };
    createTokenEndpoint({ ...working, campaigns });
  });

  it('for a kid with invalid characters', () => {
    for (const kid of ['', '../key', 'a b', "' or 1=1", 'a\0', 'k'.repeat(10_000), 5, null]) {
      refuses('signing.kid', { signing: { ...working.signing, kid } });
      const encryption = { alg: 'RSA-OAEP-256', enc: 'A256GCM', key: rsa.publicPem, kid };
      refuses('encryption.kid', { encryption });
    }
  });
});

describe('the message explains how to fix the option', () => {
  const messages: readonly (readonly [change: () => Record<string, unknown>, message: string])[] = [
    [
      () => ({ encrypt: {} }),
      'encrypt: unknown option; the options are campaigns, signing, encryption, issuer, participant, expiresIn, allowedOrigins, origin, clock, onError, onIssued',
    ],
    [
      () => ({ campaigns: 5 }),
      'campaigns: must be an object with campaigns by tag number, or a function, not a number',
    ],
    [
      () => ({ campaigns: { a: {} } }),
      'campaigns: each tag number must be 1 to 20 digits, not "a"',
    ],
    [
      () => ({ campaigns: { '7': {} } }),
      'campaigns.7.host: must be a host name as in the JS tag, or a list of host names, without scheme, path or wildcard, not undefined',
    ],
    [
      () => ({ campaigns: { '7': { host: 'jeux.publisher.com', campaignId: 'quiz' } } }),
      'campaigns.7.campaignId: must be the campaign ID (technical ID), 1 to 20 digits, not "quiz"',
    ],
    [
      () => ({ campaigns: { '7': { host: 'jeux.publisher.com', channelId: 7 } } }),
      'campaigns.7.channelId: must be a GUID, not 7',
    ],
    [
      () => ({ campaigns: { '7': { host: 'jeux.publisher.com', width: '10em' } } }),
      'campaigns.7.width: must be pixels or a percentage, not "10em"',
    ],
    [
      () => ({ campaigns: { '7': { host: 'jeux.publisher.com', frameStyle: {} } } }),
      'campaigns.7.frameStyle: must be CSS without <, > or ", not an object',
    ],
    [
      () => ({ campaigns: { '7': { host: 'jeux.publisher.com', frameStyle: 'x'.repeat(2001) } } }),
      'campaigns.7.frameStyle: must have at most 2000 characters, not 2001',
    ],
    [
      () => ({ campaigns: { '7': { host: 'jeux.publisher.com', frameStyle: 'x"><script>' } } }),
      'campaigns.7.frameStyle: must be CSS without <, > or ", not "x\\"><script>"',
    ],
    [
      () => ({ campaigns: { '7': { host: 'jeux.publisher.com', campaignID: '98765' } } }),
      'campaigns.7.campaignID: unknown property; the properties are host, campaignId, channelId, width, height, frameStyle',
    ],
    [
      () => ({ signing: 'RS256' }),
      'signing: must be {alg, kid, key} or {alg, kid, sign}, not a string',
    ],
    [
      () => ({ signing: { ...working.signing, alg: 'none' } }),
      `signing.alg: must be one of ${SIGNING_ALGORITHMS.join(', ')}, not other text`,
    ],
    [
      () => ({ signing: { ...working.signing, kid: 'a b' } }),
      'signing.kid: must have 1 to 64 characters from A-Z a-z 0-9 . _ ~ -, not other text',
    ],
    [() => ({ issuer: '' }), 'issuer: must be text, the iss of your tokens, not ""'],
    [() => ({ expiresIn: 0 }), 'expiresIn: must be whole seconds from 1 to 600, not 0'],
    [() => ({ clock: 5 }), 'clock: must be a function, not a number'],
    [() => ({ allowedOrigins: '*' }), 'allowedOrigins: must be a list of origins, not "*"'],
    [
      () => ({ allowedOrigins: ['*'] }),
      'allowedOrigins: must be written scheme://host[:port], without path, slash, * or null, not "*"',
    ],
    [
      () => ({ allowedOrigins: ['http://www.publisher.com'] }),
      'allowedOrigins: must be https, not "http://www.publisher.com": write "https://www.publisher.com"; http is accepted only for localhost, *.localhost, 127.0.0.1 and [::1]',
    ],
  ];
  for (const [change, message] of messages) {
    it(message, () => {
      const options = { ...working, ...change() } as TokenEndpointOptions;
      assert.throws(() => createTokenEndpoint(options), new TypeError(message));
    });
  }
});

it('signParticipantToken reads its options once for each object', async () => {
  const options = { ...working };
  const issuerOf = async (some: TokenEndpointOptions): Promise<unknown> =>
    decodeJwt(await signParticipantToken(some, TAG_NUMBER, { sub: 'a' })).iss;
  assert.equal(await issuerOf(options), working.issuer);
  options.issuer = 'https://other.example';
  assert.equal(await issuerOf(options), working.issuer);
  assert.equal(await issuerOf({ ...options }), 'https://other.example');
});
