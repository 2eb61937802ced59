import { isLoopback } from './loopback.js';

/**
 * The host of the page that loads the kit or a frame, where that page is not
 * of this very machine; `null` where it is, or where no page is named.
 */
export function foreignPage(request: Request): string | null {
  const { pathname, searchParams } = new URL(request.url);
  if (!/^\/(kit|20)\//.test(pathname)) return null;
  const pages = [searchParams.get('pdomain'), request.headers.get('Referer')];
  for (const page of pages) {
    if (page === null || !URL.canParse(page)) continue;
    const { protocol, hostname } = new URL(page);
    if (/^https?:$/.test(protocol) && !isLoopback(hostname)) return hostname;
  }
  return null;
}
