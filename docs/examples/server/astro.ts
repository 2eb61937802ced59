import { endpoints } from '../../lib/qualifio';

export const prerender = false;

export const ALL = ({ request }: { request: Request }): Promise<Response> =>
  endpoints().tokenEndpoint(request);
