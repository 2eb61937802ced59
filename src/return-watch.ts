const least = 5000;

/**
 * Calls `check` when the participant may have come back from a log-in elsewhere: the page becomes
 * visible again, gets focus, or returns from the back-forward cache. Once every 5 s at most; a
 * return within those is checked at their end.
 */
export function watchReturn(check: () => void, signal: AbortSignal): void {
  let next = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = (): void => {
    timer = undefined;
    next = performance.now() + least;
    check();
  };
  const back = (): void => {
    if (timer !== undefined || document.hidden) return;
    const wait = next - performance.now();
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  };
  document.addEventListener('visibilitychange', back, { signal });
  window.addEventListener('focus', back, { signal });
  window.addEventListener('pageshow', (event) => event.persisted && back(), { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
}
