import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { generateKeyPair } from 'jose';
import { createTokenEndpoint, type TokenEndpointOptions } from '../../src/server/index.js';
import { refuseGuessable } from '../../src/server/keys/shared-secret.js';
import type { PublisherKeys } from '../support/publisher-keys.js';
import {
  oddPair,
  pairFor,
  randomBytes,
  SIGNING_ALGORITHMS,
  workingOptions,
} from '../support/server/fixtures.js';
import { refuses } from '../support/server/refuses.js';

let rsa: PublisherKeys;
let ec: PublisherKeys;
let working: TokenEndpointOptions;

before(async () => {
  rsa = await pairFor('RS256');
  ec = await pairFor('ES256');
  working = await workingOptions();
});

const refusesKey = (alg: string, key: unknown): void =>
  refuses('signing.key', { signing: { alg, key } });

const refusesEncryptionKey = (alg: string, key: unknown, enc = 'A256GCM'): void =>
  refuses('encryption.key', { encryption: { alg, enc, key } });

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const cut = (text: string, length: number): Uint8Array => bytesOf(text).slice(0, length);
const digits = '0123456789abcdef';
/** It contains no character twice, so that it is not refused because it has few different bytes. */
const mixed = 'qwertzuiopASDFGHJKLyxcvbnm1234567890QWERTZUIOPasdfghjklYXCVBNM';

/** Bytes of a given length that begin with these and continue with a passphrase. */
const typed = (length: number, ...start: number[]): Uint8Array =>
  Uint8Array.from([...start, ...bytesOf(mixed.repeat(99))].slice(0, length));

/** The same with these at their end. */
const ending = (length: number, ...end: number[]): Uint8Array =>
  Uint8Array.from([...typed(length - end.length), ...end]);

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
/** In the other byte order. */
const swapped = (bytes: Uint8Array): Buffer => Buffer.from(bytes).swap16();

/** Secrets of a given length that are not random. */
const guessable: readonly (readonly [what: string, make: (length: number) => Uint8Array])[] = [
  ['all zeros', (length) => new Uint8Array(length)],
  ['one repeated letter', (length) => new Uint8Array(length).fill(97)],
  ['one repeated byte', (length) => new Uint8Array(length).fill(0xff)],
  [
    'zeros except some bytes',
    (length) => {
      const bytes = new Uint8Array(length);
      bytes.set(randomBytes(Math.min(length, 64) / 2 - 1));
      return bytes;
    },
  ],
  [
    'a few repeated bytes',
    (length) => {
      const few = randomBytes(Math.min(length, 64) / 2);
      return Uint8Array.from({ length }, (_, index) => few[index % few.length]!);
    },
  ],
  ['bytes that count up', (length) => Uint8Array.from({ length }, (_, index) => index)],
  ['bytes that count down', (length) => Uint8Array.from({ length }, (_, index) => 9 - 3 * index)],
  [
    'a passphrase with spaces',
    (length) => cut('Correct horse battery staple, 1969! '.repeat(99), length),
  ],
  [
    'a passphrase without spaces',
    (length) => cut('CorrectHorse-BatteryStaple_1969!xyzQWK'.repeat(99), length),
  ],
  [
    'a passphrase with a line end',
    (length) => cut(`${'Tr0ub4dor&3-'.repeat(99).slice(0, length - 1)}\n`, length),
  ],
  [
    'a passphrase in UTF-8',
    (length) => {
      const bytes = new Uint8Array(length).fill(33);
      new TextEncoder().encodeInto('mot-de-passe-très-SECRET-ça-alors-où-Zürich'.repeat(99), bytes);
      return bytes;
    },
  ],
  [
    'a passphrase filled up with zeros',
    (length) => {
      const bytes = new Uint8Array(length);
      bytes.set(cut('qwertzuiopASDFGHJKLyxcvbnm1234567890QWERTZUIOPasdfghjklYXCVBNM', length - 3));
      return bytes;
    },
  ],
  ['a passphrase with a control character after it', (length) => ending(length, 1)],
  ['a passphrase with control characters around it', (length) => ending(length, 0x7f, 0, 27, 13)],
  ['a passphrase with zeros before it', (length) => typed(length, 0, 0)],
  ['a passphrase with a control character before it', (length) => typed(length, 0x1b)],
  ['a passphrase in UTF-16', (length) => utf16(mixed.repeat(99)).subarray(0, length)],
  [
    'a passphrase in big-endian UTF-16',
    (length) => swapped(utf16(mixed.repeat(99))).subarray(0, length),
  ],
  [
    'a passphrase in UTF-16 with a byte order mark',
    (length) => utf16(`\uFEFF${mixed.repeat(99)}`).subarray(0, length),
  ],
  [
    'a passphrase in big-endian UTF-16 with a byte order mark',
    (length) => swapped(utf16(`\uFEFF${mixed.repeat(99)}`)).subarray(0, length),
  ],
  [
    'a passphrase in UTF-16 with letters outside Latin',
    (length) =>
      utf16(
        'Жил-был у бабушки серенький козлик, 1969! Щедрый хлеб цвёл в эту фазу; мяч юн'.repeat(99),
      ).subarray(0, length),
  ],
  [
    'a passphrase in UTF-32',
    (length) =>
      Uint8Array.from({ length }, (_, at) => (at % 4 ? 0 : mixed.charCodeAt((at / 4) % 62))),
  ],
  [
    'a passphrase in Latin-1',
    (length) => {
      const bytes = ending(length);
      for (let at = 9; at < length; at += 20) bytes[at] = 0xe9;
      return bytes;
    },
  ],
  ['hexadecimal text', (length) => cut(Buffer.from(randomBytes(length)).toString('hex'), length)],
  ['base64 text', (length) => cut(Buffer.from(randomBytes(length)).toString('base64'), length)],
  [
    'base64url text',
    (length) => cut(Buffer.from(randomBytes(length)).toString('base64url'), length),
  ],
  ['every digit in turn', (length) => cut(digits.repeat(99), length)],
];

/** The secret must be refused with a message that says what to do. */
function refusesWithRemedy(change: Record<string, unknown>): void {
  const make = (): unknown => createTokenEndpoint({ ...working, ...change });
  assert.throws(
    make,
    /^TypeError: (?:signing|encryption)\.key: the secret is .+(?:Buffer\.from|getRandomValues)\(/,
  );
}

describe('a signing key is refused', () => {
  // @holds P13, S1
  it('S1: with an unknown algorithm, including none', () => {
    const algs = [
      'none',
      'None',
      'nOnE',
      '',
      'rs256',
      'RS255',
      'HS1',
      'ES256K',
      'Ed448',
      '__proto__',
    ];
    for (const alg of [...algs, 'constructor', 5, null, undefined, ['RS256']]) {
      refuses('signing.alg', { signing: { alg, key: rsa.privatePem } });
    }
  });

  // @holds S1
  it('S1: when it belongs to another algorithm, in any format', async () => {
    for (const alg of SIGNING_ALGORITHMS) {
      for (const other of ['RS256', 'ES256', 'ES384', 'ES512', 'EdDSA']) {
        if (alg === other) continue;
        const pair = await pairFor(other);
        const isRsa = /^[RP]S/.test(alg) && other === 'RS256';
        const forms = [pair.privatePem, pair.privateJwk, JSON.stringify(pair.privateJwk)];
        // RSA text fits every RS and PS algorithm; only a CryptoKey is bound to one.
        for (const key of isRsa ? [pair.privateKey] : [...forms, pair.privateKey]) {
          refusesKey(alg, key);
        }
      }
    }
  });

  it('when it is the public key of the pair', async () => {
    for (const alg of ['RS256', 'ES256', 'EdDSA']) {
      const pair = await pairFor(alg);
      for (const key of [pair.publicPem, pair.publicJwk, pair.publicKey]) refusesKey(alg, key);
    }
  });

  // @holds S2
  it('S2: when an HMAC secret is PEM, DER, JWK or base64 text', async () => {
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', rsa.publicKey));
    const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', rsa.privateKey));
    const pkcs1 = createPublicKey(rsa.publicPem).export({ type: 'pkcs1', format: 'der' });
    const texts = [rsa.publicPem, rsa.privatePem, JSON.stringify(rsa.publicJwk)];
    texts.push(
      spki.toString('base64'),
      ec.publicPem,
      'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ'.repeat(3),
    );
    const variants = texts.flatMap((text) => [
      text,
      `${text}\n`,
      text.trimEnd(),
      `\r\n${text}\r\n`,
    ]);
    for (const alg of ['HS256', 'HS384', 'HS512']) {
      for (const text of variants) {
        refusesKey(alg, text);
        refusesKey(alg, new TextEncoder().encode(text));
      }
      for (const der of [spki, pkcs8, pkcs1]) refusesKey(alg, new Uint8Array(der));
      refusesKey(alg, { kty: 'oct', k: Buffer.from(randomBytes(64)).toString('base64url') });
    }
  });

  it('S2: when an HMAC secret is a key with other bytes around it', async () => {
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', rsa.publicKey));
    const curve = Buffer.from(await crypto.subtle.exportKey('spki', ec.publicKey));
    const pkcs1 = createPublicKey(rsa.publicPem).export({ type: 'pkcs1', format: 'der' });
    const sec1 = createPrivateKey(ec.privatePem).export({ type: 'sec1', format: 'der' });
    const jwk = JSON.stringify(rsa.publicJwk);
    const field = (bytes: Uint8Array): Buffer =>
      Buffer.concat([Uint8Array.of(0, 0, 0, bytes.length), bytes]);
    const ssh = ['ssh-rsa', 'ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-dss'].map((name) =>
      Buffer.concat([field(bytesOf(name)), field(randomBytes(64))]),
    );
    const forms = [spki, curve, pkcs1, sec1, rsa.publicPem, jwk, `{"keys":[${jwk}]}`].map((form) =>
      Buffer.from(form),
    );
    forms.push(...ssh, Buffer.from(`restrict ssh-rsa ${ssh[0]!.toString('base64')}`));
    const base64 = [spki, curve].map((form) => Buffer.from(form.toString('base64')));
    const blank = ['', '\0', '\n', ' \r\n', '\0\0', '\x01', '\x1b', '\t\x7f'];
    const around = [...forms, ...base64].flatMap((form) =>
      blank.flatMap((start) => blank.map((end) => [start, form, end])),
    );
    const followed = forms.flatMap((form) => [
      [form, form],
      [form, spki],
      [form, randomBytes(9)],
    ]);
    for (const parts of [...around, ...followed]) {
      const key = Buffer.concat(parts.map((part) => Buffer.from(part)));
      for (const alg of ['HS256', 'HS384', 'HS512']) refusesKey(alg, key);
    }
  });

  it('S2: when an HMAC secret is a key in UTF-16', () => {
    for (const text of [rsa.publicPem, ec.publicPem, JSON.stringify(rsa.publicJwk)]) {
      for (const variant of [text, `\uFEFF${text}`, `${text}\r\n`, `\uFEFF\r\n${text}\0`]) {
        for (const bytes of [utf16(variant), swapped(utf16(variant))]) {
          for (const alg of ['HS256', 'HS384', 'HS512']) {
            refusesKey(alg, bytes);
            refusesKey(alg, Buffer.concat([bytes, Uint8Array.of(10)]));
          }
        }
      }
    }
  });

  // @holds P13, S3
  it('S3: when an HMAC secret is shorter than its hash, text or words', () => {
    for (const [alg, least] of [
      ['HS256', 32],
      ['HS384', 48],
      ['HS512', 64],
    ] as const) {
      for (let length = 0; length < least; length += 1) refusesKey(alg, randomBytes(length));
      refusesKey(alg, 'correct horse battery staple '.repeat(3));
      refusesKey(alg, new TextEncoder().encode('correct horse battery staple '.repeat(3)));
      refusesKey(alg, [...randomBytes(64)]);
      createTokenEndpoint({ ...working, signing: { alg, key: randomBytes(least) } });
    }
  });

  for (const [what, make] of guessable) {
    // @holds P13, S3
    it(`S3: when an HMAC secret is ${what}, with a fix in the message`, () => {
      for (const [alg, least] of [
        ['HS256', 32],
        ['HS384', 48],
        ['HS512', 64],
        ['HS256', 100],
        ['HS256', 1000],
      ] as const) {
        refusesWithRemedy({ signing: { alg, key: make(least) } });
      }
    });
  }

  // @holds P13, S4
  it('S4: when an RSA key has less than 2,048 bits', async () => {
    for (const bits of [1024, 2040]) {
      const name = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: bits };
      const weak = await oddPair({ ...name, publicExponent: Uint8Array.of(1, 0, 1) });
      for (const key of [weak.privatePem, weak.privateJwk, weak.privateKey])
        refusesKey('RS256', key);
      refusesKey('PS256', weak.privatePem);
    }
  });

  // @holds S4
  it('S4: when an RSA exponent is 1 or even', () => {
    for (const e of ['AQ', 'AA', 'AQAA']) {
      refusesKey('RS256', { ...rsa.privateJwk, e });
      const key = createPublicKey({ key: { ...rsa.publicJwk, e }, format: 'jwk' });
      refusesEncryptionKey('RSA-OAEP-256', key.export({ type: 'spki', format: 'pem' }));
    }
  });

  // @holds S4
  it('S4: when the curve is wrong, unknown or of another size', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    refusesKey('ES256', privateKey.export({ type: 'pkcs8', format: 'pem' }));
    refusesKey('ES256', privateKey.export({ format: 'jwk' }));
    refusesKey('ES256', (await oddPair({ name: 'ECDSA', namedCurve: 'P-384' })).privatePem);
    refusesKey('ES256', { ...ec.privateJwk, crv: 'P-384' });
    refusesKey('ES256', { ...ec.privateJwk, x: 'AAAA' });
    const ed448 = generateKeyPairSync('ed448').privateKey;
    refusesKey('EdDSA', ed448.export({ type: 'pkcs8', format: 'pem' }));
    refusesKey('EdDSA', ed448.export({ format: 'jwk' }));
  });

  it('when PEM is truncated or in another container', () => {
    const node = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const passphrase = { cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
    const pem = rsa.privatePem;
    const wrong = [
      '',
      'not a key',
      pem.slice(0, -40),
      pem.replace(/\n[^\n]+\n/, '\n'),
      pem.replaceAll('PRIVATE', 'PUBLIC'),
      pem + pem,
      '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
      node.export({ type: 'pkcs1', format: 'pem' }),
      node.export({ type: 'pkcs8', format: 'pem', ...passphrase }),
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
    ];
    for (const key of wrong) refusesKey('RS256', key);
    refusesKey('RS256', node);
    refusesKey('RS256', new TextEncoder().encode(pem));
  });

  it('when a JWK lacks a property, or has another purpose', () => {
    for (const name of ['kty', 'n', 'e', 'p', 'q', 'dp', 'dq', 'qi']) {
      refusesKey('RS256', { ...rsa.privateJwk, [name]: undefined });
      refusesKey('RS256', { ...rsa.privateJwk, [name]: 'not base64url!' });
    }
    refusesKey('RS256', { ...rsa.privateJwk, use: 'enc' });
    refusesKey('RS256', { ...rsa.privateJwk, alg: 'RS512' });
    refusesKey('RS256', { ...rsa.privateJwk, key_ops: ['verify'] });
    refusesKey('RS256', '{"kty":"RSA"');
    for (const key of [undefined, null, 5, {}, [], true]) refusesKey('RS256', key);
    const whole = { ...rsa.privateJwk, use: 'sig', alg: 'RS256', key_ops: ['sign'], kid: 'a' };
    createTokenEndpoint({ ...working, signing: { alg: 'RS256', key: whole } });
  });

  it('when a CryptoKey is for another hash or cannot sign', async () => {
    const other = await generateKeyPair('RS512');
    refusesKey('RS256', other.privateKey);
    const ecdh = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
      'deriveBits',
    ]);
    refusesKey('ES256', ecdh.privateKey);
    refusesKey(
      'HS256',
      await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']),
    );
  });
});

describe('an encryption option is refused', () => {
  // @holds S5
  it('S5: with RSA1_5, RSA-OAEP with SHA-1, PBES2, CBC or an unknown algorithm', () => {
    const key = rsa.publicPem;
    for (const alg of ['RSA1_5', 'RSA-OAEP', 'PBES2-HS256+A128KW', 'none', '', 5, undefined]) {
      refuses('encryption.alg', { encryption: { alg, enc: 'A256GCM', key } });
    }
    for (const enc of ['A128CBC-HS256', 'A256CBC-HS512', 'none', '', 5, undefined]) {
      refuses('encryption.enc', { encryption: { alg: 'RSA-OAEP-256', enc, key } });
    }
  });

  // @holds S5
  it('S5: with the recipient’s private key, in any format', async () => {
    for (const [alg, crv] of [
      ['RSA-OAEP-256'],
      ['ECDH-ES', 'P-256'],
      ['ECDH-ES', 'X25519'],
    ] as const) {
      const pair = await pairFor(alg, crv);
      for (const key of [pair.privatePem, pair.privateJwk, pair.privateKey]) {
        refusesEncryptionKey(alg, key);
      }
    }
  });

  it('with a key of another kind, size or purpose', async () => {
    refusesEncryptionKey('RSA-OAEP-256', ec.publicPem);
    refusesEncryptionKey('RSA-OAEP-256', rsa.publicKey);
    refusesEncryptionKey('RSA-OAEP-256', { ...rsa.publicJwk, use: 'sig' });
    refusesEncryptionKey('RSA-OAEP-256', randomBytes(32));
    refusesEncryptionKey('ECDH-ES', rsa.publicPem);
    refusesEncryptionKey('ECDH-ES', ec.publicKey);
    refusesEncryptionKey('ECDH-ES', (await pairFor('EdDSA')).publicPem);
    const weak = await oddPair(
      {
        name: 'RSA-OAEP',
        hash: 'SHA-256',
        modulusLength: 1024,
        publicExponent: Uint8Array.of(1, 0, 1),
      },
      ['encrypt', 'decrypt'],
    );
    for (const key of [weak.publicPem, weak.publicJwk, weak.publicKey]) {
      refusesEncryptionKey('RSA-OAEP-256', key);
    }
  });

  it('with a shared key of the wrong length or format', () => {
    for (const [alg, length] of [
      ['A128KW', 16],
      ['A192KW', 24],
      ['A256GCMKW', 32],
      ['dir', 32],
    ] as const) {
      for (const wrong of [0, length - 1, length + 1])
        refusesEncryptionKey(alg, randomBytes(wrong));
      refusesEncryptionKey(alg, rsa.publicPem);
      refusesEncryptionKey(alg, 'a'.repeat(length));
      refusesEncryptionKey(alg, { kty: 'oct', k: 'AAAA' });
    }
  });
});

describe('a shared secret', () => {
  for (const [what, make] of guessable) {
    // @holds S3
    it(`S3: for encryption is refused when it is ${what}`, () => {
      for (const [alg, length] of [
        ['A128KW', 16],
        ['A192GCMKW', 24],
        ['dir', 32],
      ] as const) {
        // In short keys, only ASCII counts as text.
        if (/UTF-8|Latin-1/.test(what) && length < 32) continue;
        const bytes = make(length);
        const k = Buffer.from(bytes).toString('base64url');
        for (const key of [bytes, { kty: 'oct', k }]) {
          refusesWithRemedy({ encryption: { alg, enc: 'A256GCM', key } });
        }
      }
    });
  }

  it('is accepted for 5,000 hashes of numbers, which are random but reproducible', () => {
    for (const length of [16, 24, 32, 48, 64, 65, 1000]) {
      for (let number = 0; number < 5000; number += 1) {
        const digest = createHash('shake256', { outputLength: length });
        refuseGuessable('key', digest.update(`${number}`).digest());
      }
    }
  });

  it('in hexadecimal or base64 is refused with the advice to decode it', () => {
    const messageOf = (text: string): string => {
      try {
        createTokenEndpoint({ ...working, signing: { alg: 'HS256', key: bytesOf(text) } });
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const bytes = Buffer.from(randomBytes(32));
    assert.equal(
      messageOf(bytes.toString('hex')),
      "signing.key: the secret is hexadecimal text; decode it: Buffer.from(text, 'hex')",
    );
    assert.equal(
      messageOf(bytes.toString('base64')),
      "signing.key: the secret is text; decode it if it is base64: Buffer.from(text, 'base64'); otherwise use random bytes: crypto.getRandomValues(new Uint8Array(44))",
    );
    createTokenEndpoint({ ...working, signing: { alg: 'HS256', key: bytes } });
  });
});

describe('an option error', () => {
  // @holds P16, S17
  it('S17: never contains the key', async () => {
    const pem = rsa.privatePem.replace('-----END', '!-----END');
    const secret = new TextEncoder().encode('canary');
    const wrong = [
      { alg: 'RS256', key: pem },
      { alg: 'RS256', key: { ...rsa.privateJwk, n: 'canary!' } },
      { alg: 'HS256', key: secret },
      { alg: 'canary', key: pem },
    ];
    for (const signing of wrong) {
      try {
        createTokenEndpoint({ ...working, signing } as unknown as TokenEndpointOptions);
        assert.fail('should have been refused');
      } catch (error) {
        const text = String((error as Error).stack);
        assert.ok(!text.includes('canary'));
        assert.ok(!text.includes(pem.slice(40, 80)));
        assert.equal((error as Error).cause, undefined);
      }
    }
  });
});
