import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noise, pairedDifference, pairedRatio, seededRandom } from '../../bench/lib/statistics.js';

/** Blocks in which each sample takes `base` milliseconds, and a machine that slows some of them. */
function blocks(base: number, jitter: number, seed = 7): number[] {
  const slow = seededRandom(99);
  const own = seededRandom(seed);
  return Array.from({ length: 40 }, () => base * (slow() > 0.7 ? 2 : 1) + own() * jitter);
}

describe('the statistics of a benchmark', () => {
  it('find a difference of 5 ms although the machine is slow in some blocks', () => {
    const { estimate, low, high } = pairedDifference(blocks(105, 2), blocks(100, 2));
    assert.ok(low > 3 && high < 8 && low <= estimate && estimate <= high, `${low} to ${high}`);
  });

  it('find no difference between a variant and itself', () => {
    const { low, high } = pairedRatio(blocks(100, 10, 3), blocks(100, 10, 4));
    assert.ok(low < 1 && high > 1, `${low} to ${high}`);
  });

  const verdicts: [what: string, low: number, high: number, reason: RegExp | null][] = [
    ['a quiet machine', 0.98, 1.03, null],
    [
      'a machine on which the same page is slower the second time',
      1.01,
      1.04,
      /does not contain 1/,
    ],
    ['a machine whose samples vary too much', 0.9, 1.12, /wider than ±5 %/],
  ];
  for (const [what, low, high, reason] of verdicts) {
    it(`${reason ? 'refuse' : 'accept'} ${what}`, () => {
      const found = noise({ estimate: 1, low, high });
      if (reason) assert.match(found ?? '', reason);
      else assert.equal(found, null);
    });
  }
});
