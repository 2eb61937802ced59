import type { TokenErrorContext } from '../token-error.js';

/** How many channels of one feed are reported one by one; the others are counted. */
const mostReported = 100;

/** The channels that were left out of a feed, as `onError` receives them. */
export class SkippedChannels {
  readonly #first: TokenErrorContext[] = [];
  #others = 0;

  add(context: TokenErrorContext): void {
    if (this.#first.length < mostReported) this.#first.push(context);
    else this.#others += 1;
  }

  /** Adds a report that is always shown, not only counted. */
  addFirst(context: TokenErrorContext): void {
    this.#first.unshift(context);
    if (this.#first.length > mostReported) {
      this.#first.pop();
      this.#others += 1;
    }
  }

  /** At most 100, and one more that counts the others. */
  get contexts(): readonly TokenErrorContext[] {
    if (this.#others === 0) return this.#first;
    return [...this.#first, { campaignId: null, reason: `and ${this.#others} more` }];
  }
}
