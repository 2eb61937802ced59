import { connection } from 'next/server';
import { endpoints } from '@/lib/qualifio';

export async function GET(request: Request): Promise<Response> {
  // Without this line, `next build` may call the function.
  await connection();
  return endpoints().tokenEndpoint(request);
}

export { GET as HEAD, GET as OPTIONS };
