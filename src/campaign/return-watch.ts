import { documentMember } from '../page/document-member.js';
import type { FrameBudget } from './frame-budget.js';
import { listenForLogin } from './login-window.js';

/**
 * Calls `check` when the participant may have come back from a login elsewhere: the page becomes
 * visible again, gets focus, or returns from the back-forward cache, or a login window is back. A
 * page that has only just loaded is not a return; neither is focus that comes from a frame of the
 * page, for example when a panel opens over the campaign. Calls it at most once in 5 s and within
 * `budget`, since a frame can move the focus; a return that comes too early is checked as soon as
 * this allows.
 */
export function watchReturn(check: () => void, budget: FrameBudget, signal: AbortSignal): void {
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const back = ({ persisted = true }: Partial<PageTransitionEvent>): void => {
    if (!persisted || documentMember('hidden')) return;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        last = performance.now();
        if (budget.take('look')) check();
      },
      Math.max(last + 5000 - performance.now(), budget.wait('look')),
    );
  };
  // Firefox updates the focused element only after the event.
  const look = (): void =>
    void (isInFrame = documentMember('activeElement')?.localName === 'iframe');
  let isInFrame: boolean;
  look();
  const onBlur = (): void => void setTimeout(look);
  const onFocus = (): void => {
    if (!isInFrame) back({});
    isInFrame = false;
  };
  documentMember('addEventListener')('visibilitychange', back, { signal });
  window.addEventListener('blur', onBlur, { signal });
  window.addEventListener('focus', onFocus, { signal });
  window.addEventListener('pageshow', back, { signal });
  listenForLogin(() => back({}), signal);
  signal.addEventListener('abort', () => clearTimeout(timer));
}
