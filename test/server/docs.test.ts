import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import ts from 'typescript';
import { pairFor, tokenBody } from './fixtures.js';

/** The repository: this file runs from `.cache/<name>/test/server/`. */
const root = findRoot();
const examples = new URL('docs/examples/server/', root);
const compiled = new URL('.cache/docs-examples/', root);
const names = (await readdir(examples)).sort();

function findRoot(): URL {
  const here = import.meta.url;
  return new URL('./', here.slice(0, here.lastIndexOf('/.cache/') + 1));
}

describe('docs/server.md', () => {
  it('shows every example, exactly as it stands in its file', async () => {
    const page = await readFile(new URL('docs/server.md', root), 'utf8');
    const shown = /\(examples\/server\/([\w.-]+)\)\n\n```ts\n([^]*?)```\n/g;
    const blocks = new Map([...page.matchAll(shown)].map(([, name, text]) => [name!, text!]));
    assert.deepEqual([...blocks.keys()].sort(), names);
    for (const [name, text] of blocks) {
      assert.equal(text, await readFile(new URL(name, examples), 'utf8'), name);
    }
    assert.equal(page.match(/```ts\n/g)?.length, names.length, 'no TypeScript but from a file');
  });

  it('has examples that compile under the strictest settings of this repository', () => {
    const config = ts.readConfigFile(
      fileURLToPath(new URL('tsconfig.json', root)),
      ts.sys.readFile,
    );
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, fileURLToPath(root));
    const { declaration: _, declarationDir: __, isolatedDeclarations: ___, ...checked } = options;
    const program = ts.createProgram(
      names.map((name) => fileURLToPath(new URL(name, examples))),
      {
        ...checked,
        noEmit: true,
        rootDir: fileURLToPath(root),
        types: ['node'],
        paths: {
          'qualifio-campaign/server': [fileURLToPath(new URL('src/server/index.ts', root))],
        },
      },
    );
    const problems = ts.getPreEmitDiagnostics(program);
    const host = {
      getCanonicalFileName: String,
      getCurrentDirectory: () => '',
      getNewLine: () => '\n',
    };
    assert.equal(ts.formatDiagnostics(problems, host), '');
  });
});

describe('the example for', () => {
  const servers: Server[] = [];

  before(async () => {
    const server = new URL('../../src/server/index.js', import.meta.url).href;
    await mkdir(compiled, { recursive: true });
    await writeFile(new URL('package.json', compiled), '{"type": "module"}');
    for (const name of names) {
      const source = await readFile(new URL(name, examples), 'utf8');
      const { outputText } = ts.transpileModule(source, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      const text = outputText.replaceAll("'qualifio-campaign/server'", JSON.stringify(server));
      await writeFile(new URL(name.replace(/\.ts$/, '.js'), compiled), text);
    }
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
    import(pathToFileURL(fileURLToPath(new URL(name, compiled))).href) as Promise<
      Record<string, unknown>
    >;

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
