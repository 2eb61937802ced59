/** Most of a slice: milliseconds, and steps, for a host whose clock stands still while it computes. */
const MOST_MILLISECONDS = 20;
const MOST_STEPS = 1_000;

/**
 * Divides long work into slices. Between two of them, whatever else the host has to do gets its turn: a
 * page of a feed must not keep the requests of participants waiting.
 *
 * @example
 * for (const step of work) {
 *   if (slices.isOver()) await slices.next();
 *   …
 * }
 */
export class TimeSlices {
  readonly #signal: AbortSignal;
  #endsAt = performance.now() + MOST_MILLISECONDS;
  #steps = 0;

  /** @param signal ends the work */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Counts a step, and says whether to wait for the next slice before it. */
  isOver(): boolean {
    this.#steps += 1;
    return this.#steps > MOST_STEPS || performance.now() >= this.#endsAt;
  }

  /**
   * Waits for the next slice.
   * @throws where the work is to end
   */
  async next(): Promise<void> {
    // A promise alone would not do: what waits for timers or the network, a deadline too, would wait on.
    await new Promise<void>((resolve) => setTimeout(resolve));
    this.#signal.throwIfAborted();
    this.#endsAt = performance.now() + MOST_MILLISECONDS;
    this.#steps = 0;
  }
}
