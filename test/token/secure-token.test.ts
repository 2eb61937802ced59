import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { CompactEncrypt, SignJWT, base64url } from 'jose';
import { QualifioError } from '../../src/index.js';
import { readToken } from '../../src/token/secure-token.js';
import { canary, marked } from '../support/canary.js';

const campaignId = '1234567';
const now = Date.UTC(2030, 0, 1);
const seconds = now / 1000;
const secret = new Uint8Array(32).fill(7);

/** base64url of a text, or of a value as JSON, marked if possible. */
function part(value: unknown): string {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const whole = isObject ? marked(value) : value;
  return base64url.encode(typeof whole === 'string' ? whole : JSON.stringify(whole));
}

/** A token without a real signature: reading does not verify. */
function unsigned(claims: unknown, header: unknown = { alg: 'RS256', typ: 'JWT' }): string {
  return `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;
}

/** A token with the form of an encrypted one, with an empty key and an empty text. */
const encrypted = `${part({ alg: 'dir', kid: 'k-2' })}..AAAA..AAAA`;

function read(token: string): Date | null {
  return readToken(token, campaignId, now);
}

function refusal(token: string): QualifioError {
  try {
    read(token);
  } catch (error) {
    expect(error).to.be.instanceOf(QualifioError);
    expect((error as QualifioError).phase).to.equal('token');
    return error as QualifioError;
  }
  throw new Error('The token was taken.');
}

describe('readToken', () => {
  it('accepts a signed token and returns its expiry', async () => {
    const token = await new SignJWT(marked({ campaignId, exp: seconds + 60 }))
      .setProtectedHeader(marked({ alg: 'HS256', typ: 'JWT', kid: 'k-1' }))
      .sign(secret);
    expect(read(token)).to.deep.equal(new Date(now + 60_000));
  });

  it('accepts an encrypted token without an expiry', async () => {
    for (const [alg, key] of [
      ['dir', secret],
      ['A256KW', secret],
    ] as const) {
      const token = await new CompactEncrypt(new TextEncoder().encode('{"exp":1}'))
        .setProtectedHeader(marked({ alg, enc: 'A128CBC-HS256' }))
        .encrypt(key);
      expect(read(token), alg).to.equal(null);
    }
  });

  it('accepts an encrypted token with an empty payload', () =>
    expect(read(encrypted)).to.equal(null));

  it('returns what it has read, also for a refused token', () => {
    const told = (token: string): unknown => {
      let facts: unknown;
      try {
        readToken(token, campaignId, now, (heard) => (facts = heard));
      } catch {
        // Each reason for a refusal has its own error.
      }
      return facts;
    };
    const header = { alg: 'ES256', kid: 'k-1' };
    const declaredCampaignId = campaignId;
    const nothing = {
      ...{ secondsLeft: undefined, isForCampaign: undefined, campaignId: undefined },
      ...{ declaredCampaignId, now },
    };
    expect(told(encrypted)).to.deep.equal({
      ...{ isEncrypted: true, alg: 'dir', kid: 'k-2' },
      ...nothing,
    });
    expect(told(unsigned({}, header))).to.deep.equal({ isEncrypted: false, ...header, ...nothing });
    for (const [claims, secondsLeft, isForCampaign] of [
      [{ exp: seconds + 60, campaignId }, 60, true],
      [{ exp: seconds - 1, campaignId: 1 }, -1, false],
    ] as const) {
      const named = { campaignId: claims.campaignId, declaredCampaignId };
      const facts = { isEncrypted: false, ...header, secondsLeft, isForCampaign, now, ...named };
      expect(told(unsigned(claims, header))).to.deep.equal(facts);
    }
  });

  it('says what is wrong and whether a new request can help', () => {
    for (const [token, message, recoverable] of [
      ['', 'The token is empty.', true],
      ['a.b', malformed('2 parts, not 3 or 5'), false],
      ['Bearer a.b.c', malformed('characters that no JWT has'), false],
      ['a.b.c', malformed('a part that is not a JSON object'), false],
      [unsigned({}, { alg: 'none' }), malformed('no alg, or none'), false],
      [unsigned({ exp: '2030-01-01' }), malformed('an exp that is not in seconds'), false],
      [
        unsigned({ campaignId: 1 }),
        `The token's campaignId is not ${campaignId}, which token-campaign-id or the endpoint's tag declares.`,
        false,
      ],
      [unsigned({ exp: 1 }), 'The token has expired.', true],
    ] as const) {
      expect(refusal(token)).to.include({ message, recoverable });
    }
  });

  it('accepts a token without exp', () => {
    expect(read(unsigned({ sub: 'p-1' }))).to.equal(null);
  });

  it('accepts claims with any Unicode characters', () => {
    expect(read(unsigned({ form: { firstname: 'Zoë 李 🎉' } }))).to.equal(null);
  });

  // @holds F34
  describe('requires a format that Qualifio can read: TOKEN_INVALID_FORMAT for', () => {
    const good = unsigned({ sub: 'p-1' });
    const [header, payload, signature] = good.split('.') as [string, string, string];
    for (const [what, token] of [
      ['one part', header],
      ['two parts', `${header}.${payload}`],
      ['four parts', `${good}.AA`],
      ['six parts', `${good}.AA.AA.AA`],
      ['an unsecured token, without a signature', `${header}.${payload}.`],
      ['an empty header', `.${payload}.${signature}`],
      ['an empty payload', `${header}..${signature}`],
      ['dots alone', '..'],
      ['only the dots of an encrypted token', '....'],
      ['padding', `${header}=.${payload}.${signature}`],
      ['padding at the end', `${good}==`],
      ['characters of plain base64', `${header}.${payload}.a+b/`],
      ['a space in it', `${header}. ${payload}.${signature}`],
      ['a line end after it', `${good}\n`],
      ['a space before it', ` ${good}`],
      ['a quoted token', `"${good}"`],
      ['a scheme before it', `Bearer ${good}`],
      ['an opaque access token', 'ya29.a0AfH6SMBx'],
      ['letters beyond ASCII', `${header}.${payload}.é`],
      ['a zero byte', `${good}\0`],
      ['a header that is not JSON', `${part('{alg:"RS256"}')}.${payload}.${signature}`],
      ['a header that is null', unsigned({}, null)],
      ['a header that is a list', unsigned({}, ['RS256'])],
      ['a header that is a text', unsigned({}, '"RS256"')],
      ['a header that is not UTF-8', `_w.${payload}.${signature}`],
      ['a payload that is not JSON', `${header}.${part('{"sub":')}.${signature}`],
      ['a payload that is null', unsigned(null)],
      ['a payload that is a list', unsigned([{ sub: 'p-1' }])],
      ['a payload that is a number', unsigned(7)],
      ['an expiry time beyond all dates', unsigned({ exp: 1e13 })],
      ['a payload that is not UTF-8', `${header}._w.${signature}`],
      ['an encrypted token whose header is not JSON', `${part('no')}.AA.AA.AA.AA`],
      ['an encrypted token with a space before it', ` ${encrypted}`],
      ['an encrypted token with a line end after it', `${encrypted}\n`],
      ['an encrypted token with an extra part', `${encrypted}.AA`],
      [
        'an encrypted token without an initialization vector',
        `${part({ alg: 'dir' })}...AAAA.AAAA`,
      ],
      ['an encrypted token without an authentication tag', `${part({ alg: 'dir' })}..AAAA.AAAA.`],
    ] as const) {
      it(what, () => expect(refusal(token).code).to.equal('TOKEN_INVALID_FORMAT'));
    }

    for (const header of [
      {},
      { alg: 'none' },
      { alg: 'nOnE' },
      { alg: 'NONE' },
      { alg: '' },
      { alg: null },
      { alg: 256 },
      { alg: ['RS256'] },
      { alg: { toString: 'RS256' } },
    ]) {
      it(`the header ${JSON.stringify(header)}, signed or encrypted`, () => {
        expect(refusal(unsigned({}, header)).code).to.equal('TOKEN_INVALID_FORMAT');
        expect(refusal(`${part(header)}.AA.AA.AA.AA`).code).to.equal('TOKEN_INVALID_FORMAT');
      });
    }

    for (const exp of ['1900000000', null, true, [seconds + 60], {}, { valueOf: 1, toString: 1 }]) {
      it(`an exp that is ${JSON.stringify(exp)}`, () => {
        expect(refusal(unsigned({ exp })).code).to.equal('TOKEN_INVALID_FORMAT');
      });
    }

    it('an exp that overflows', () => {
      const payload = part('{"exp":1e999}');
      expect(refusal(`${header}.${payload}.${signature}`).code).to.equal('TOKEN_INVALID_FORMAT');
    });
  });

  it('reports an empty token as empty', () => {
    expect(refusal('')).to.include({ code: 'TOKEN_EMPTY', recoverable: true });
  });

  describe('compares exp with the given time', () => {
    it('and refuses one in the past or now', () => {
      for (const exp of [seconds - 1, seconds, seconds - 0.5, 0, -1]) {
        expect(refusal(unsigned({ exp })), String(exp)).to.include({
          code: 'TOKEN_EXPIRED',
          recoverable: true,
        });
      }
    });

    it('and accepts one in the future, also with fractions', () => {
      for (const exp of [seconds + 1, seconds + 0.5, seconds + 1e9]) {
        expect(read(unsigned({ exp }))).to.deep.equal(new Date(exp * 1000));
      }
    });
  });

  it('ignores campaignId if none is declared', () => {
    for (const other of [campaignId, '7654321', 7654321, '', null, [campaignId]]) {
      expect(readToken(unsigned({ campaignId: other }), '', now)).to.equal(null);
    }
  });

  describe('compares campaignId with the declared one', () => {
    it('and accepts a string or a number, or a missing claim', () => {
      for (const claims of [{ campaignId }, { campaignId: Number(campaignId) }, {}]) {
        expect(read(unsigned(claims))).to.equal(null);
      }
    });

    for (const other of [
      '7654321',
      7654321,
      '',
      null,
      true,
      ` ${campaignId}`,
      `${campaignId}.0`,
      [campaignId],
    ]) {
      it(`and refuses ${JSON.stringify(other)}`, () => {
        const error = refusal(unsigned({ campaignId: other }));
        expect(error).to.include({ code: 'TOKEN_WRONG_CAMPAIGN', recoverable: false });
        expect(error.message).to.contain(campaignId);
      });
    }

    it('and refuses an object that imitates a string', () => {
      const hostile = { toString: campaignId, valueOf: campaignId, length: 7, __proto__: null };
      expect(refusal(unsigned({ campaignId: hostile })).code).to.equal('TOKEN_WRONG_CAMPAIGN');
    });

    it('and ignores one in the token’s own __proto__', () => {
      const payload = part('{"__proto__":{"campaignId":"7654321","exp":1}}');
      const [header, , signature] = unsigned({}).split('.');
      expect(read(`${header}.${payload}.${signature}`)).to.equal(null);
    });

    it('before exp, so that a token for another campaign is not requested again', () => {
      expect(refusal(unsigned({ campaignId: '1', exp: 1 })).code).to.equal('TOKEN_WRONG_CAMPAIGN');
    });
  });

  // @holds P4, P16
  it('never contains the token in its errors', () => {
    for (const token of [
      unsigned({ sub: canary, exp: 1 }),
      unsigned({ sub: canary, campaignId: canary }),
      unsigned({ sub: canary, exp: canary }),
      unsigned(`{"sub":"${canary}"`),
      unsigned({}, `{"kid":"${canary}"`),
      `${canary}.${canary}`,
    ]) {
      const error = refusal(token);
      const told = [error.message, error.stack, String(error.cause), JSON.stringify(error)].join();
      expect(told).not.to.contain(canary);
      expect(error.cause).to.equal(undefined);
    }
  });

  // @holds F34
  it('throws only a QualifioError for any string', () => {
    const json = fc.oneof(fc.json(), fc.string());
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.oneof(fc.base64String(), fc.string(), json.map(part)), { maxLength: 7 })
        .map((parts) => parts.join('.')),
      fc.tuple(json, json).map(([header, claims]) => unsigned(claims, header)),
      fc
        .record({ exp: fc.jsonValue(), campaignId: fc.jsonValue() }, { requiredKeys: [] })
        .map((claims) => unsigned(claims)),
    );
    fc.assert(
      fc.property(anything, (token) => {
        try {
          expect(read(token)?.getTime()).not.to.be.NaN;
        } catch (error) {
          expect(error).to.be.instanceOf(QualifioError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function malformed(found: string): string {
  return `The token must be a signed JWT: it has ${found}.`;
}
