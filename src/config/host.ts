import { pageHostname, parseUrl } from './resolve-url.js';

/**
 * Whether `text` is an ASCII hostname (63 characters a label, 253 in all) with an optional `:port` and
 * nothing else: no scheme, user, path, white space, trailing dot or IPv6 literal, and nothing that a
 * URL parser would read as another host (`0x7f.1`).
 */
export function isHost(text: string): boolean {
  return hostname.test(text) && isSameHost(text, text);
}

const hostname =
  /^(?![^:]{254})[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*(:\d+)?$/i;

/** Whether two hosts are the same: compared as a whole, ignoring case and port 443. */
export function isSameHost(a: string, b: string): boolean {
  const host = canonicalHost(a);
  return !!host && host === canonicalHost(b);
}

/** Whether page and URL are on loopback hosts. */
export function isLocal({ hostname }: URL): boolean {
  return isLoopback(pageHostname()) && isLoopback(hostname);
}

/** Plain http is allowed only on hosts where no one else can listen. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function canonicalHost(text: string): string | undefined {
  const host = parseUrl(`https://${text}`)?.host;
  return host === text.toLowerCase().replace(/:443$/, '') ? host : undefined;
}
