// A small herd of docs/endpoint-load.md, in virtual time, with the element's own requests.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { playHerd, policies, type Outcome } from '../../bench/herd/herd.js';

const herd = { participants: 500, duration: 60, rate: 2.5, seed: 1 };

describe('a herd that comes within a minute to an endpoint that needs 200 seconds for it', async () => {
  const outcomes: Outcome[] = [];
  for (const policy of policies) outcomes.push(await playHerd(herd, policy));
  const [naive, element, told, queued, held] = outcomes;

  it('is served whole, and the result is always the same', async () => {
    for (const { served } of outcomes) assert.equal(served, herd.participants);
    assert.deepEqual(await playHerd(herd, policies[3]!), queued);
  });

  it('asks less often with the element, and less again with Retry-After and a queue', () => {
    const order = [naive!, element!, told!, queued!, held!].map(({ wasted }) => wasted);
    assert.deepEqual(
      order,
      order.toSorted((a, b) => b - a),
    );
    assert.ok(naive!.wasted > 0.9, `${naive!.wasted}`);
  });

  it('loses less than 10 % of its requests only if the queue holds almost all of it', () => {
    assert.ok(held!.wasted < 0.1, `${held!.wasted}`);
    assert.ok(queued!.wasted > 0.1, `${queued!.wasted}`);
    assert.ok(held!.clicks < 5, `${held!.clicks}`);
    assert.ok(held!.servedAt < 210, `${held!.servedAt}`);
  });
});
