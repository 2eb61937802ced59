import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createSimulator } from 'qualifio-campaign/simulator';

/** The simulator next to other mocks, in the server that your tests start. */
export const simulator = createSimulator({ jwks: 'http://localhost:3000/jwks.json', lang: 'en' });

const app = new Hono();
app.get('/mail/outbox', (context) => context.json([]));
app.all('*', (context) => simulator.fetch(context.req.raw));

export const server = serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 4400) });
