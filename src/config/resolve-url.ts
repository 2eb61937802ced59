/**
 * Resolves an address against `base`. The base must not make a valid address fail: its user name
 * and password are left out, and a base that cannot resolve addresses (`blob:`) is replaced by the
 * page's origin.
 *
 * @returns null if it cannot be resolved.
 */
export function resolveUrl(address: string, base: string): URL | null {
  const start = URL.canParse('/', base) ? base : self.origin;
  if (!URL.canParse(start)) return parseUrl(address);
  const bare = new URL(start);
  bare.username = bare.password = '';
  return parseUrl(address, bare.href);
}

/**
 * The URL, or null if `address` is not one. Like `URL.parse()`, which supported browsers may lack.
 */
export function parseUrl(address: string, base?: string): URL | null {
  return URL.canParse(address, base) ? new URL(address, base) : null;
}

/**
 * The host name of the page's origin, also in a `srcdoc` or `blob:` page; empty if there is none.
 */
export function pageHostname(): string {
  return parseUrl(self.origin)?.hostname ?? '';
}
