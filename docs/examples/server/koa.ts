import type { Server } from 'node:http';
import Koa from 'koa';
import { createEndpoints } from './qualifio.js';
import { toWebRequest } from './web-bridge.js';

const { tokenEndpoint, jwksEndpoint } = createEndpoints();
const routes = new Map([
  ['/qualifio/token', tokenEndpoint],
  ['/jwks.json', jwksEndpoint],
]);

const app = new Koa();
app.use(async (ctx, next) => {
  const route = routes.get(ctx.path);
  if (route) ctx.body = await route(toWebRequest(ctx.req));
  else await next();
});

export const server: Server = app.listen(Number(process.env['PORT'] ?? 3000));
