// A simulator that runs for days forgets the frames that were idle longest.
const longest = 10_000;

/** How many tokens each frame has received, in all its documents. */
export class TokenCounts {
  readonly #counts = new Map<string, number>();

  /** Counts one more token for a frame. */
  next(frame: string): number {
    const count = (this.#counts.get(frame) ?? 0) + 1;
    this.#counts.delete(frame);
    this.#counts.set(frame, count);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > longest) this.#counts.delete(oldest ?? '');
    return count;
  }

  clear(): void {
    this.#counts.clear();
  }
}
