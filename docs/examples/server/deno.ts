import { createEndpoints } from './qualifio.js';

const { tokenEndpoint, jwksEndpoint } = createEndpoints();
const routes = new Map([
  ['/qualifio/token', tokenEndpoint],
  ['/jwks.json', jwksEndpoint],
]);

export default {
  async fetch(request: Request): Promise<Response> {
    const route = routes.get(new URL(request.url).pathname);
    return route ? route(request) : new Response(null, { status: 404 });
  },
};
