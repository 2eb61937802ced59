/** Limits of a slice: milliseconds, and steps for a host whose clock does not advance while it computes. */
const mostMilliseconds = 20;
const mostSteps = 1_000;

/**
 * Divides long work into slices. Between two slices, other work of the host runs: a page of a feed must
 * not delay the requests of participants.
 *
 * @example
 * for (const step of work) {
 *   if (slices.isOver()) await slices.next();
 *   …
 * }
 */
export class TimeSlices {
  readonly #signal: AbortSignal;
  #endsAt = performance.now() + mostMilliseconds;
  #steps = 0;

  /** @param signal ends the work */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Counts a step, and returns whether to wait for the next slice before it. */
  isOver(): boolean {
    this.#steps += 1;
    return this.#steps > mostSteps || performance.now() >= this.#endsAt;
  }

  /**
   * Waits for the next slice.
   * @throws the reason of `signal` if it is aborted
   */
  async next(): Promise<void> {
    // A promise is not enough: work that waits for timers (such as a deadline) or the network would not run.
    await new Promise<void>((resolve) => setTimeout(resolve));
    this.#signal.throwIfAborted();
    this.#endsAt = performance.now() + mostMilliseconds;
    this.#steps = 0;
  }
}
