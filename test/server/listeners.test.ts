import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createTokenEndpoint, type TokenEndpointOptions } from '../../src/server/index.js';
import {
  CAMPAIGN_ID,
  TAG_NUMBER,
  tokenRequest,
  workingOptions,
} from '../support/server/fixtures.js';

let options: TokenEndpointOptions;
before(async () => {
  options = await workingOptions();
});

/** Records the calls of a listener. */
function recorder(): { calls: unknown[][]; listener: (...call: unknown[]) => void } {
  const calls: unknown[][] = [];
  return { calls, listener: (...call) => void calls.push(call) };
}

const sameOrigin = { 'sec-fetch-site': 'same-origin' };

describe('onIssued', () => {
  it('receives the tag number and the milliseconds of each token, and nothing else', async () => {
    const issued = recorder();
    const failed = recorder();
    const participant = async (): Promise<{ sub: string; form: object }> => {
      const end = performance.now() + 20;
      while (performance.now() < end) await new Promise(setImmediate);
      return { sub: 'canary', form: { email: 'canary', canary: 'canary' } };
    };
    const endpoint = createTokenEndpoint({
      ...options,
      // A clock that stands still must not stop the milliseconds.
      clock: () => 1_800_000_000_000,
      participant,
      onIssued: issued.listener,
      onError: failed.listener,
    });
    const begin = performance.now();
    const response = await endpoint(tokenRequest());
    const passed = performance.now() - begin;
    assert.equal(response.status, 200);
    const [[tagNumber, context] = []] = issued.calls;
    assert.equal(issued.calls.length, 1);
    assert.equal(tagNumber, TAG_NUMBER);
    assert.deepEqual(Object.keys(context as object), ['milliseconds']);
    const { milliseconds } = context as { milliseconds: number };
    assert.ok(milliseconds >= 20 && milliseconds <= passed, `${milliseconds} of ${passed}`);
    assert.ok(!JSON.stringify(issued.calls).includes('canary'));
    assert.ok(!JSON.stringify(issued.calls).includes(CAMPAIGN_ID));
    assert.deepEqual(failed.calls, []);
  });

  it('is not called for an answer without a token', async () => {
    const { calls, listener } = recorder();
    const endpoint = createTokenEndpoint({ ...options, onIssued: listener });
    const requests = [
      tokenRequest(undefined, sameOrigin, 'HEAD'),
      tokenRequest(`campaignId=${TAG_NUMBER}&part=tag`),
      tokenRequest('campaignId=999'),
      tokenRequest(undefined, {}),
      tokenRequest(undefined, sameOrigin, 'POST'),
    ];
    for (const request of requests) await endpoint(request);
    const signedOut = createTokenEndpoint({
      ...options,
      participant: () => null,
      onIssued: listener,
    });
    assert.equal((await signedOut(tokenRequest())).status, 401);
    assert.deepEqual(calls, []);
  });

  it('does not change the answer if it throws, rejects or does not return', async () => {
    for (const onIssued of [
      () => {
        throw new Error('metrics are down');
      },
      () => Promise.reject(new Error('metrics are down')),
      () => new Promise(() => undefined),
    ]) {
      const endpoint = createTokenEndpoint({ ...options, onIssued });
      assert.equal((await endpoint(tokenRequest())).status, 200);
    }
  });
});

describe('onError', () => {
  it('receives the code, the tag number and the milliseconds, and no claim', async () => {
    const { calls, listener } = recorder();
    const participant = (): never => {
      throw new Error('canary');
    };
    const endpoint = createTokenEndpoint({ ...options, participant, onError: listener });
    const begin = performance.now();
    await endpoint(tokenRequest(undefined, {}));
    await endpoint(tokenRequest('campaignId=canary'));
    await endpoint(tokenRequest());
    const passed = performance.now() - begin;
    const times = calls.map(([, context]) => (context as { milliseconds: number }).milliseconds);
    assert.deepEqual(
      calls.map(([code, context]) => [code, { ...(context as object), milliseconds: 0 }]),
      [
        ['REQUESTED_WITH_MISSING', { campaignId: null, milliseconds: 0 }],
        ['CAMPAIGN_ID_INVALID', { campaignId: null, milliseconds: 0 }],
        [
          'PARTICIPANT_INVALID',
          {
            campaignId: TAG_NUMBER,
            milliseconds: 0,
            reason: 'participant threw; catch its error to see it',
          },
        ],
      ],
    );
    for (const time of times) assert.ok(time >= 0 && time <= passed);
    assert.ok(!JSON.stringify(calls).includes('canary'));
  });
});
