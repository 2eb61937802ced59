import { AngularNodeAppEngine, writeResponseToNodeResponse } from '@angular/ssr/node';
import express, { type Request as ExpressRequest, type Response as ExpressResponse } from 'express';
import { createEndpoints } from './qualifio.js';

let endpoints: ReturnType<typeof createEndpoints> | undefined;

/** An endpoint of this package as a handler of Express. Made with the first request: a build has no secrets. */
const handler =
  (name: keyof ReturnType<typeof createEndpoints>) =>
  async (request: ExpressRequest, response: ExpressResponse): Promise<void> => {
    const url = `${request.protocol}://${request.host}${request.originalUrl}`;
    const headers = new Headers(request.headers as Record<string, string>);
    const answer = await (endpoints ??= createEndpoints())[name](
      new Request(url, { method: request.method, headers }),
    );
    await writeResponseToNodeResponse(answer, response);
  };

const angular = new AngularNodeAppEngine();
const app = express();
app.all('/qualifio/token', handler('tokenEndpoint'));
app.all('/jwks.json', handler('jwksEndpoint'));
app.use(express.static(`${import.meta.dirname}/../browser`, { index: false }));
app.use(async (request, response, next) => {
  const answer = await angular.handle(request);
  if (answer) await writeResponseToNodeResponse(answer, response);
  else next();
});
if (process.env['PORT']) app.listen(Number(process.env['PORT']));
