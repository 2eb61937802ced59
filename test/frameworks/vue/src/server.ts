import { readFile } from 'node:fs/promises';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { createMemoryHistory } from 'vue-router';
import { renderToString } from 'vue/server-renderer';
import { createPublisher } from './app.js';
import { createEndpoints } from './qualifio.js';

const { tokenEndpoint, jwksEndpoint } = createEndpoints();

const site = new Hono();
site.all('/qualifio/token', ({ req }) => tokenEndpoint(req.raw));
site.all('/jwks.json', ({ req }) => jwksEndpoint(req.raw));
site.get('/assets/*', serveStatic({ root: 'dist/client' }));
site.get('*', async (context) => {
  const page = await readFile('dist/client/index.html', 'utf8');
  const { app, router } = createPublisher(createMemoryHistory());
  await router.push(context.req.path);
  return context.html(page.replace('<!--app-->', await renderToString(app)));
});
serve({ fetch: site.fetch, port: Number(process.env['PORT']) });
