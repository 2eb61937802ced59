import { endpoints } from '~/lib/qualifio';

export const GET = ({ request }: { request: Request }): Promise<Response> =>
  endpoints().tokenEndpoint(request);

export { GET as HEAD, GET as OPTIONS };
