import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { DocsExamples } from '../support/docs-examples.js';
import { repository } from '../support/installed-package.js';
import { pairFor, tokenBody } from './fixtures.js';

const examples = await DocsExamples.of('server');
/** Inside the repository, whose packages they import. */
const compiled = join(repository, '.cache/docs-examples/server/');

describe('docs/server.md', () => {
  it('shows every example, exactly as it stands in its file', () => examples.assertShown());

  it('has examples that compile under the strictest settings of this repository', () => {
    assert.equal(examples.problems(), '');
  });
});

describe('the example for', () => {
  const servers: Server[] = [];

  before(async () => {
    const server = new URL('../../src/server/index.js', import.meta.url).href;
    await examples.writeTo(compiled, (text) =>
      text.replaceAll("'qualifio-campaign/server'", JSON.stringify(server)),
    );
    const { privatePem } = await pairFor('RS256');
    const { publicPem } = await pairFor('RS384');
    Object.assign(process.env, {
      PORT: '0',
      SESSION_SECRET: 'only-for-this-test',
      QUALIFIO_KEY_ID: 'docs-key',
      QUALIFIO_PRIVATE_KEY: privatePem,
      QUALIFIO_OLD_PUBLIC_KEY: publicPem,
      QUALIFIO_PUBLIC_KEY: publicPem,
    });
  });

  after(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  const load = (name: string): Promise<Record<string, unknown>> =>
    import(pathToFileURL(join(compiled, name)).href) as Promise<Record<string, unknown>>;

  async function start(name: string): Promise<string> {
    const server = (await load(name))['server'] as Server;
    servers.push(server);
    if (!server.listening) await once(server, 'listening');
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  const signedIn = {
    'X-Requested-With': 'qualifio-campaign',
    Cookie: '__Host-session=example-session-id',
  };

  for (const [host, name] of [
    ["Node's http", 'node-http.js'],
    ['Hono', 'hono.js'],
  ] as const) {
    it(`S19: ${host} gives a token that its own JWKS verifies, and the contract's refusals`, async () => {
      const origin = await start(name);
      const url = `${origin}/qualifio/token?campaignId=123456`;
      const granted = await fetch(url, { headers: signedIn });
      assert.equal(granted.status, 200);
      assert.equal(granted.headers.get('cache-control'), 'no-store');
      const keys = createRemoteJWKSet(new URL(`${origin}/jwks.json`));
      const { payload } = await jwtVerify((await tokenBody(granted)).token, keys);
      assert.equal(payload.sub, '42');

      const status = async (init: RequestInit, to = url): Promise<number> =>
        (await fetch(to, init)).status;
      assert.equal(await status({}), 403);
      assert.equal(await status({ headers: { 'X-Requested-With': 'a' } }), 401);
      assert.equal(await status({ headers: { ...signedIn, Origin: 'https://evil.com' } }), 403);
      assert.equal(
        await status({ headers: { ...signedIn, Origin: 'https://www.publisher.com' } }),
        200,
      );
      assert.equal(await status({ headers: signedIn, method: 'POST', body: 'a' }), 405);
      assert.equal(await status({ headers: signedIn, method: 'OPTIONS' }), 403);
      assert.equal(await status({ headers: signedIn }, `${url}&campaignId=1`), 400);
      for (const path of [
        '/qualifio/token/',
        '/qualifio',
        '//evil.com/qualifio/token',
        '/QUALIFIO/token',
      ]) {
        const response = await fetch(`${origin}${path}?campaignId=123456`, { headers: signedIn });
        assert.equal(response.status, 404, path);
      }

      const head = await fetch(url, { headers: signedIn, method: 'HEAD' });
      assert.equal(head.status, 200);
      assert.equal(await head.text(), '');
    });
  }

  it('Express gives a token to whoever is in its session', async () => {
    const origin = await start('express.js');
    const url = `${origin}/qualifio/token?campaignId=123456`;
    const headers = { 'X-Requested-With': 'a', 'X-Forwarded-Proto': 'https' };
    assert.equal((await fetch(url, { headers })).status, 401);
    const login = await fetch(`${origin}/login`, { method: 'POST', headers });
    const setCookie = login.headers.getSetCookie()[0] ?? '';
    assert.match(setCookie, /^__Host-session=[^;]+; Path=\/;.* HttpOnly; Secure; SameSite=Lax$/);
    const granted = await fetch(url, { headers: { ...headers, Cookie: setCookie.split(';')[0]! } });
    assert.equal(granted.status, 200);
    const { publicKey } = await pairFor('RS256');
    const { payload } = await jwtVerify((await tokenBody(granted)).token, publicKey);
    assert.equal(payload.sub, '42');
    const head = await fetch(url, { method: 'HEAD', headers });
    assert.equal(head.status, 401);
    assert.equal((await fetch(url, { method: 'PUT', headers })).status, 405);
  });

  const webRequest = (path: string): Request =>
    new Request(`https://www.publisher.com${path}`, { headers: signedIn });

  it('Next.js gives a token', async () => {
    const { GET } = (await load('next-route.js')) as {
      GET: (request: Request) => Promise<Response>;
    };
    assert.equal((await GET(webRequest('/qualifio/token?campaignId=123456'))).status, 200);
  });

  it('Cloudflare Workers gives a token and its keys', async () => {
    const worker = (await load('cloudflare-worker.js'))['default'] as {
      fetch: (request: Request, env: unknown) => Promise<Response>;
    };
    const ask = (path: string): Promise<Response> => worker.fetch(webRequest(path), process.env);
    assert.equal((await ask('/qualifio/token?campaignId=123456')).status, 200);
    assert.equal((await ask('/jwks.json')).status, 200);
    assert.equal((await ask('/')).status, 404);
  });

  it('rotation publishes both keys', async () => {
    const { jwksEndpoint } = (await load('rotation.js')) as {
      jwksEndpoint: (request: Request) => Promise<Response>;
    };
    const { keys } = (await (await jwksEndpoint(webRequest('/'))).json()) as {
      keys: { kid: string }[];
    };
    assert.deepEqual(
      keys.map(({ kid }) => kid),
      ['2026-11', '2026-05'],
    );
  });

  it('S20: a profile access token puts it into an encrypted token', async () => {
    const { tokenEndpoint } = (await load('profile-token.js')) as {
      tokenEndpoint: (request: Request) => Promise<Response>;
    };
    const response = await tokenEndpoint(webRequest('/?campaignId=123456'));
    const { token } = await tokenBody(response);
    assert.equal(token.split('.').length, 5);
    assert.ok(!Buffer.from(token.split('.')[3]!, 'base64url').includes('profile:read'));
  });
});
