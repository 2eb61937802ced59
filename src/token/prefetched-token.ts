import type { UsableToken } from './endpoint-answer.js';
import { documentMember } from '../page/document-member.js';
import { hasFocus } from '../page/frame-focus.js';

/**
 * The one place where a token is held while nobody has asked for it, for `prefetch-token`: in a
 * private field, until it is taken, for 60 s at most, never closer than 30 s to its end, not on a
 * hidden page, which may be frozen and come back much later, and not once the focus has left page and
 * campaign for another window or another frame: the participant may log out there, or another one in.
 */
export class PrefetchedToken {
  #token: UsableToken | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #until = 0;

  /**
   * @param frame gives the campaign's frame.
   * @param onAway called when the participant may have become another one: a token that is under way is of the former one.
   */
  constructor(frame: () => Element | null, onAway: () => void, signal: AbortSignal) {
    const away = (): void => {
      this.drop();
      onAway();
    };
    signal.addEventListener('abort', () => this.drop());
    const onChange = (): void => void (documentMember('hidden') && away());
    documentMember('addEventListener')('visibilitychange', onChange, { signal });
    window.addEventListener('focus', away, { signal });
    const onBlur = (): void => {
      if (!hasFocus(frame())) away();
    };
    // Firefox tells which element has focus only after the event.
    window.addEventListener('blur', () => void setTimeout(onBlur), { signal });
  }

  /** @param now the time by the clock that the token's end is told by, in milliseconds. */
  hold(token: UsableToken, now: number): void {
    this.drop();
    const lifetime = token.expiresAt ? token.expiresAt.getTime() - now : Infinity;
    const span = Math.min(60_000, lifetime - 30_000);
    if (span <= 0 || documentMember('hidden')) return;
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
