import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createEndpoints } from './qualifio.js';

const { tokenEndpoint, jwksEndpoint } = createEndpoints();
const routes = new Map([
  ['/qualifio/token', tokenEndpoint],
  ['/jwks.json', jwksEndpoint],
]);

export async function handler(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const route = routes.get(event.rawPath);
  if (!route) return { statusCode: 404 };
  const response = await route(toWebRequest(event));
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

function toWebRequest(event: APIGatewayProxyEventV2): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers)) headers.set(name, value ?? '');
  if (event.cookies) headers.set('cookie', event.cookies.join('; '));
  return new Request(`https://www.publisher.com${event.rawPath}?${event.rawQueryString}`, {
    method: event.requestContext.http.method,
    headers,
  });
}
