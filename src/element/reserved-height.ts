/**
 * The height that is reserved while there is no frame: a CSS length, or empty.
 *
 * Until the endpoint has sent the height, a `min-height` that the page sets is a better guess than
 * the default.
 */
export function reservedHeight(
  element: HTMLElement & { height: string },
  config: { height: string } | null,
): string {
  const isDefault = element.height === '1200' && !element.hasAttribute('height');
  if (!config && isDefault && parseFloat(getComputedStyle(element).minHeight) > 0) return '';
  const height = config?.height ?? element.height;
  return /^[\d.]+$/.test(height) ? `${height}px` : height;
}
