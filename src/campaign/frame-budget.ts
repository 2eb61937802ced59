/**
 * How often a campaign's frame can cause an effect within any 60 s. More is ignored until the minute
 * is over. Only {@link FrameBudget} counts.
 */
export const frameLimits = {
  /** Tokens requested: the first, repeats, and new ones for those that Qualifio refuses. */
  token: 4,
  /** Requests to the endpoint when the participant comes back to the page. */
  look: 4,
  /** Answers about the pre-login screen; with `pre-login="auto"` each may ask the endpoint. */
  preLogin: 4,
  /** Errors reported to the page. */
  error: 4,
  /** Messages that `relay` names. */
  message: 60,
} as const;

/** What is counted, each separately. */
export type FrameEffect = keyof typeof frameLimits;

const span = 60_000;

/** Counts what one campaign's frame causes. */
export class FrameBudget {
  readonly #times = new Map<FrameEffect, number[]>();

  /** Counts the effect, and returns whether it may take place. */
  take(effect: FrameEffect): boolean {
    if (this.wait(effect) > 0) return false;
    this.#of(effect).push(performance.now());
    return true;
  }

  /** Counts the last effect as done now: a login may have come in between. */
  renew(effect: FrameEffect): void {
    const times = this.#of(effect);
    times.pop();
    times.push(performance.now());
  }

  /** Milliseconds until the effect may take place; 0 or less if it may now. */
  wait(effect: FrameEffect): number {
    const times = this.#of(effect);
    const first = times.length < frameLimits[effect] ? -Infinity : times[0]!;
    return first + span - performance.now();
  }

  #of(effect: FrameEffect): number[] {
    const now = performance.now();
    const times = (this.#times.get(effect) ?? []).filter((time) => now - time < span);
    this.#times.set(effect, times);
    return times;
  }
}
