import type { APIRoute } from 'astro';
import { createEndpoints } from '../../qualifio.js';

let endpoints: ReturnType<typeof createEndpoints> | undefined;

// With the first request: a build has no secrets.
export const ALL: APIRoute = ({ request }) =>
  (endpoints ??= createEndpoints()).tokenEndpoint(request);
