/** Second-level names under which countries give out names, as in `publisher.co.uk`. */
const shared = /^(ac|asso|co|com|edu|gob|gouv|gov|net|ne|or|org)$/;

/**
 * Whether two hosts look as if they were of one site, so that one is a subdomain's CNAME of the
 * other's owner. A page cannot look into the Public Suffix List; the two or three last names are
 * compared, and Qualifio's own hosts, each of which is a site, are known.
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
