import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createEndpoints } from './qualifio.js';

const { tokenEndpoint, jwksEndpoint } = createEndpoints();
const app = new Hono();
app.all('/qualifio/token', ({ req }) => tokenEndpoint(req.raw));
app.all('/jwks.json', ({ req }) => jwksEndpoint(req.raw));

export const server = serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 3000) });
