/** A clock that jumps to the next timer; timers, `performance.now()` and `Date.now()` follow it. */
interface Timer {
  readonly at: number;
  readonly id: number;
  readonly run: () => void;
}

/** Replaces the clock of this process. Nothing waits in real time. */
export class VirtualClock {
  now = 0;
  #lastId = 0;
  /** A binary heap: the earliest timer is first. */
  readonly #heap: Timer[] = [];
  readonly #cancelled = new Set<number>();
  readonly #restore: () => void;

  constructor() {
    const { setTimeout, clearTimeout } = globalThis;
    const { now: dateNow } = Date;
    const { now: performanceNow } = performance;
    Object.assign(globalThis, {
      setTimeout: (run: () => void, milliseconds = 0) => this.at(this.now + milliseconds, run),
      clearTimeout: (id: number) => void this.#cancelled.add(id),
    });
    performance.now = () => this.now;
    Date.now = () => this.now;
    this.#restore = () => {
      Object.assign(globalThis, { setTimeout, clearTimeout });
      performance.now = performanceNow;
      Date.now = dateNow;
    };
  }

  /** Runs something at a time, in milliseconds. */
  at(at: number, run: () => void): number {
    const timer = { at: Math.max(at, this.now), id: ++this.#lastId, run };
    let index = this.#heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(timer, this.#heap[parent]!)) break;
      this.#heap[index] = this.#heap[parent]!;
      index = parent;
    }
    this.#heap[index] = timer;
    return timer.id;
  }

  /** Runs all timers in order, and what they cause, until there is none; then restores the clock. */
  async run(): Promise<void> {
    try {
      for (let timer = this.#take(); timer; timer = this.#take()) {
        if (this.#cancelled.delete(timer.id)) continue;
        this.now = timer.at;
        timer.run();
        // Promises settle before the next timer.
        await new Promise(setImmediate);
      }
    } finally {
      this.#restore();
    }
  }

  #take(): Timer | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (!last || last === first) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.#heap.length) break;
      const right = child + 1;
      if (right < this.#heap.length && isBefore(this.#heap[right]!, this.#heap[child]!)) {
        child = right;
      }
      if (!isBefore(this.#heap[child]!, last)) break;
      this.#heap[index] = this.#heap[child]!;
      index = child;
    }
    this.#heap[index] = last;
    return first;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}
