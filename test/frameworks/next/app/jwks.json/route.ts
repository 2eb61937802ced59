import { createEndpoints } from '@/lib/qualifio';
import { connection } from 'next/server';

let endpoints: ReturnType<typeof createEndpoints> | undefined;

/** `next build` runs this up to `connection()`, without secrets. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  endpoints ??= createEndpoints();
  return endpoints.jwksEndpoint(request);
}

export { GET as HEAD, GET as OPTIONS };
