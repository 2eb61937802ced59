/** Keys in the forms in which environment variables, .env files and secret stores contain them. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { jwtVerify } from 'jose';
import {
  createCampaignFeed,
  createJwksEndpoint,
  createTokenEndpoint,
  signParticipantToken,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import type { PublisherKeys } from '../support/publisher-keys.js';
import { pairFor, TAG_NUMBER, workingOptions } from '../support/server/fixtures.js';

let rsa: PublisherKeys;
let working: TokenEndpointOptions;
before(async () => {
  rsa = await pairFor('RS256');
  working = await workingOptions();
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const escaped = (text: string): string => text.replaceAll('\n', '\\n');

/** Changes that happen to a text, for PEM text or a JWK as JSON. */
const changes: readonly (readonly [what: string, change: (text: string) => string])[] = [
  ['unchanged', (text) => text],
  ['with white space around it', (text) => `\n  ${text}\n\n`],
  ['with CRLF line breaks', (text) => text.replaceAll('\n', '\r\n')],
  ['with spaces for line breaks', (text) => text.replaceAll('\n', ' ')],
  ['with \\n for line breaks', escaped],
  ['with \\r\\n for line breaks', (text) => text.replaceAll('\n', '\\r\\n')],
  ['with \\\\n for line breaks', (text) => text.replaceAll('\n', '\\\\n')],
  ['in double quotes', (text) => `"${text}"`],
  ['in single quotes', (text) => `'${text}'`],
  ['in double quotes, with \\n', (text) => `"${escaped(text)}"`],
  ['as a JSON string', (text) => JSON.stringify(text)],
  ['in base64', base64],
  ['in base64 of 76 columns', (text) => base64(text).replace(/.{76}/g, '$&\n')],
  ['in base64url', (text) => Buffer.from(text).toString('base64url')],
  ['in base64, in quotes', (text) => `"${base64(text)}"`],
  ['in base64 of a text in quotes with \\n', (text) => base64(`"${escaped(text)}"`)],
  ['in base64, twice', (text) => base64(base64(text))],
];

const json = (jwk: object): string => JSON.stringify(jwk, null, 2);

describe('a key is accepted', () => {
  for (const [what, change] of changes) {
    it(`as PEM text or a JWK ${what}: in signing, encryption and the JWKS`, async () => {
      for (const [privateText, publicText] of [
        [rsa.privatePem, rsa.publicPem],
        [json(rsa.privateJwk), json(rsa.publicJwk)],
      ] as const) {
        const signing = { alg: 'RS256', kid: 'a', key: change(privateText) } as const;
        const token = await signParticipantToken({ ...working, signing }, TAG_NUMBER, { sub: '1' });
        assert.equal((await jwtVerify(token, rsa.publicKey)).payload.sub, '1');

        const key = change(publicText);
        const encryption = { alg: 'RSA-OAEP-256', enc: 'A256GCM', key } as const;
        const options = { ...working, signing, encryption };
        const encrypted = await signParticipantToken(options, TAG_NUMBER, { sub: '1' });
        assert.equal(encrypted.split('.').length, 5);

        for (const published of [signing, { alg: 'RS256', kid: 'a', key } as const]) {
          const answer = await createJwksEndpoint([published])(new Request('https://a.test/'));
          const { keys } = (await answer.json()) as { keys: Record<string, unknown>[] };
          assert.equal(keys[0]?.['n'], rsa.publicJwk.n);
          assert.equal(keys[0]?.['d'], undefined);
        }
      }
    });
  }
});

describe('what cannot be read as a key is named, with what to do:', () => {
  const begin = '-----BEGIN PRIVATE KEY-----';
  const cases: readonly (readonly [what: string, make: (pem: string) => unknown, says: RegExp])[] =
    [
      ['no text', () => '', /is empty; set the variable that it comes from$/],
      ['white space', () => ' \n', /is empty; set the variable that it comes from$/],
      ['empty quotes', () => '""', /is empty; set the variable that it comes from$/],
      ['no value', () => undefined, /is empty; set the variable that it comes from$/],
      [
        'the word undefined',
        () => 'undefined',
        /"undefined"; set the variable that it comes from$/,
      ],
      ['an opening quote', (pem) => `"${pem}`, /quotation mark .* remove it$/],
      ['a closing quote', (pem) => `${pem.trim()}'`, /quotation mark .* remove it$/],
      ['the first line', () => begin, /only its first line; in a \.env file, .* in quotes$/],
      ['an incomplete text', (pem) => pem.slice(0, -60), /without its END line; give all of it$/],
      ['two keys', (pem) => pem + pem, /has 2 PEM blocks; give only the one of the key$/],
      [
        'base64 without its first and last line',
        (pem) => pem.replace(/-----[^-]+-----/g, ''),
        /without its BEGIN and END lines; give them too$/,
      ],
      ['a path', () => '/run/secrets/qualifio.pem', /path of a file; give what is in the file$/],
      ['a path from here', () => './private.key', /path of a file; give what is in the file$/],
      ['a file name', () => 'private-key.json', /path of a file; give what is in the file$/],
      [
        'any other text',
        () => 'correct horse',
        /neither a whole PEM block nor a JWK; give all of one$/,
      ],
      [
        'base64 of any other text',
        () => base64('correct horse'),
        /neither a whole PEM block nor a JWK/,
      ],
      [
        'incomplete JSON',
        (pem) => `{"kty":"RSA",${pem}`,
        /begins as a JWK but is not valid JSON; give all of it$/,
      ],
      [
        'a key of OpenSSH',
        (pem) => pem.replaceAll(' PRIVATE', ' OPENSSH PRIVATE'),
        /`ssh-keygen -p -m PKCS8 -f FILE`$|must be the public key of the pair, not the private key$/,
      ],
    ];
  for (const [what, make, says] of cases) {
    it(what, () => {
      const key = make(rsa.privatePem) as string;
      const found = (option: string) => (error: unknown) => {
        assert.ok(error instanceof TypeError);
        assert.ok(error.message.startsWith(`${option}: `), error.message);
        assert.match(error.message, says);
        assert.ok(!error.message.includes(rsa.privatePem.slice(60, 90)), 'no part of the key');
        return true;
      };
      const make1 = (changed: Partial<TokenEndpointOptions>) => () =>
        createTokenEndpoint({ ...working, ...changed });
      assert.throws(make1({ signing: { alg: 'RS256', key } }), found('signing.key'));
      const encryption = { alg: 'RSA-OAEP-256', enc: 'A256GCM', key } as const;
      assert.throws(make1({ encryption }), found('encryption.key'));
      assert.throws(() => createJwksEndpoint([{ alg: 'RS256', key }]), found('keys[0].key'));
    });
  }
});

describe('an option whose variable is not set is named:', () => {
  const unset = /^[\w.[\]]+: is empty; set the variable that it comes from$/;
  const none = new Uint8Array(0);
  const cases: readonly (readonly [option: string, make: () => unknown])[] = [
    [
      'signing.kid',
      () =>
        createTokenEndpoint({
          ...working,
          signing: { alg: 'RS256', kid: '', key: rsa.privatePem },
        }),
    ],
    [
      'signing.key',
      () => createTokenEndpoint({ ...working, signing: { alg: 'HS256', key: none } }),
    ],
    ['signing.key', () => createTokenEndpoint({ ...working, signing: { alg: 'HS256', key: '' } })],
    [
      'encryption.key',
      () =>
        createTokenEndpoint({
          ...working,
          encryption: { alg: 'A256KW', enc: 'A256GCM', key: none },
        }),
    ],
    ['keys[0].kid', () => createJwksEndpoint([{ alg: 'RS256', kid: '', key: rsa.publicPem }])],
    ['url', () => createCampaignFeed({ url: '' })],
  ];
  for (const [option, make] of cases) {
    it(option, () => {
      assert.throws(make, (error: Error) => {
        assert.match(error.message, unset);
        return error.message.startsWith(option);
      });
    });
  }
});
