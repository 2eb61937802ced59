import { isLoopback } from '../model/loopback.js';

/** Hosts that stand for every address and name of the machine. */
const everyAddress = ['0.0.0.0', '::'];

/**
 * The host that a request is sent to, if that is neither this machine's nor the given one;
 * otherwise `null`. A page of another site can make its name resolve to this machine (DNS
 * rebinding), and could then read answers.
 */
export function foreignHost(request: Request, given: string | undefined): string | null {
  const { hostname } = new URL(request.url);
  if (isLoopback(hostname) || (given && everyAddress.includes(given))) return null;
  return hostname.replace(/^\[|\]$/g, '') === given ? null : hostname;
}

/**
 * The host of the page that loads the kit or a frame, if that page is not on
 * this machine; `null` if it is, or if no page is named.
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
