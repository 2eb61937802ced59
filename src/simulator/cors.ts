import type { MiddlewareHandler } from 'hono';
import { isLoopbackPage } from './loopback.js';

/**
 * Lets pages of this very machine read an answer, with credentials as
 * `<qualifio-campaign>` asks for them, whatever their port; nobody else.
 */
export const allowLoopback: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('Origin');
  const allowed = origin !== undefined && isLoopbackPage(origin);
  if (context.req.method === 'OPTIONS') {
    context.res = new Response(null, { status: allowed ? 204 : 403 });
  } else {
    await next();
  }
  context.header('Vary', 'Origin');
  if (!allowed) return;
  context.header('Access-Control-Allow-Origin', origin);
  context.header('Access-Control-Allow-Credentials', 'true');
  context.header('Access-Control-Allow-Methods', 'GET');
  context.header('Access-Control-Allow-Headers', 'x-requested-with');
  context.header('Access-Control-Expose-Headers', 'Date, Retry-After');
};
