/**
 * How often a campaign's frame, or the page around it, can cause each effect within any 60 s. Further
 * attempts are ignored until the minute is over. {@link FrameBudget} does the counting.
 */
export const frameLimits = {
  /** Token requests: the first, repeats, and replacements for tokens that Qualifio refuses. */
  token: 4,
  /** Requests to the endpoint when the participant comes back to the page. */
  look: 4,
  /** Answers about the pre-login screen; with `pre-login="auto"` each may ask the endpoint. */
  preLogin: 4,
  /** Errors reported to the page. */
  error: 4,
  /** Messages that `relay` names. */
  message: 60,
  /** Restarts after another script has removed the frame: two that undo each other's work must not loop. */
  repair: 3,
} as const;

/** The effects, each counted separately. */
export type FrameEffect = keyof typeof frameLimits;

const span = 60_000;

/** Counts what one campaign's frame causes. */
export interface FrameBudget {
  /** Counts the effect, and returns whether it may take place. */
  take(effect: FrameEffect): boolean;
  /** Counts the last effect as done now: the participant may have logged in meanwhile. */
  renew(effect: FrameEffect): void;
  /** Milliseconds until the effect may take place; 0 or less if it may now. */
  wait(effect: FrameEffect): number;
}

/** Creates an unused budget. */
export function frameBudget(): FrameBudget {
  const spent = new Map<FrameEffect, number[]>();
  /** When the effect took place in the last minute. */
  const timesOf = (effect: FrameEffect): number[] => {
    const now = performance.now();
    const times = (spent.get(effect) ?? []).filter((time) => now - time < span);
    spent.set(effect, times);
    return times;
  };
  const count = (times: number[]): number => times.push(performance.now());
  const wait = (effect: FrameEffect): number => {
    const times = timesOf(effect);
    return times.length < frameLimits[effect] ? 0 : times[0]! + span - performance.now();
  };
  return {
    wait,
    take: (effect) => wait(effect) <= 0 && count(timesOf(effect)) > 0,
    renew(effect) {
      const times = timesOf(effect);
      times.pop();
      count(times);
    },
  };
}
