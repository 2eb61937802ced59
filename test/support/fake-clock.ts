import { taskWithoutTimer } from './task.js';

interface Timer {
  at: number;
  run: () => void;
}

/**
 * A clock that a test moves: timers, `performance.now()` and `Date.now()` of the page follow it.
 */
export class FakeClock {
  #now = 0;
  #lastId = 0;
  readonly #timers = new Map<number, Timer>();
  readonly #restore: () => void;

  constructor() {
    const { setTimeout, clearTimeout } = window;
    const dateNow = Date.now;
    const start = dateNow();
    window.setTimeout = ((run: () => void, milliseconds = 0) => {
      this.#timers.set(++this.#lastId, { at: this.#now + Math.max(milliseconds, 0), run });
      return this.#lastId;
    }) as typeof window.setTimeout;
    window.clearTimeout = (id) => void this.#timers.delete(Number(id));
    performance.now = () => this.#now;
    Date.now = () => start + this.#now;
    this.#restore = () => {
      Object.assign(window, { setTimeout, clearTimeout });
      Date.now = dateNow;
      Reflect.deleteProperty(performance, 'now');
    };
  }

  get now(): number {
    return this.#now;
  }

  /** How many timers have not run. */
  get pending(): number {
    return this.#timers.size;
  }

  /**
   * Moves the clock, and runs due timers in order; the effects of each can happen before the next.
   */
  async tick(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end);
      const [next] = due.sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      const [id, { at, run }] = next;
      this.#now = Math.max(this.#now, at);
      this.#timers.delete(id);
      run();
      await taskWithoutTimer();
    }
    this.#now = end;
  }

  /** Restores the page's clock. */
  stop(): void {
    this.#restore();
  }
}

/** Runs `work` with a clock that it moves, and restores the page's clock. */
export async function byFakeClock(work: (clock: FakeClock) => Promise<void>): Promise<void> {
  const clock = new FakeClock();
  try {
    await work(clock);
  } finally {
    clock.stop();
  }
}
