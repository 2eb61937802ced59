import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { CompactSign } from 'jose';
import { createSimulator, type Simulator } from '../../src/simulator/index.js';
import { now, publisherKeys, sign, type PublisherKeys } from '../support/publisher-keys.js';
import { judge } from '../support/user-info.js';

let keys: PublisherKeys;
let strangers: PublisherKeys;
let simulator: Simulator;

before(async () => {
  keys = await publisherKeys('RS256');
  strangers = await publisherKeys('RS256');
  simulator = createSimulator({ publicKey: keys.publicPem, campaigns: { 123456: '98765' } });
});

const signed = (changes?: Record<string, unknown>) =>
  sign(keys.privateKey, { alg: 'RS256' }, changes);
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function codeOf(token: unknown, of: Simulator = simulator): Promise<string | null> {
  return (await judge(of, token)).code;
}

describe('a valid token', () => {
  it('is accepted and fills in the campaign’s form', async () => {
    const { code, form } = await judge(simulator, await signed());
    assert.equal(code, null);
    assert.deepEqual(form, { email: 'ada@example.com', firstname: 'Ada', lastname: 'Lovelace' });
  });

  it('never expires without exp, as with Qualifio', async () => {
    assert.equal(await codeOf(await signed({ exp: undefined })), null);
  });

  for (const alg of ['RS512', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA']) {
    it(`can be signed with ${alg}`, async () => {
      const own = await publisherKeys(alg);
      const token = await sign(own.privateKey, { alg });
      assert.equal(await codeOf(token, createSimulator({ publicKey: own.publicPem })), null);
    });
  }

  for (const alg of ['HS256', 'HS384', 'HS512']) {
    it(`can be signed with ${alg} and the shared secret`, async () => {
      const secret = crypto.getRandomValues(new Uint8Array(64));
      assert.equal(await codeOf(await sign(secret, { alg }), createSimulator({ secret })), null);
    });
  }

  it('can be signed with a shared secret whose bytes the caller cleared', async () => {
    const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(64)));
    const token = await sign(secret, { alg: 'HS256' });
    const wiped = createSimulator({ secret });
    secret.fill(0);
    assert.equal(await codeOf(token, wiped), null);
  });
});

describe('TOKEN_EMPTY', () => {
  for (const token of ['', null, undefined]) {
    it(`is the answer to ${JSON.stringify(token) ?? 'nothing at all'}`, async () => {
      assert.equal(await codeOf(token), 'TOKEN_EMPTY');
    });
  }
});

describe('TOKEN_INVALID_FORMAT', () => {
  const header = encoded({ alg: 'RS256', typ: 'JWT' });
  const wrong: Record<string, unknown> = {
    'no token at all': 'hello',
    'two parts': 'aaaa.bbbb',
    'four parts': 'aaaa.bbbb.cccc.dddd',
    'characters outside base64url': `${header}.e+=/.c2ln`,
    'a length that base64url cannot have': `${header}.e30.aaaaa`,
    'a header that is not JSON': 'bm90IGpzb24.e30.c2ln',
    'a header without alg': `${encoded({ typ: 'JWT' })}.e30.c2ln`,
    'a payload that is not JSON': `${header}.bm90IGpzb24.c2ln`,
    'a payload that is a list': `${header}.W10.c2ln`,
    'a JWE header without enc': `${encoded({ alg: 'RSA-OAEP-256' })}.aaaa.aaaa.aaaa.aaaa`,
    'a number': 42,
    'an object': { token: 'x' },
  };
  for (const [what, token] of Object.entries(wrong)) {
    it(`is the answer to ${what}`, async () => {
      assert.equal(await codeOf(token), 'TOKEN_INVALID_FORMAT');
    });
  }

  it('is the answer to a header with an unknown critical extension', async () => {
    const [, payload, signature] = (await signed()).split('.');
    const critical = encoded({ alg: 'RS256', crit: ['extra'], extra: 1 });
    assert.equal(await codeOf(`${critical}.${payload}.${signature}`), 'TOKEN_INVALID_FORMAT');
  });

  it('is the answer to a signed payload that is not JSON', async () => {
    const token = await new CompactSign(new TextEncoder().encode('hello'))
      .setProtectedHeader({ alg: 'RS256' })
      .sign(keys.privateKey);
    assert.equal(await codeOf(token), 'TOKEN_INVALID_FORMAT');
  });
});

describe('TOKEN_INVALID_SIGNATURE', () => {
  // @holds P17
  it('is the answer to another key', async () => {
    const token = await sign(strangers.privateKey, { alg: 'RS256' });
    assert.equal(await codeOf(token), 'TOKEN_INVALID_SIGNATURE');
  });

  // @holds P17
  it('is the answer to claims that were changed after signing', async () => {
    const [header, , signature] = (await signed()).split('.');
    const payload = encoded({ sub: 'someone', campaignId: '98765' });
    assert.equal(await codeOf(`${header}.${payload}.${signature}`), 'TOKEN_INVALID_SIGNATURE');
  });

  for (const alg of ['none', 'None', 'nOnE']) {
    // @holds P17, S1
    it(`is the answer to alg ${alg}`, async () => {
      const payload = encoded({ sub: 'someone', campaignId: '98765' });
      assert.equal(await codeOf(`${encoded({ alg })}.${payload}.`), 'TOKEN_INVALID_SIGNATURE');
    });
  }

  // @holds P17, S2
  it('is the answer to a public key used as an HMAC secret', async () => {
    const token = await sign(new TextEncoder().encode(keys.publicPem), { alg: 'HS256' });
    assert.equal(await codeOf(token), 'TOKEN_INVALID_SIGNATURE');
  });

  // @holds P17
  it('is the answer to an algorithm for another type of key', async () => {
    const own = await publisherKeys('ES256');
    assert.equal(
      await codeOf(await sign(own.privateKey, { alg: 'ES256' })),
      'TOKEN_INVALID_SIGNATURE',
    );
  });

  it('takes precedence over TOKEN_EXPIRED, because unsigned claims are not trusted', async () => {
    const token = await sign(strangers.privateKey, { alg: 'RS256' }, { exp: now() - 900 });
    assert.equal(await codeOf(token), 'TOKEN_INVALID_SIGNATURE');
  });
});

describe('TOKEN_EXPIRED', () => {
  // @holds P17
  it('is the answer to an exp beyond the tolerance of 60 s', async () => {
    assert.equal(await codeOf(await signed({ exp: now() - 61 })), 'TOKEN_EXPIRED');
    assert.equal(await codeOf(await signed({ exp: now() - 50 })), null);
  });

  it('depends on the tolerance option', async () => {
    const strict = createSimulator({ publicKey: keys.publicPem, tolerance: 0 });
    assert.equal(await codeOf(await signed({ exp: now() - 5 }), strict), 'TOKEN_EXPIRED');
  });

  it('depends on the frame’s clock', async () => {
    const { code } = await judge(simulator, await signed(), { query: '?clock=600' });
    assert.equal(code, 'TOKEN_EXPIRED');
  });
});

describe('UNKNOWN', () => {
  const wrong: Record<string, Record<string, unknown>> = {
    'an nbf in the future': { nbf: now() + 600 },
    'no campaignId': { campaignId: undefined },
    'the campaignId of another campaign': { campaignId: '98764' },
    'the number in the tag': { campaignId: '123456' },
    'the number in the tag, as a number': { campaignId: 123456 },
    'a campaignId that is null': { campaignId: null },
    'an empty campaignId': { campaignId: '' },
    'a campaignId that is a word': { campaignId: 'summer' },
    'a campaignId with a fraction': { campaignId: 98765.5 },
    'a list of campaignIds': { campaignId: ['98765'] },
    'no sub': { sub: undefined },
    'a sub that is a number': { sub: 7 },
    'an exp that is text': { exp: 'tomorrow' },
  };
  for (const [what, changes] of Object.entries(wrong)) {
    // @holds P17
    it(`is the answer to ${what}`, async () => {
      assert.equal(await codeOf(await signed(changes)), 'UNKNOWN');
    });
  }
});

it('the reason for a refusal says whether sub is missing', async () => {
  const missing = await judge(simulator, await signed({ sub: undefined }));
  assert.equal(missing.reason, '`sub` is missing');
  const number = await judge(simulator, await signed({ sub: 7 }));
  assert.equal(number.reason, '`sub` is empty, or not text');
});

describe('the campaign ID of a token', () => {
  const other = 'qualifio_insert_place_654321';

  it('can be a string or a number', async () => {
    assert.equal(await codeOf(await signed({ campaignId: 98765 })), null);
    const declared = { publicKey: keys.publicPem, campaigns: { '123456': 98765 } };
    assert.equal(await codeOf(await signed(), createSimulator(declared)), null);
  });

  it('can be any number for an undeclared tag', async () => {
    const undeclared = createSimulator({ publicKey: keys.publicPem });
    for (const campaignId of ['98765', 98765, '123456', '4711']) {
      const token = await signed({ campaignId });
      assert.equal(await codeOf(token, undeclared), null);
      assert.equal((await judge(simulator, token, { divId: other })).code, null);
    }
    assert.equal(await codeOf(await signed({ campaignId: undefined }), undeclared), 'UNKNOWN');
  });

  it('can belong to several tags', async () => {
    const campaigns = { 123456: '98765', 654321: '98765' };
    const two = createSimulator({ publicKey: keys.publicPem, campaigns });
    for (const divId of ['qualifio_insert_place_123456', other]) {
      assert.equal((await judge(two, await signed(), { divId })).code, null, divId);
    }
  });

  it('is in the reason for a refusal, with the expected one', async () => {
    const { reason } = await judge(simulator, await signed({ campaignId: '123456' }));
    assert.equal(
      reason,
      '`campaignId` is 123456, expected 98765 for tag 123456; the tag number is not the campaign ID',
    );
    const another = await judge(simulator, await signed({ campaignId: 4711 }));
    assert.equal(another.reason, '`campaignId` is 4711, expected 98765 for tag 123456');
  });

  it('is in the transcript as a string', async () => {
    simulator.reset();
    for (const campaignId of [98765, '4711', 'summer', undefined]) {
      await judge(simulator, await signed({ campaignId }));
    }
    const named = simulator.transcript.filter(({ name }) => name === 'userInfo');
    assert.deepEqual(
      named.map(({ token }) => token?.campaignId),
      ['98765', '4711', undefined, undefined],
    );
  });
});

describe('one use', () => {
  // @holds S9
  it('refuses a used jti until reset', async () => {
    const once = createSimulator({ publicKey: keys.publicPem, oneUse: true });
    const token = await signed();
    assert.equal(await codeOf(token, once), null);
    assert.equal(await codeOf(token, once), 'UNKNOWN');
    assert.equal(await codeOf(await signed(), once), null);
    once.reset();
    assert.equal(await codeOf(token, once), null);
  });

  it('detects another encoding of the same signature', async () => {
    const once = createSimulator({ publicKey: keys.publicPem, oneUse: true });
    const token = await signed();
    // 256 bytes leave four unused bits in the last character.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.at(-1) ?? '');
    const respelled = token.slice(0, -1) + alphabet[last ^ 1];
    assert.equal(await codeOf(token, once), null);
    assert.equal(await codeOf(respelled, once), 'UNKNOWN');
  });

  it('does not use up the jti of a refused token', async () => {
    const once = createSimulator({ publicKey: keys.publicPem, oneUse: true });
    const jti = 'one-and-only';
    assert.equal(await codeOf(await signed({ jti, campaignId: undefined }), once), 'UNKNOWN');
    assert.equal(await codeOf(await signed({ jti }), once), null);
  });

  it('is off by default', async () => {
    const token = await signed();
    assert.equal(await codeOf(token), null);
    assert.equal(await codeOf(token), null);
  });
});
