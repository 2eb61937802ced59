import type { Server } from 'node:http';
import fastify from 'fastify';
import { createEndpoints } from './qualifio.js';
import { toWebRequest } from './web-bridge.js';

const { tokenEndpoint, jwksEndpoint } = createEndpoints();
const app = fastify();
app.all('/qualifio/token', ({ raw }) => tokenEndpoint(toWebRequest(raw)));
app.all('/jwks.json', ({ raw }) => jwksEndpoint(toWebRequest(raw)));
await app.listen({ port: Number(process.env['PORT'] ?? 3000) });

export const server: Server = app.server;
