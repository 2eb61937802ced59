import type { UsableToken } from './endpoint-answer.js';
import { documentMember } from '../page/document-member.js';

/**
 * The only place that holds a token before the frame asks for it, for `prefetch-token`: in one
 * variable, until it is used, for 60 s at most, and never in the last 30 s before it expires. It is
 * dropped when the page is hidden, since the page may be frozen and come back much later, and when
 * the focus leaves page and campaign for another window or another frame: the participant may log
 * out there, or another one may log in.
 */
export interface PrefetchedToken {
  /** @param now the time by the clock of the token's expiry, in milliseconds. */
  hold(token: UsableToken, now: number): void;
  /** Returns the token once; a second call returns null. */
  take(): UsableToken | null;
  drop(): void;
}

/**
 * @param frame returns the campaign's frame.
 * @param onAway called when the participant may have changed: a token that is being requested is the previous one's.
 */
export function prefetchedToken(
  frame: () => Element | null,
  onAway: () => void,
  signal: AbortSignal,
): PrefetchedToken {
  let held: UsableToken | null = null;
  let until = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drop = (): void => {
    held = null;
    clearTimeout(timer);
  };
  const away = (): void => {
    drop();
    onAway();
  };
  const onHidden = (): void => {
    if (documentMember('hidden')) away();
  };
  const onBlur = (): void => {
    if (documentMember('activeElement') !== frame()) away();
  };
  signal.addEventListener('abort', drop);
  documentMember('addEventListener')('visibilitychange', onHidden, { signal });
  window.addEventListener('focus', away, { signal });
  // Firefox updates the focused element only after the event.
  window.addEventListener('blur', () => void setTimeout(onBlur), { signal });

  return {
    drop,
    hold(token, now) {
      drop();
      const lifetime = token.expiresAt ? token.expiresAt.getTime() - now : Infinity;
      const span = Math.min(60_000, lifetime - 30_000);
      if (span <= 0 || documentMember('hidden')) return;
      held = token;
      until = Date.now() + span;
      timer = setTimeout(drop, span);
    },
    take() {
      // Timers, and in some browsers performance.now(), stop while a machine sleeps.
      const token = Date.now() < until ? held : null;
      drop();
      return token;
    },
  };
}
