import { createEndpoints } from '#lib/server/qualifio.js';

let endpoints: ReturnType<typeof createEndpoints> | undefined;

// With the first request: a build has no secrets.
export const fallback = ({ request }: { request: Request }): Promise<Response> =>
  (endpoints ??= createEndpoints()).jwksEndpoint(request);
