import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createEndpoints } from './qualifio.js';
import { sendWebResponse, toWebRequest } from './web-bridge.js';

const { tokenEndpoint, jwksEndpoint } = createEndpoints();
const routes = new Map([
  ['/qualifio/token', tokenEndpoint],
  ['/jwks.json', jwksEndpoint],
]);

async function serve(from: IncomingMessage, to: ServerResponse): Promise<void> {
  const route = routes.get(from.url?.split('?')[0] ?? '');
  if (!route) {
    to.writeHead(404).end();
    return;
  }
  try {
    await sendWebResponse(await route(toWebRequest(from)), to);
  } catch {
    // A web Request cannot be made with TRACE or CONNECT.
    to.writeHead(400).end();
  }
}

export const server: Server = createServer((from, to) => void serve(from, to));
server.listen(Number(process.env['PORT'] ?? 3000));
