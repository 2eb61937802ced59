import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import { decodeJwt } from 'jose';
import {
  createJwksEndpoint,
  createTokenEndpoint,
  type TokenEndpoint,
} from '../../src/server/index.js';
import { pairFor, TAG_NUMBER, tokenBody, workingOptions } from '../support/server/fixtures.js';

/** A shared cache that stores everything that it may, by URL and by the headers in `Vary`. */
function createCache(fetchOrigin: TokenEndpoint): TokenEndpoint {
  const stored = new Map<string, { vary: string[]; response: Response }[]>();
  const keyOf = (request: Request, vary: readonly string[]): string =>
    vary.map((name) => request.headers.get(name)).join('|');
  return async (request) => {
    const entries = stored.get(request.url) ?? [];
    const variant = entries.find(
      ({ vary, response }) => keyOf(request, vary) === response.headers.get('x-variant'),
    );
    if (variant) return variant.response.clone();
    const response = await fetchOrigin(request);
    if (/no-store|private/.test(response.headers.get('cache-control') ?? '')) return response;
    const vary = (response.headers.get('vary') ?? '').split(',').map((name) => name.trim());
    const copy = new Response(await response.text(), response);
    const names = vary.filter((name) => name !== '');
    copy.headers.set('x-variant', keyOf(request, names));
    stored.set(request.url, [...entries, { vary: names, response: copy }]);
    return copy.clone();
  };
}

describe('behind a shared cache', () => {
  let server: Server;
  let origin: string;
  let served = 0;

  before(async () => {
    const token = createTokenEndpoint({
      ...(await workingOptions()),
      participant: ({ headers }) => {
        const sub = headers.get('cookie')?.replace('session=', '');
        return sub === undefined ? null : { sub };
      },
    });
    const jwks = createJwksEndpoint([{ alg: 'ES256', key: (await pairFor('ES256')).publicPem }]);
    const cache = createCache((request) => {
      served += 1;
      return request.url.endsWith('.json') ? jwks(request) : token(request);
    });
    server = createServer(getRequestListener(cache, { overrideGlobalObjects: false }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = (cookie?: string): Promise<Response> =>
    fetch(`${origin}/token?campaignId=${TAG_NUMBER}`, {
      headers: { 'X-Requested-With': 'a', ...(cookie !== undefined && { Cookie: cookie }) },
    });

  // @holds S15
  it('S15: each user gets their own token, and signed-out users get none', async () => {
    const subjects: unknown[] = [];
    for (const user of ['ada', 'grace', 'ada']) {
      const { token } = await tokenBody(await ask(`session=${user}`));
      subjects.push(decodeJwt(token).sub);
    }
    assert.deepEqual(subjects, ['ada', 'grace', 'ada']);
    assert.equal((await ask()).status, 401);
    assert.equal((await ask('session=ada')).status, 200);
  });

  it('the keys are fetched once, as a control that the cache works', async () => {
    served = 0;
    for (let call = 0; call < 3; call += 1) {
      assert.equal((await fetch(`${origin}/jwks.json`)).status, 200);
    }
    assert.equal(served, 1);
  });
});
