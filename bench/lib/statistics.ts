/** Statistics of paired samples: block `i` of one variant was measured next to block `i` of the other. */

/** An estimate with its 95 % interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 4000;

/** The value below which a share of the values lies, interpolated. @param share from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('There are no values.');
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  return low + (at - below) * ((sorted[below + 1] ?? low) - low);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Random numbers from 0 to 1, always the same: a result can be computed again from its samples. */
export function seededRandom(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** A new list in random order. */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [result[index], result[other]] = [result[other]!, result[index]!];
  }
  return result;
}

/** The ratio of medians, with a paired bootstrap interval over blocks. */
export function pairedRatio(ours: readonly number[], baseline: readonly number[]): Interval {
  return bootstrap(ours, baseline, (a, b) => median(a) / median(b));
}

/** The median of the differences within blocks, with a paired bootstrap interval. */
export function pairedDifference(ours: readonly number[], baseline: readonly number[]): Interval {
  return bootstrap(ours, baseline, (a, b) => median(a.map((value, index) => value - b[index]!)));
}

function bootstrap(
  ours: readonly number[],
  baseline: readonly number[],
  statistic: (ours: readonly number[], baseline: readonly number[]) => number,
): Interval {
  const { length } = ours;
  if (length !== baseline.length) {
    throw new Error(`${length} samples cannot be paired with ${baseline.length}.`);
  }
  const random = seededRandom();
  const drawn = Array.from({ length: resamples }, () => {
    const blocks = Array.from({ length }, () => Math.floor(random() * length));
    const pick = (values: readonly number[]): number[] => blocks.map((block) => values[block]!);
    return statistic(pick(ours), pick(baseline));
  });
  return {
    estimate: statistic(ours, baseline),
    low: quantile(drawn, 0.025),
    high: quantile(drawn, 0.975),
  };
}

/**
 * Why a machine is too noisy to conclude anything, from the ratio of a variant to itself; null if it
 * is quiet.
 *
 * @param width how far the interval may reach from 1 on either side.
 */
export function noise({ low, high }: Interval, width = 0.05): string | null {
  const range = `[${low.toFixed(3)}, ${high.toFixed(3)}]`;
  if (low > 1 || high < 1) return `the A/A interval ${range} does not contain 1`;
  if (low < 1 - width || high > 1 + width) {
    return `the A/A interval ${range} is wider than ±${width * 100} %`;
  }
  return null;
}

/** The slope of the line through points, by least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const spread = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / spread;
}
