const label = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
const grammar = new RegExp(`^${label}(?:\\.${label})*(?::\\d{1,5})?$`, 'i');

/**
 * Whether `text` is an ASCII hostname with an optional `:port` and nothing else: no scheme, user,
 * path, white space, trailing dot or IPv6 literal, and nothing that a URL parser would read as
 * another host (`0x7f.1`).
 */
export function isHost(text: string): boolean {
  return grammar.test(text) && text.length <= 260 && canonicalHost(text) !== null;
}

/** Whether two hosts are the same one, compared whole and without regard to case or a port 443. */
export function isSameHost(a: string, b: string): boolean {
  const host = canonicalHost(a);
  return host !== null && host === canonicalHost(b);
}

/** The page and its endpoint may talk http only where nobody else can listen. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

function canonicalHost(text: string): string | null {
  if (!URL.canParse(`https://${text}`)) return null;
  const { host } = new URL(`https://${text}`);
  return host === text.toLowerCase().replace(/:0*443$/, '') ? host : null;
}
