/** One process of the publisher's server: the endpoints of docs/examples/keys/rotation.ts. */
import { createServer } from 'node:http';
import { createEndpoints } from '../../../docs/examples/keys/rotation.js';
import { sendWebResponse, toWebRequest } from '../../../docs/examples/server/web-bridge.js';

const { tokenEndpoint, jwksEndpoint } = createEndpoints(() => ({ sub: 'reader-7' }));

createServer((from, to) => {
  const route = from.url === '/jwks.json' ? jwksEndpoint : tokenEndpoint;
  void route(toWebRequest(from)).then((response) => {
    response.headers.set('x-process', String(process.pid));
    return sendWebResponse(response, to);
  });
}).listen(0, '127.0.0.1');
