/** Second-level names under which countries register names, as in `publisher.co.uk`. */
const shared = /^(ac|asso|co|com|edu|gob|gouv|gov|net|ne|or|org)$/;

/**
 * Whether two hosts seem to belong to one site, as with a CNAME on a subdomain. A page cannot read
 * the Public Suffix List, so this compares the last two or three names. It treats each of
 * Qualifio's own hosts as a separate site.
 *
 * @param a a host name, without port.
 */
export function looksSameSite(a: string, b: string): boolean {
  return a === b || siteOf(a) === siteOf(b);
}

function siteOf(host: string): string {
  if (/^[\d.]+$|^\[/.test(host)) return host;
  const names = host.toLowerCase().split('.');
  const [second = '', top = ''] = names.slice(-2);
  const isShared = (top.length === 2 && shared.test(second)) || `${second}.${top}` === ownSuffix;
  return names.slice(isShared ? -3 : -2).join('.');
}

/** Each name below it belongs to another customer. */
const ownSuffix = 'qualifioapp.com';
