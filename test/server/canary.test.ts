import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  createJwksEndpoint,
  createTokenEndpoint,
  type Participant,
  type TokenEndpointOptions,
} from '../../src/server/index.js';
import { errorLog, pairFor, tokenRequest, workingOptions } from '../support/server/fixtures.js';

const CANARY = 'canary-7f3a';

/** All output of the process while the tests of this file run. */
const written: string[] = [];
const streams = [process.stdout, process.stderr] as const;
const originals = streams.map((stream) => stream.write);

before(() => {
  for (const [index, stream] of streams.entries()) {
    stream.write = ((...args: Parameters<typeof stream.write>) => {
      written.push(String(args[0]));
      return originals[index]!.apply(stream, args);
    }) as typeof stream.write;
  }
});

after(() => {
  for (const [index, stream] of streams.entries()) stream.write = originals[index]!;
});

const canaryForm = (): Record<string, unknown> => ({ email: CANARY, [CANARY]: CANARY });

const canaryParticipant = (): Record<string, unknown> => ({
  sub: CANARY,
  form: canaryForm(),
  optin: canaryForm(),
  custom: canaryForm(),
  limit: canaryForm(),
  gift: canaryForm(),
  accessToken: CANARY,
});

function cyclic(): Record<string, unknown> {
  const participant = canaryParticipant();
  (participant['custom'] as Record<string, unknown>)[CANARY] = participant;
  return participant;
}

const FAILING: readonly (readonly [string, () => unknown])[] = [
  ['a cycle', cyclic],
  ['a number that JSON cannot write', () => ({ ...canaryParticipant(), custom: { [CANARY]: 1n } })],
  ['too much', () => ({ ...canaryParticipant(), custom: { a: CANARY.repeat(1000) } })],
  ['a wrong shape', () => ({ ...canaryParticipant(), form: CANARY })],
  ['no sub', () => ({ ...canaryParticipant(), sub: { CANARY } })],
  ['an invalid access token', () => ({ ...canaryParticipant(), accessToken: [CANARY] })],
  [
    'an error that quotes the session',
    () => {
      throw Object.assign(new Error(CANARY, { cause: CANARY }), { code: CANARY, user: CANARY });
    },
  ],
  ['a rejection with text', () => Promise.reject(CANARY)],
  ['its own token error', () => Promise.reject({ name: 'TokenError', code: CANARY })],
];

// @holds P16, S17
describe('S17: no claim, key, token or cookie leaks', () => {
  let options: TokenEndpointOptions;
  before(async () => {
    options = await workingOptions();
  });

  for (const [name, participant] of FAILING) {
    it(`when the participant is ${name}`, async () => {
      const find = participant as () => Participant;
      await leaksNothing({ ...options, participant: find }, 500);
    });
  }

  it('when the campaigns function fails', async () => {
    const campaigns = (): never => {
      throw new Error(CANARY);
    };
    await leaksNothing({ ...options, campaigns }, 500);
  });

  it('when the key is broken', async () => {
    const { privateJwk } = await pairFor('ES256');
    const key = { ...privateJwk, x: privateJwk.y!, note: CANARY };
    const participant = canaryParticipant as () => unknown as () => Participant;
    await leaksNothing({ ...options, participant, signing: { alg: 'ES256', key } }, 500);
  });

  it('when the request is refused', async () => {
    const participant = canaryParticipant as () => unknown as () => Participant;
    const endpoint = createTokenEndpoint({ ...options, participant });
    for (const headers of [
      {},
      { origin: `https://${CANARY}.example` },
      { 'sec-fetch-site': CANARY },
    ]) {
      const request = tokenRequest(`campaignId=${CANARY}`, { ...headers, cookie: CANARY });
      await scan(await endpoint(request));
    }
    for (const method of ['POST', 'OPTIONS', 'HEAD', 'GET']) {
      const headers = { 'sec-fetch-site': 'same-origin', cookie: CANARY };
      await scan(await endpoint(tokenRequest(`campaignId=${CANARY}&${CANARY}=1`, headers, method)));
    }
  });

  it('when a token is granted, except in the token itself', async () => {
    const participant = canaryParticipant as () => unknown as () => Participant;
    const { calls, onError } = errorLog();
    const response = await createTokenEndpoint({ ...options, participant, onError })(
      tokenRequest(),
    );
    assert.equal(response.status, 200);
    assert.ok(!JSON.stringify([...response.headers]).includes(CANARY));
    assert.deepEqual(calls, []);
  });

  it('when a broken key cannot be published', async () => {
    const { publicJwk } = await pairFor('ES256');
    const key = { ...publicJwk, x: publicJwk.y!, note: CANARY };
    const response = await createJwksEndpoint([{ alg: 'ES256', key }])(tokenRequest());
    assert.equal(response.status, 500);
    await scan(response);
  });

  it('to stdout or stderr in any of these cases', () => {
    const lines = written.join('').split('\n');
    assert.deepEqual(
      lines.filter((line) => line.includes(CANARY)),
      [],
    );
  });

  async function leaksNothing(changed: TokenEndpointOptions, status: number): Promise<void> {
    const { calls, onError } = errorLog();
    const endpoint = createTokenEndpoint({ ...changed, onError });
    const response = await endpoint(tokenRequest());
    assert.equal(response.status, status);
    await scan(response);
    assert.equal(calls.length, 1);
    assert.ok(!JSON.stringify(calls).includes(CANARY));
    const { d } = (await pairFor('ES256')).privateJwk;
    assert.ok(!JSON.stringify(calls).includes(d!));
  }

  async function scan(response: Response): Promise<void> {
    const text = `${response.statusText} ${JSON.stringify([...response.headers])} ${await response.text()}`;
    assert.ok(!text.includes(CANARY), text);
    assert.ok(!/eyJ/.test(text), 'no token either');
  }
});
