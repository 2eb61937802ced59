/**
 * Whether the page shows an element: neither it nor an element around it is taken out of the layout,
 * as React's `<Activity>` and the routes that Next.js keeps are. True if the browser cannot say.
 */
export function isShown(element: Element): boolean {
  return element.checkVisibility?.() ?? true;
}

/** Calls `callback` once, when the page shows `element` again, unless `signal` is aborted first. */
export function whenShown(element: Element, callback: () => void, signal: AbortSignal): void {
  // An element that gets a place in the layout gets a size.
  const observer = new ResizeObserver(() => {
    if (!isShown(element)) return;
    observer.disconnect();
    // Later: a change of layout now is an error of the page.
    setTimeout(() => {
      if (!signal.aborted) callback();
    });
  });
  observer.observe(element);
  signal.addEventListener('abort', () => observer.disconnect());
}
