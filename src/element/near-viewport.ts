/**
 * Calls `callback` once, when `element` comes within 256 px of the viewport, unless `signal` is
 * aborted first. Calls it immediately if there is no observer: DOM implementations for unit tests
 * have no layout.
 */
export function whenNear(element: Element, callback: () => unknown, signal: AbortSignal): void {
  if (!globalThis.IntersectionObserver) return void callback();
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      callback();
    },
    { rootMargin: '256px' },
  );
  observer.observe(element);
  signal.addEventListener('abort', () => observer.disconnect());
}
