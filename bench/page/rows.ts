import { pairedDifference, pairedRatio, type Interval } from '../lib/statistics.js';
import type { Samples } from './visit.js';

/** A comparison, and whether it holds. */
export interface Row extends Interval {
  readonly scenario: string;
  readonly unit: '×' | 'ms' | 'kB';
  /** The most that `estimate` should be; absent where the figure is only reported. */
  readonly goal?: number;
  /** `unclear`: the estimate is above the goal, but the interval contains it. */
  readonly verdict: 'held' | 'unclear' | 'missed' | 'reported';
}

export function row(scenario: string, unit: Row['unit'], interval: Interval, goal?: number): Row {
  const { estimate, low } = interval;
  const verdict =
    goal === undefined
      ? 'reported'
      : estimate <= goal
        ? 'held'
        : low <= goal
          ? 'unclear'
          : 'missed';
  return { scenario, unit, ...interval, ...(goal !== undefined && { goal }), verdict };
}

/** A variant in comparison with another. */
export interface Comparison {
  readonly samples: Samples;
  readonly ours: string;
  readonly baseline: string;
  readonly metric: string;
  /** Metric of the baseline, if it is another one. */
  readonly baselineMetric?: string;
}

function pairOf({ samples, ours, baseline, metric, baselineMetric = metric }: Comparison) {
  return [samples(ours, metric), samples(baseline, baselineMetric)] as const;
}

/** The ratio of medians. */
export function ratioRow(scenario: string, comparison: Comparison, goal?: number): Row {
  return row(scenario, '×', pairedRatio(...pairOf(comparison)), goal);
}

/** The median of the differences within blocks. */
export function differenceRow(scenario: string, comparison: Comparison, goal?: number): Row {
  return row(scenario, 'ms', pairedDifference(...pairOf(comparison)), goal);
}
