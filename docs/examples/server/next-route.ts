import { tokenEndpoint } from './qualifio.js';

type Handler = (request: Request) => Promise<Response>;

export const dynamic = 'force-dynamic';

export const GET: Handler = tokenEndpoint;
export const HEAD: Handler = tokenEndpoint;
export const OPTIONS: Handler = tokenEndpoint;
