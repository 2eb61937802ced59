import { createEndpoints, type Endpoints } from './qualifio.js';

export const dynamic = 'force-dynamic';

let endpoints: Endpoints | undefined;

/** `next build` loads this module without secrets, so the first request creates the endpoints. */
export async function GET(request: Request): Promise<Response> {
  endpoints ??= createEndpoints();
  return endpoints.tokenEndpoint(request);
}

export { GET as HEAD, GET as OPTIONS };
