import { getDomain } from 'tldts';

/**
 * Whether two URLs are of one site: the same scheme, and the same name under a public suffix.
 * Qualifio's hosts are under one (`qualifioapp.com`), so each is a site of its own.
 */
export function isSameSite(a: URL, b: URL): boolean {
  return a.protocol === b.protocol && siteOf(a.hostname) === siteOf(b.hostname);
}

/** Whether a host is one of Qualifio's own, and not a publisher's name for it. */
export function isVendorHost(hostname: string): boolean {
  return /(^|\.)(qualifioapp|qualifio)\.com$/.test(hostname.toLowerCase());
}

function siteOf(hostname: string): string {
  return getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
}
