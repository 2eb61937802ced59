import { isIPv4 } from 'node:net';

/** Whether a host name, as in a URL, is a loopback name of this machine. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (isIPv4(name)) return name.startsWith('127.');
  return name === '::1' || name === 'localhost' || name.endsWith('.localhost');
}

/** Whether text is the origin or URL of a page on this machine. */
export function isLoopbackPage(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}
