import { waitUntil } from '@open-wc/testing';

/** A promise that the test settles. */
export type Deferred<T> = PromiseWithResolvers<T>;

export function deferred<T>(): Deferred<T> {
  return Promise.withResolvers<T>();
}

/** Waits until pending tasks have run. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Runs `work`, and returns the console warnings during that time. */
export async function warningsDuring(
  work: () => Promise<unknown>,
  page: Pick<typeof globalThis, 'console'> = globalThis,
): Promise<string[]> {
  const { warn } = page.console;
  const warnings: string[] = [];
  page.console.warn = (...words: unknown[]) => void warnings.push(words.join(' '));
  try {
    await work();
  } finally {
    page.console.warn = warn;
  }
  return warnings;
}

/** Runs `work`, and returns the unhandled rejections during that time. */
export async function rejectionsDuring(work: () => Promise<unknown>): Promise<unknown[]> {
  const rejections: unknown[] = [];
  const note = (event: PromiseRejectionEvent): void => {
    event.preventDefault();
    rejections.push(event.reason);
  };
  window.addEventListener('unhandledrejection', note);
  try {
    await work();
    await nextTask();
  } finally {
    window.removeEventListener('unhandledrejection', note);
  }
  return rejections;
}

/**
 * Runs `work` while the page’s clocks are `milliseconds` ahead. After a sleep of the machine, only
 * `Date` may be ahead: on some systems, `performance.now()` stops meanwhile.
 */
export async function later(
  milliseconds: number,
  work: () => Promise<unknown>,
  clocks: readonly { now(): number }[] = [performance, Date],
): Promise<void> {
  const own = clocks.map((clock) => clock.now);
  clocks.forEach((clock, index) => {
    clock.now = () => own[index]!.call(clock) + milliseconds;
  });
  try {
    await work();
  } finally {
    clocks.forEach((clock, index) => (clock.now = own[index]!));
  }
}

/** Hides the page, runs `work`, and shows it again. */
export function hidePage(work: () => void = () => {}): void {
  const hidden = Object.getOwnPropertyDescriptor(Document.prototype, 'hidden')!;
  Object.defineProperty(Document.prototype, 'hidden', { ...hidden, get: () => true });
  document.dispatchEvent(new Event('visibilitychange'));
  work();
  Object.defineProperty(Document.prototype, 'hidden', hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

/** A timer that is set and has not run. */
export interface Timer {
  readonly callback: () => void;
  readonly milliseconds: number;
  readonly isCleared: boolean;
}

/**
 * Runs `work`, and returns the timers that were set during that time. None of them runs by itself.
 */
export async function timersDuring(work: () => Promise<unknown>): Promise<Timer[]> {
  const { setTimeout, clearTimeout } = window;
  const timers: { callback: () => void; milliseconds: number; isCleared: boolean }[] = [];
  // These ids differ from those of real timers.
  const base = 1e9;
  window.setTimeout = ((callback: () => void, milliseconds = 0) =>
    base + timers.push({ callback, milliseconds, isCleared: false }) - 1) as typeof setTimeout;
  window.clearTimeout = ((id: number) => {
    const timer = timers[id - base];
    if (timer) timer.isCleared = true;
    else clearTimeout(id);
  }) as typeof clearTimeout;
  try {
    await work();
  } finally {
    Object.assign(window, { setTimeout, clearTimeout });
  }
  return timers;
}

/** Later commands that reach the kit. */
export function recordCommands(): unknown[][] {
  const queue = (window as unknown as { _qual_async: { push(command: unknown[]): void } })
    ._qual_async;
  const commands: unknown[][] = [];
  const { push } = queue;
  queue.push = (command) => {
    commands.push(command);
    push.call(queue, command);
  };
  return commands;
}

/** Waits until a condition is true that no event reports; ends with the test at the latest. */
export function eventually(holds: () => unknown): Promise<void> {
  return waitUntil(holds as () => boolean, undefined, { interval: 10, timeout: 9000 });
}
