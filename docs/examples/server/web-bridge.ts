import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** Express changes `url` inside routers, so the full path is in `originalUrl`. */
type NodeRequest = (IncomingMessage | Http2ServerRequest) & { readonly originalUrl?: string };

export function toWebRequest({ method, url, originalUrl, headers }: NodeRequest): Request {
  // `:path` and other names with a colon are HTTP/2's own, not headers.
  const fields = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  const values = fields.map(([name, value]) => [name, String(value)] as const);
  // Joined as text: `new URL('//evil.com', origin)` would have another origin.
  return new Request(`https://www.publisher.com${originalUrl ?? url}`, {
    method: method ?? 'GET',
    headers: Object.fromEntries(values),
  });
}

export async function sendWebResponse(
  response: Response,
  to: ServerResponse | Http2ServerResponse,
): Promise<void> {
  to.statusCode = response.status;
  response.headers.forEach((value, name) => to.setHeader(name, value));
  to.end(await response.text());
}
