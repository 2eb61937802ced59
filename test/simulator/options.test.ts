import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { before, describe, it } from 'node:test';
import {
  createSimulator,
  serveSimulator,
  type ServeOptions,
  type SimulatorOptions,
} from '../../src/simulator/index.js';
import { publisherKeys, type PublisherKeys } from '../support/publisher-keys.js';

let keys: PublisherKeys;
before(async () => {
  keys = await publisherKeys('RS256');
});

function refuses(options: Record<string, unknown>, named: RegExp): void {
  assert.throws(() => createSimulator(options as SimulatorOptions), {
    name: 'TypeError',
    message: named,
  });
}

describe('createSimulator', () => {
  it('needs no options', () => {
    assert.deepEqual([...createSimulator().transcript], []);
  });

  it('treats an undefined option as absent', () => {
    createSimulator({ jwks: undefined, secret: undefined, registrations: undefined });
  });

  const wrong: Record<string, unknown[]> = {
    jwks: ['', 'not a url', 'ftp://localhost/jwks.json', 'http://me:word@localhost/jwks.json', 7],
    publicKey: ['', 'not a key', 7, '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    secret: [
      ...['a text', new Uint8Array(0), new Uint8Array(1), new Uint8Array(31)],
      new TextEncoder().encode('-----BEGIN PUBLIC KEY----- and so on'),
    ],
    privateKey: ['not a key', 7, null, '{"kty":', { kty: 'oct' }, { kty: 'RSA' }],
    campaigns: [
      new Map([['123456', '98765']]),
      Promise.resolve({ 123456: '98765' }),
      ...[null, 'many', [], 98765],
      ...[{ a: '98765' }, { '': '98765' }, { 123456: 'b' }, { 123456: '' }, { 123456: null }],
      ...[{ 123456: -1 }, { 123456: 1.5 }, { ['1'.repeat(21)]: '1' }],
    ],
    oneUse: ['yes', 1],
    tolerance: [-1, 1.5, NaN, '60', Infinity],
    profileUrl: ['/profile', 'file:///etc/passwd', new URL('https://me@localhost/me')],
    lang: ['de', ''],
    kitProfile: [
      ...[null, 'profile.json', [], 7, {}, { facts: {} }],
      ...[undefined, 0, 2, '1', null].map((version) => ({ version, facts: {} })),
      ...[undefined, null, [], 'queue'].map((facts) => ({ version: 1, facts })),
      ...['keep', '', null, true, ['patch']].map((queue) => ({ version: 1, facts: { queue } })),
      ...['registrations', 'callbacks', 'target', 'payload'].map((fact) => ({
        version: 1,
        facts: { [fact]: 'unknown' },
      })),
    ],
    registrations: ['some', true],
    callbacks: ['later'],
    queue: ['keep'],
    target: ['*'],
    payload: ['text'],
    kit: ['gone', 404.5],
    frame: ['never'],
    afterError: ['closed'],
    behaviour: ['bad'],
    campaign: ['closed'],
    submit: ['never', true],
    error: ['OOPS', 'TOKEN_EXPIRD'],
    errorNth: [0, -1, 1.5, 'first'],
    clock: ['soon', 1.5],
  };
  for (const [option, values] of Object.entries(wrong)) {
    it(`throws a TypeError that names ${option} for an invalid value`, () => {
      for (const value of values) refuses({ [option]: value }, new RegExp(`^${option} `));
    });
  }

  it('does not print the password of a URL', () => {
    assert.throws(
      () => createSimulator({ jwks: 'http://me:word@localhost/jwks.json' }),
      (error: Error) =>
        !error.message.includes('word@') && /without a user name/.test(error.message),
    );
  });

  it('names an unknown option', () => {
    refuses({ registration: 'all' }, /^registration is not an option/);
  });

  it('names both options if there are two ways to check signatures', () => {
    const two = { jwks: 'http://localhost/jwks.json', secret: new Uint8Array(32) };
    refuses(two, /^jwks and secret /);
  });

  it('refuses a private key instead of the public one, and does not print it', () => {
    assert.throws(
      () => createSimulator({ publicKey: keys.privatePem }),
      (error: Error) => {
        assert.match(error.message, /^publicKey is a private key/);
        assert.ok(!error.message.includes(keys.privatePem.slice(40, 80)));
        return true;
      },
    );
  });

  it('refuses keys that it cannot use', () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    refuses({ publicKey: short.export({ type: 'spki', format: 'pem' }) }, /^publicKey has 1024/);
    const signing = generateKeyPairSync('ed25519').privateKey;
    const pem = signing.export({ type: 'pkcs8', format: 'pem' });
    refuses(
      { privateKey: pem },
      /^privateKey is a key of type ed25519; use one of RSA, EC, X25519/,
    );
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    refuses({ privateKey: small.export({ type: 'pkcs8', format: 'pem' }) }, /^privateKey has 1024/);
    const curve = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const odd = curve.privateKey.export({ type: 'pkcs8', format: 'pem' });
    refuses(
      { privateKey: odd },
      /^privateKey uses the curve secp256k1; use a key on P-256, P-384, P-521/,
    );
    const oddPublic = curve.publicKey.export({ type: 'spki', format: 'pem' });
    refuses({ publicKey: oddPublic }, /^publicKey uses the curve secp256k1/);
    const fifteen = { kty: 'oct', k: Buffer.alloc(15).toString('base64url') };
    refuses({ privateKey: fifteen }, /^privateKey is a symmetric JWK of 15 bytes/);
    refuses({ privateKey: keys.publicPem }, /^privateKey must be a private key/);
  });
});

describe('serveSimulator', () => {
  const wrong: Record<string, unknown[]> = {
    port: [-1, 65536, 1.5, NaN, '4400', 'socket', null],
    // Node treats it as every address.
    host: ['', null, 7],
  };
  for (const [option, values] of Object.entries(wrong)) {
    it(`rejects with a TypeError that names ${option} for an invalid value`, async () => {
      for (const value of values) {
        const options = { port: 0, [option]: value } as ServeOptions;
        const refused = { name: 'TypeError', message: new RegExp(`^${option} `) };
        await assert.rejects(() => serveSimulator({}, options), refused);
      }
    });
  }
});
