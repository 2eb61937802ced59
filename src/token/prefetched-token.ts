import type { UsableToken } from './endpoint-answer.js';
import { documentMember } from '../page/document-member.js';
import { hasFocus } from '../page/frame-focus.js';

/**
 * The only place that holds a token before the frame asks for it, for `prefetch-token`: in a private
 * field, until it is taken, for 60 s at most, and never in the last 30 s before it expires. It is
 * dropped when the page is hidden, since the page may be frozen and come back much later, and when
 * the focus leaves page and campaign for another window or another frame: the participant may log
 * out there, or another one may log in.
 */
export class PrefetchedToken {
  #token: UsableToken | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #until = 0;

  /**
   * @param frame returns the campaign's frame.
   * @param onAway called when the participant may have changed: a token that is being requested is the previous one's.
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
    // Firefox updates the focused element only after the event.
    window.addEventListener('blur', () => void setTimeout(onBlur), { signal });
  }

  /** @param now the time by the clock of the token's expiry, in milliseconds. */
  hold(token: UsableToken, now: number): void {
    this.drop();
    const lifetime = token.expiresAt ? token.expiresAt.getTime() - now : Infinity;
    const span = Math.min(60_000, lifetime - 30_000);
    if (span <= 0 || documentMember('hidden')) return;
    this.#token = token;
    this.#until = Date.now() + span;
    this.#timer = setTimeout(() => this.drop(), span);
  }

  /** Returns the token once; a second call returns null. */
  take(): UsableToken | null {
    // Timers, and in some browsers performance.now(), stop while a machine sleeps.
    const token = Date.now() < this.#until ? this.#token : null;
    this.drop();
    return token;
  }

  drop(): void {
    this.#token = null;
    clearTimeout(this.#timer);
  }
}
