import type { IncomingMessage, ServerResponse } from 'node:http';

/** Express changes `url` inside routers, so the full path is in `originalUrl`. */
type NodeRequest = IncomingMessage & { readonly originalUrl?: string };

export function toWebRequest({ method, url, originalUrl, headers }: NodeRequest): Request {
  const values = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  // Joined as text: `new URL('//evil.com', origin)` would have another origin.
  return new Request(`https://www.publisher.com${originalUrl ?? url}`, {
    method: method ?? 'GET',
    headers: Object.fromEntries(values),
  });
}

export async function sendWebResponse(response: Response, to: ServerResponse): Promise<void> {
  to.writeHead(response.status, Object.fromEntries(response.headers));
  to.end(await response.text());
}
