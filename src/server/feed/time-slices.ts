/**
 * Limits of a slice: milliseconds, and steps for hosts whose clock stands still during computation.
 */
const mostMilliseconds = 20;
const mostSteps = 1_000;

/**
 * Divides long work into slices. Other work of the host runs between two slices: a page of a feed
 * must not delay the requests of participants.
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
    // A promise alone is not enough: timers (such as a deadline) and network events would not run.
    await new Promise<void>((resolve) => setTimeout(resolve));
    this.#signal.throwIfAborted();
    this.#endsAt = performance.now() + mostMilliseconds;
    this.#steps = 0;
  }
}
