/**
 * Calls `check` when the participant may have come back from a log-in elsewhere: the page becomes
 * visible again, gets focus, or returns from the back-forward cache; one that has loaded only now is
 * no return. Once in 5 s; a return within those is checked at their end.
 */
export function watchReturn(check: () => void, signal: AbortSignal): void {
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const back = ({ persisted = true }: Partial<PageTransitionEvent>): void => {
    if (!persisted || document.hidden) return;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        last = performance.now();
        check();
      },
      last + 5000 - performance.now(),
    );
  };
  document.addEventListener('visibilitychange', back, { signal });
  window.addEventListener('focus', back, { signal });
  window.addEventListener('pageshow', back, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
}
