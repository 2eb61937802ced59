import type { APIEvent } from '@solidjs/start/server';
import { createEndpoints } from '../qualifio.js';

let endpoints: ReturnType<typeof createEndpoints> | undefined;

// With the first request: a build has no secrets.
const answer = ({ request }: APIEvent): Promise<Response> =>
  (endpoints ??= createEndpoints()).jwksEndpoint(request);

export { answer as GET, answer as OPTIONS };
