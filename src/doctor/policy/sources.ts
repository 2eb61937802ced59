/** What a source list is matched with. */
export interface Resource {
  readonly url: URL;
  readonly page: URL;
  /** Nonce of the element that loads it; empty if there is none. */
  readonly nonce?: string;
}

const schemeSource = /^([a-z][\w+.-]*):$/i;
const hostSource =
  /^(?:([a-z][\w+.-]*):\/\/)?(\*|(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*|\[[\da-f:.]+\])(?::(\d+|\*))?(\/[^?#]*)?$/i;

/** Whether a source list has a keyword, such as `'strict-dynamic'`. */
export const hasKeyword = (sources: readonly string[], keyword: string): boolean =>
  sources.some((source) => source.toLowerCase() === `'${keyword}'`);

/** Whether a source list has the nonce. Nonces are compared with case. */
export const hasNonce = (sources: readonly string[], nonce: string): boolean =>
  nonce !== '' &&
  sources.some((source) => /^'nonce-/i.test(source) && source.slice(7, -1) === nonce);

/** Whether a list of sources matches a URL (CSP 3, 6.7.2): hosts, schemes, paths, `'self'`. */
export function matchesUrl(sources: readonly string[], { url, page }: Resource): boolean {
  return sources.some((source) => matchesSource(source, url, page));
}

function matchesSource(source: string, url: URL, page: URL): boolean {
  if (source === '*') {
    return /^(https?|wss?):$/.test(url.protocol) || url.protocol === page.protocol;
  }
  const [, onlyScheme] = schemeSource.exec(source) ?? [];
  if (onlyScheme) return matchesScheme(onlyScheme, url.protocol);
  if (source.toLowerCase() === "'self'") return isSelf(url, page);
  const [, scheme, host, port, path] = hostSource.exec(source) ?? [];
  return (
    host !== undefined &&
    matchesScheme(scheme ?? page.protocol.slice(0, -1), url.protocol) &&
    matchesHost(host.toLowerCase(), url.hostname) &&
    matchesPort(port ?? '', url) &&
    (path === undefined || matchesPath(path, url.pathname))
  );
}

/** http also allows https; ws also allows wss and http. */
function matchesScheme(allowed: string, protocol: string): boolean {
  const [a, b] = [allowed.toLowerCase(), protocol.slice(0, -1)];
  return (
    a === b ||
    (a === 'http' && b === 'https') ||
    (a === 'ws' && ['wss', 'http', 'https'].includes(b)) ||
    (a === 'wss' && b === 'https')
  );
}

function matchesHost(allowed: string, hostname: string): boolean {
  if (allowed === '*') return true;
  return allowed.startsWith('*.') ? hostname.endsWith(allowed.slice(1)) : allowed === hostname;
}

function matchesPort(allowed: string, url: URL): boolean {
  const port = url.port || defaultPort(url.protocol);
  if (allowed === '*' || allowed === port) return true;
  // A URL on https matches port 80 of a source that allows the upgrade.
  if (allowed === '80') return port === '443';
  return allowed === '' && port === defaultPort(url.protocol);
}

function matchesPath(allowed: string, pathname: string): boolean {
  if (allowed === '/') return true;
  const path = decode(allowed);
  return path.endsWith('/') ? decode(pathname).startsWith(path) : decode(pathname) === path;
}

/** `'self'` is the page's origin, also over https if the page is on http, on default ports. */
function isSelf(url: URL, page: URL): boolean {
  if (url.origin === page.origin) return true;
  const isUpgrade = page.protocol === 'http:' && url.protocol === 'https:';
  return url.hostname === page.hostname && isUpgrade && url.port === '' && page.port === '';
}

function defaultPort(protocol: string): string {
  return protocol === 'http:' || protocol === 'ws:' ? '80' : '443';
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
