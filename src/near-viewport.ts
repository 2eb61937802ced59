/** Calls `callback` once, when `element` comes within 256 px of the viewport, unless `signal` is aborted before. */
export function whenNear(element: Element, callback: () => void, signal: AbortSignal): void {
  const options: IntersectionObserverInit & { scrollMargin: string } = {
    rootMargin: '256px',
    // For elements inside a scrolling box, which would clip the root's margin.
    scrollMargin: '256px',
  };
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    callback();
  }, options);
  observer.observe(element);
  signal.addEventListener('abort', () => observer.disconnect());
}
