import type { UsableToken } from './campaign-tokens.js';

/**
 * The one place where a token is held while nobody has asked for it, for `prefetch-token`: in a
 * private field, until it is taken, for 60 s at most, never closer than 30 s to its end, and not on
 * a hidden page, which may be frozen and come back much later.
 */
export class PrefetchedToken {
  #token: UsableToken | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #until = 0;

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.drop());
    document.addEventListener('visibilitychange', () => document.hidden && this.drop(), { signal });
  }

  /** @param now the time by the clock that the token's end is told by, in milliseconds. */
  hold(token: UsableToken, now: number): void {
    this.drop();
    const lifetime = token.expiresAt ? token.expiresAt.getTime() - now : Infinity;
    const span = Math.min(60_000, lifetime - 30_000);
    if (span <= 0 || document.hidden) return;
    this.#token = token;
    this.#until = Date.now() + span;
    this.#timer = setTimeout(() => this.drop(), span);
  }

  /** Gives the token away; a second call gives null. */
  take(): UsableToken | null {
    // Timers, and performance.now() in places, rest while a machine sleeps.
    const token = Date.now() < this.#until ? this.#token : null;
    this.drop();
    return token;
  }

  drop(): void {
    this.#token = null;
    clearTimeout(this.#timer);
  }
}
