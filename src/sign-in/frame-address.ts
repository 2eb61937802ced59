/** Host of the document in a frame, as its `src` says; empty if that is no web page. */
export function hostOf({ src }: HTMLIFrameElement): string {
  const url = URL.canParse(src) ? new URL(src) : null;
  return url && /^https?:$/.test(url.protocol) ? url.host : '';
}

/** Whether a frame that was there before has loaded, as far as the browser says: it knows only addresses. */
export function hasLoaded({ src }: HTMLIFrameElement): boolean {
  return performance.getEntriesByName(src, 'resource').length > 0;
}
