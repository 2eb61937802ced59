import { readFile } from 'node:fs/promises';
import express, { type Request as ExpressRequest, type Response as ExpressResponse } from 'express';
import { renderToString } from 'preact-render-to-string';
import { App } from './App.js';
import { createEndpoints } from './qualifio.js';

const { tokenEndpoint, jwksEndpoint } = createEndpoints();

/** An endpoint of this package as a handler of Express. */
const handler =
  (endpoint: (request: Request) => Promise<Response>) =>
  async (request: ExpressRequest, response: ExpressResponse): Promise<void> => {
    const url = `${request.protocol}://${request.host}${request.originalUrl}`;
    const headers = new Headers(request.headers as Record<string, string>);
    const answer = await endpoint(new Request(url, { method: request.method, headers }));
    response.status(answer.status).setHeaders(answer.headers);
    response.send(Buffer.from(await answer.arrayBuffer()));
  };

const app = express();
app.all('/qualifio/token', handler(tokenEndpoint));
app.all('/jwks.json', handler(jwksEndpoint));
app.use(express.static('dist/client', { index: false }));
app.get(/.*/, async ({ path }, response) => {
  const page = await readFile('dist/client/index.html', 'utf8');
  const html = renderToString(<App firstPath={path} />);
  response.send(page.replace('<!--app-->', html));
});
app.listen(Number(process.env['PORT']));
