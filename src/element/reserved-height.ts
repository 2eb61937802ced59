/**
 * The height that is kept free while there is no frame: a CSS length, or empty.
 *
 * Until the endpoint has said the height, a page that keeps the campaign's own height free by
 * `min-height` knows it better than the default does.
 */
export function reservedHeight(
  element: HTMLElement & { height: string },
  { config }: { config: { height: string } | null },
): string {
  const isDefault = element.height === '1200' && !element.hasAttribute('height');
  if (!config && isDefault && parseFloat(getComputedStyle(element).minHeight) > 0) return '';
  const height = config?.height ?? element.height;
  return /^[\d.]+$/.test(height) ? `${height}px` : height;
}
