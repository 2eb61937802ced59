import { install } from '@sinonjs/fake-timers';
import { taskWithoutTimer } from './task.js';

/** A clock that a test moves: timers, `performance.now()` and `Date` of the page follow it. */
export class FakeClock {
  readonly #clock = install({
    now: Date.now(),
    toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'],
    shouldClearNativeTimers: true,
  });

  get now(): number {
    return this.#clock.now;
  }

  /** How many timers have not run. */
  get pending(): number {
    return this.#clock.countTimers();
  }

  /**
   * Moves the clock, and runs due timers in order; the effects of each can happen before the next.
   * Unlike `tickAsync()`, it does not wait for real timers, which take milliseconds.
   */
  async tick(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    const isDue = (): boolean =>
      [...(this.#clock.timers?.values() ?? [])].some(({ callAt }) => callAt! <= end);
    while (isDue()) {
      this.#clock.next();
      await taskWithoutTimer();
    }
    this.#clock.tick(end - this.now);
  }

  /** Restores the page's clock. */
  stop(): void {
    this.#clock.uninstall();
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
