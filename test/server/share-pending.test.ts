import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sharePending } from '../../src/server/share-pending.js';

describe('sharePending', () => {
  it('creates one value for all callers, also while it is pending', async () => {
    let made = 0;
    const get = sharePending(async () => (made += 1));
    assert.deepEqual(await Promise.all([get(), get()]), [1, 1]);
    assert.equal(await get(), 1);
  });

  it('tries again after a failure', async () => {
    let tries = 0;
    const get = sharePending(async () => {
      tries += 1;
      if (tries === 1) throw new Error('not yet');
      return tries;
    });
    await assert.rejects(get(), /not yet/);
    assert.equal(await get(), 2);
    assert.equal(await get(), 2);
  });
});
