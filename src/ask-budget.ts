/** Counts how often something was done within a sliding span of time. */
export class AskBudget {
  readonly #most: number;
  readonly #span: number;
  #times: number[] = [];

  /** Allows `most` within any `span` milliseconds. */
  constructor(most: number, span: number) {
    this.#most = most;
    this.#span = span;
  }

  /** Whether there is one left; takes it. */
  take(): boolean {
    const now = performance.now();
    this.#times = this.#times.filter((time) => now - time < this.#span);
    return this.#times.length < this.#most && this.#times.push(now) > 0;
  }
}
