import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import {
  connect,
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type IncomingHttpHeaders,
} from 'node:http2';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createApp, toNodeListener, type EventHandler } from 'h3';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  jwtVerify,
  type JSONWebKeySet,
} from 'jose';
import type { TokenEndpoint } from '../../src/server/index.js';
import { Command } from '../support/command.js';
import { DocsExamples } from '../support/docs-examples.js';
import { repository } from '../support/installed-package.js';
import { channel, FeedServer } from '../support/server/feed-server.js';
import {
  CAMPAIGN_ID,
  CHANNEL_ID,
  pairFor,
  TAG_NUMBER,
  tokenBody,
} from '../support/server/fixtures.js';

const examples = await DocsExamples.of('server');
/** Inside the repository, because the examples import its packages. */
const compiled = join(repository, '.cache/docs-examples/server/');

describe('docs/server.md', () => {
  it('contains every example exactly as in its file', () => examples.assertShown());

  it('uses different numbers for the tag and the campaign, also in the image', async () => {
    const page = await readFile(join(repository, 'docs/server.md'), 'utf8');
    const picture = await readFile(join(repository, 'docs/images/three-numbers.svg'), 'utf8');
    assert.match(page, /\(images\/three-numbers\.svg\)/);
    for (const text of [page, picture]) {
      for (const number of [TAG_NUMBER, CAMPAIGN_ID]) assert.ok(text.includes(number), number);
    }
    const campaigns = /^.*'123456': \{[^}]*\}/gm;
    const entries = [...page.matchAll(campaigns)].map(([entry]) => entry);
    assert.ok(entries.length >= 5);
    for (const entry of entries) assert.match(entry, /campaignId: '98765'/);
  });

  it('has examples that compile under the strictest settings of this repository', () => {
    assert.equal(examples.problems(), '');
  });
});

describe('the example for', () => {
  const servers: Server[] = [];
  let denoCommand: Command | undefined;

  before(async () => {
    const server = new URL('../../src/server/index.ts', import.meta.url).href;
    const next = new URL('../support/server/next-server.ts', import.meta.url).href;
    await examples.writeTo(compiled, (text) =>
      text
        .replaceAll("'qualifio-campaign/server'", JSON.stringify(server))
        .replaceAll("'next/server'", JSON.stringify(next)),
    );
    const { privatePem } = await pairFor('RS256');
    const { publicPem } = await pairFor('RS384');
    Object.assign(process.env, {
      PORT: '0',
      SESSION_SECRET: 'only-for-this-test',
      QUALIFIO_KEY_ID: 'docs-key',
      QUALIFIO_PRIVATE_KEY: privatePem,
      QUALIFIO_PUBLIC_KEY: publicPem,
    });
  });

  after(async () => {
    await denoCommand?.end('SIGKILL');
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  const load = (name: string): Promise<Record<string, unknown>> =>
    import(new URL(name, pathToFileURL(compiled)).href) as Promise<Record<string, unknown>>;

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

  async function startDeno(): Promise<string> {
    // The command of the package `deno` starts another process, which would outlive it.
    const { runInstall } = createRequire(import.meta.url)('deno/install_api.cjs') as {
      runInstall: () => string;
    };
    const flags = [
      'serve',
      '--sloppy-imports',
      '--allow-env',
      '--allow-read',
      '--host',
      '127.0.0.1',
      '--port',
      '0',
    ];
    denoCommand = new Command(runInstall(), [...flags, 'deno.js'], compiled);
    return denoCommand.printed(/http:\/\/127\.0\.0\.1:\d+/, 'stderr');
  }

  for (const [host, open] of [
    ["Node's http", () => start('node-http.js')],
    ['Hono', () => start('hono.js')],
    ['Koa', () => start('koa.js')],
    ['Fastify', () => start('fastify.js')],
    ['Deno', startDeno],
  ] as const) {
    // @holds S19
    it(`S19: ${host} returns a token that its JWKS verifies, and the documented refusals`, async () => {
      const origin = await open();
      const url = `${origin}/qualifio/token?campaignId=${TAG_NUMBER}`;
      const granted = await fetch(url, { headers: signedIn });
      assert.equal(granted.status, 200);
      assert.equal(granted.headers.get('cache-control'), 'no-store');
      const keys = createRemoteJWKSet(new URL(`${origin}/jwks.json`));
      const { payload } = await jwtVerify((await tokenBody(granted)).token, keys);
      assert.equal(payload.sub, '42');
      assert.equal(payload['campaignId'], CAMPAIGN_ID);
      const tag = await fetch(`${url}&part=tag`, { headers: { 'X-Requested-With': 'a' } });
      assert.equal(tag.headers.get('cache-control'), 'public, max-age=60');
      const host = 'jeux.publisher.com';
      assert.deepEqual(await tag.json(), {
        tag: { channelId: CHANNEL_ID, host, tokenCampaignId: CAMPAIGN_ID },
      });

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
        const response = await fetch(`${origin}${path}?campaignId=${TAG_NUMBER}`, {
          headers: signedIn,
        });
        assert.equal(response.status, 404, path);
      }

      const head = await fetch(url, { headers: signedIn, method: 'HEAD' });
      assert.equal(head.status, 200);
      assert.equal(await head.text(), '');
    });
  }

  describe('Express', () => {
    let local: string;
    let production: string;

    before(async () => {
      delete process.env['NODE_ENV'];
      local = await start('express.js');
      process.env['NODE_ENV'] = 'production';
      production = await start('express.js?production');
      delete process.env['NODE_ENV'];
    });

    const tokenUrl = (origin: string): string =>
      `${origin}/qualifio/token?campaignId=${TAG_NUMBER}`;
    /** The request that a proxy that ends TLS forwards. */
    const proxied = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'www.publisher.com' };
    const asked = { 'X-Requested-With': 'a' };
    const cookieOf = (answer: Response): string =>
      (answer.headers.getSetCookie()[0] ?? '').split(';')[0]!;
    const logIn = (origin: string, headers: Record<string, string>): Promise<Response> =>
      fetch(`${origin}/login`, { method: 'POST', headers });
    const askWith = async (cookie: string, headers: Record<string, string> = {}) =>
      fetch(tokenUrl(local), { headers: { ...asked, ...headers, Cookie: cookie } });

    it('returns a token to the user of its session in production', async () => {
      const url = tokenUrl(production);
      const headers = { ...asked, ...proxied };
      assert.equal((await fetch(url, { headers })).status, 401);
      const login = await logIn(production, { ...headers, Origin: 'https://www.publisher.com' });
      const setCookie = login.headers.getSetCookie()[0] ?? '';
      assert.match(setCookie, /^__Host-session=[^;]+; Path=\/;.* HttpOnly; Secure; SameSite=Lax$/);
      const granted = await fetch(url, { headers: { ...headers, Cookie: cookieOf(login) } });
      assert.equal(granted.status, 200);
      const { publicKey } = await pairFor('RS256');
      const { payload } = await jwtVerify((await tokenBody(granted)).token, publicKey);
      assert.equal(payload.sub, '42');
      assert.equal(payload['campaignId'], CAMPAIGN_ID);
      assert.equal((await fetch(url, { method: 'HEAD', headers })).status, 401);
      assert.equal((await fetch(url, { method: 'PUT', headers })).status, 405);
    });

    it('works unchanged on http://localhost', async () => {
      const site = 'same-origin';
      const login = await logIn(local, { Origin: local, 'Sec-Fetch-Site': site });
      assert.equal(login.status, 204);
      // The cookie that a browser accepts over http.
      assert.match(
        login.headers.getSetCookie()[0] ?? '',
        /^session=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/,
      );
      const granted = await fetch(tokenUrl(local), {
        headers: { 'Sec-Fetch-Site': site, Cookie: cookieOf(login) },
      });
      assert.equal(granted.status, 200);
    });

    for (const headers of [
      { Origin: 'https://evil.com' },
      { Origin: 'null' },
      { Origin: 'https://jeux.publisher.com', 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ] as Record<string, string>[]) {
      const what = Object.entries(headers).map((header) => header.join(': '));
      // @holds S25
      it(`starts no session for a login with ${what.join(', ')}`, async () => {
        for (const answer of [
          await logIn(local, headers),
          await logIn(production, { ...proxied, ...headers }),
        ]) {
          assert.equal(answer.status, 403);
          assert.deepEqual(answer.headers.getSetCookie(), []);
        }
      });
    }

    // @holds S25
    it('creates a new session ID at each login and invalidates the previous one', async () => {
      const planted = cookieOf(await logIn(local, { Origin: local }));
      const cookie = cookieOf(await logIn(local, { Origin: local, Cookie: planted }));
      assert.notEqual(cookie, '');
      assert.notEqual(cookie, planted);
      assert.equal((await askWith(planted)).status, 401);
      assert.equal((await askWith(cookie)).status, 200);
    });
  });

  it("Node's http2 returns a token and its keys, through the bridge", async (t) => {
    const { createEndpoints } = (await load('qualifio.js')) as {
      createEndpoints: () => Record<'tokenEndpoint' | 'jwksEndpoint', TokenEndpoint>;
    };
    const { toWebRequest, sendWebResponse } = (await load('web-bridge.js')) as {
      toWebRequest: (from: Http2ServerRequest) => Request;
      sendWebResponse: (response: Response, to: Http2ServerResponse) => Promise<void>;
    };
    const { tokenEndpoint, jwksEndpoint } = createEndpoints();
    const server = createHttp2Server((from, to) => {
      const route = from.url === '/jwks.json' ? jwksEndpoint : tokenEndpoint;
      void route(toWebRequest(from)).then((response) => sendWebResponse(response, to));
    });
    server.listen(0);
    await once(server, 'listening');
    const client = connect(`http://localhost:${(server.address() as AddressInfo).port}`);
    t.after(() => {
      client.close();
      server.close();
    });
    const ask = async (path: string, headers: Record<string, string>) => {
      const stream = client.request({ ':path': path, ...headers });
      const [answer] = (await once(stream, 'response')) as [IncomingHttpHeaders];
      let body = '';
      for await (const chunk of stream.setEncoding('utf8')) body += String(chunk);
      return { status: answer[':status'], cache: answer['cache-control'], body };
    };
    const path = `/qualifio/token?campaignId=${TAG_NUMBER}`;
    const granted = await ask(path, signedIn);
    assert.equal(granted.status, 200);
    assert.equal(granted.cache, 'no-store');
    const { token } = JSON.parse(granted.body) as { token: string };
    const keys = JSON.parse((await ask('/jwks.json', {})).body) as JSONWebKeySet;
    assert.equal((await jwtVerify(token, createLocalJWKSet(keys))).payload.sub, '42');
    assert.equal((await ask(path, {})).status, 403);
    assert.equal((await ask(path, { ...signedIn, origin: 'https://evil.com' })).status, 403);
  });

  it('every platform loads without secrets, except servers, which name the variable that is missing', async () => {
    const secrets = { ...process.env };
    for (const name of Object.keys(process.env))
      if (name.startsWith('QUALIFIO_')) delete process.env[name];
    const servers = ['express', 'fastify', 'hono', 'koa', 'lambda', 'node-http', 'deno'];
    try {
      for (const name of examples.names.map((source) => source.replace(/\.ts$/, ''))) {
        const loaded = load(`${name}.js?without-secrets`);
        if (!servers.includes(name)) await loaded;
        else
          await assert.rejects(
            loaded,
            /^TypeError: (?:signing|keys\[0\])\.kid: is empty; set the variable that it comes from$/,
          );
      }
    } finally {
      Object.assign(process.env, secrets);
    }
  });

  const webRequest = (path: string): Request =>
    new Request(`https://www.publisher.com${path}`, { headers: signedIn });

  const tokenPath = `/qualifio/token?campaignId=${TAG_NUMBER}`;

  for (const [framework, name, method, argumentOf] of [
    ['Next.js', 'next-route.js', 'GET', (request: Request) => request],
    ['SvelteKit', 'sveltekit.js', 'GET', (request: Request) => ({ request, params: {} })],
    ['SolidStart', 'solidstart.js', 'GET', (request: Request) => ({ request, params: {} })],
    ['Astro', 'astro.js', 'ALL', (request: Request) => ({ request, params: {} })],
  ] as const) {
    it(`${framework} returns a token`, async () => {
      const route = (await load(name))[method] as (argument: unknown) => Promise<Response>;
      assert.equal((await route(argumentOf(webRequest(tokenPath)))).status, 200);
    });
  }

  it('Nuxt returns a token, in a server of h3', async () => {
    const handler = (await load('nuxt.js'))['default'] as EventHandler;
    const server = createServer(toNodeListener(createApp().use('/qualifio/token', handler)));
    servers.push(server.listen(0));
    await once(server, 'listening');
    const url = `http://localhost:${(server.address() as AddressInfo).port}${tokenPath}`;
    const granted = await fetch(url, { headers: signedIn });
    assert.equal(granted.headers.get('cache-control'), 'no-store');
    assert.equal(decodeJwt((await tokenBody(granted)).token)['campaignId'], CAMPAIGN_ID);
    assert.equal((await fetch(url, { headers: signedIn, method: 'HEAD' })).status, 200);
    assert.equal((await fetch(url, { headers: { 'X-Requested-With': 'a' } })).status, 401);
    assert.equal((await fetch(url, { headers: signedIn, method: 'POST', body: 'a' })).status, 405);
  });

  it('AWS Lambda returns a token and its keys', async () => {
    const { handler } = (await load('lambda.js')) as {
      handler: (event: object) => Promise<APIGatewayProxyStructuredResultV2>;
    };
    /** An event of payload format 2.0, as a function URL and API Gateway send it. */
    const ask = (rawPath: string, rawQueryString = '', method = 'GET', cookies?: string[]) =>
      handler({
        ...{ version: '2.0', rawPath, rawQueryString, cookies, isBase64Encoded: false },
        headers: { 'x-requested-with': 'qualifio-campaign', host: 'a.lambda-url.on.aws' },
        requestContext: { http: { method, path: rawPath }, domainName: 'a.lambda-url.on.aws' },
      });
    const query = `campaignId=${TAG_NUMBER}`;
    const cookies = ['theme=dark', '__Host-session=example-session-id'];
    const granted = await ask('/qualifio/token', query, 'GET', cookies);
    assert.equal(granted.statusCode, 200);
    assert.equal(granted.headers?.['cache-control'], 'no-store');
    const { token } = JSON.parse(granted.body ?? '') as { token: string };
    const keys = JSON.parse((await ask('/jwks.json')).body ?? '') as JSONWebKeySet;
    assert.equal((await jwtVerify(token, createLocalJWKSet(keys))).payload.sub, '42');
    assert.equal((await ask('/qualifio/token', query)).statusCode, 401);
    assert.equal((await ask('/qualifio/token', query, 'POST', cookies)).statusCode, 405);
    assert.equal((await ask('//evil.com/qualifio/token', query)).statusCode, 404);
  });

  it('Cloudflare Workers returns a token and its keys', async () => {
    const worker = (await load('cloudflare-worker.js'))['default'] as {
      fetch: (request: Request, env: unknown) => Promise<Response>;
    };
    const ask = (path: string): Promise<Response> => worker.fetch(webRequest(path), process.env);
    assert.equal((await ask(`/qualifio/token?campaignId=${TAG_NUMBER}`)).status, 200);
    assert.equal((await ask('/jwks.json')).status, 200);
    assert.equal((await ask('/')).status, 404);
  });

  it("a campaign feed returns a token for the feed's campaign", async () => {
    const feed = await FeedServer.start();
    try {
      feed.answer = feed.pages([channel()]);
      process.env['QUALIFIO_FEED_URL'] = feed.url;
      const { createEndpoint } = (await load('campaign-feed.js')) as {
        createEndpoint: () => TokenEndpoint;
      };
      const response = await createEndpoint()(webRequest(`/?campaignId=${TAG_NUMBER}`));
      const { token } = await tokenBody(response);
      assert.equal(decodeJwt(token)['campaignId'], CAMPAIGN_ID);
    } finally {
      feed.stop();
    }
  });

  it('a mini-site redirects a signed-in participant with a token, and others to the login', async () => {
    const { GET } = (await load('mini-site.js')) as {
      GET: (request: Request) => Promise<Response>;
    };
    const response = await GET(webRequest('/play'));
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
    const to = new URL(response.headers.get('location') ?? '');
    assert.equal(to.origin, 'https://jeux.publisher.com');
    const { publicKey } = await pairFor('RS256');
    const { payload } = await jwtVerify(to.searchParams.get('qual_token') ?? '', publicKey);
    assert.equal(payload['campaignId'], CAMPAIGN_ID);
    assert.equal((payload.exp ?? 0) - (payload.iat ?? 0), 60);
    const signedOut = await GET(new Request('https://www.publisher.com/play'));
    assert.match(signedOut.headers.get('location') ?? '', /\/login/);
  });

  it('the profile service answers with the form of a known access token', async () => {
    const { GET } = (await load('profile-endpoint.js')) as {
      GET: (request: Request) => Promise<Response>;
    };
    const ask = (token: string): Promise<Response> =>
      GET(
        new Request('https://www.publisher.com/profile', {
          headers: { Authorization: `Bearer ${token}` },
        }),
      );
    assert.deepEqual(await (await ask('example-access-token')).json(), {
      email: 'ada@example.com',
    });
    assert.equal((await ask('another')).status, 401);
  });

  // @holds S20
  it('S20: a profile access token returns it in an encrypted token', async () => {
    const { createEndpoint } = (await load('profile-token.js')) as {
      createEndpoint: () => TokenEndpoint;
    };
    const response = await createEndpoint()(webRequest(`/?campaignId=${TAG_NUMBER}`));
    const { token } = await tokenBody(response);
    assert.equal(token.split('.').length, 5);
    assert.ok(!Buffer.from(token.split('.')[3]!, 'base64url').includes('profile:read'));
  });
});
