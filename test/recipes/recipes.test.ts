/**
 * The endpoints of docs/endpoints/, taken out of their pages and started, against the request table of our
 * own endpoint. Needs the languages: `npm run test:recipes` runs those that are installed; in CI, all must be.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { Agent, request as sendRequest, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { repository } from '../support/installed-package.js';
import { CAMPAIGN_ID, OWN_ORIGIN, pairFor, TAG_NUMBER } from '../support/server/fixtures.js';
import {
  CUSTOM_HEADERS,
  ERRORS,
  expectedHeaders,
  expectedStatus,
  IDS,
  METHODS,
  ORIGINS,
  present,
  SITES,
  type Case,
} from '../support/server/request-table.js';
import { missingFor, RecipeServer, type Recipe } from './recipe-server.js';

const run = promisify(execFile);
const python = '/usr/bin/python3';
const php = (name: string, files: readonly string[], check: string): Recipe => ({
  name: `php-${name}`,
  page: 'php.md',
  files: ['Qualifio.php', ...files],
  needs: ['php'],
  check: ['php', '-r', check],
  isLazy: true,
  start: (port) => ['php', '-d', 'session.save_path=.', '-S', `127.0.0.1:${port}`, 'router.php'],
});
const jars = ['jackson-core', 'jackson-databind', 'jackson-annotations'];
const springJars = ['spring3-web', 'spring3-core', 'spring3-beans', 'spring3-context'];
const classPath = [...jars, ...springJars].map((jar) => `/usr/share/java/${jar}.jar`).join(':');

const recipes: readonly Recipe[] = [
  {
    ...php(
      'plain',
      ['token.php', 'jwks.php', 'router.php'],
      'exit(extension_loaded("openssl") ? 0 : 1);',
    ),
    call: ['php', 'call.php'],
  },
  php(
    'symfony',
    ['QualifioController.php'],
    'require "Symfony/Component/HttpFoundation/autoload.php"; require "Symfony/Component/Security/Core/autoload.php";',
  ),
  {
    ...php('laravel', ['web.php'], 'require "Illuminate/Routing/autoload.php";'),
    unrouted: ['PROPFIND'],
  },
  {
    name: 'python-django',
    page: 'python.md',
    files: ['qualifio.py', 'views.py', 'urls.py'],
    needs: [python],
    check: [python, '-c', 'import django, jwt, cryptography'],
    start: () => [python, 'serve.py'],
  },
  {
    name: 'python-fastapi',
    page: 'python.md',
    files: ['qualifio.py', 'main.py'],
    unrouted: ['PROPFIND'],
    needs: [python],
    check: [python, '-c', 'import fastapi, uvicorn, jwt, cryptography'],
    start: (port) => [python, '-m', 'uvicorn', '--log-level=error', `--port=${port}`, 'main:app'],
    call: [python, 'call.py'],
  },
  {
    name: 'ruby-rails',
    page: 'ruby.md',
    files: ['qualifio.rb', 'qualifio_controller.rb', 'routes.rb'],
    needs: ['ruby', 'puma'],
    check: ['ruby', '-e', 'require "jwt"; require "action_controller/railtie"'],
    start: (port) => ['puma', '--quiet', '-b', `tcp://127.0.0.1:${port}`, 'config.ru'],
    call: ['ruby', 'call.rb'],
    env: () => ({ RAILS_ENV: 'production', RACK_ENV: 'production' }),
  },
  {
    name: 'go',
    page: 'go.md',
    files: ['qualifio.go'],
    to: { 'qualifio.go': 'src/qualifio/qualifio.go' },
    replace: [['golang-jwt/jwt/v5', 'golang-jwt/jwt']],
    needs: ['go'],
    check: ['test', '-d', '/usr/share/gocode/src/github.com/golang-jwt/jwt'],
    build: [['go', 'build', '-o', 'endpoint', 'main.go']],
    start: () => ['./endpoint'],
    call: ['./endpoint', 'call'],
    env: (folder) => ({
      GO111MODULE: 'off',
      GOPATH: `${folder}:/usr/share/gocode`,
      GOCACHE: join(folder, 'cache'),
    }),
  },
  {
    name: 'java',
    page: 'java.md',
    files: ['Qualifio.java', 'QualifioController.java'],
    needs: ['javac', 'java'],
    check: [
      'test',
      '-f',
      '/usr/share/java/spring3-web.jar',
      '-a',
      '-f',
      `/usr/share/java/${jars[1]}.jar`,
    ],
    build: [['javac', '-cp', classPath, 'Qualifio.java', 'QualifioController.java', 'Main.java']],
    start: () => ['java', '-cp', `.:${classPath}`, 'Main'],
    call: ['java', '-cp', `.:${classPath}`, 'Main', 'call'],
  },
];

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A participant who chose every value to break what reads it. */
const hostile = {
  sub: '42"\n\'; DROP TABLE users; --',
  form: {
    firstName: `"O'Brien" \\ </script><script>alert(1)</script> &amp; <!-- {{7*7}} %00 %s`,
    lastName: 'line\nline\r\n\ttab\u2028\u2029',
    controls: String.fromCharCode(...Array.from({ length: 32 }, (_, code) => code), 127, 0x85),
    emoji: '👩🏽‍🚀🇧🇪é e\u0301 \u202Eabc\uFEFF \uFFFF 𝒜',
    long: 'ł"\\/'.repeat(2_500),
  },
};
// What it says of itself beyond that must not count.
const forged = { iss: 'stranger', campaignId: '1', iat: 1, nbf: 1, exp: 9_999_999_999, jti: 'x' };

const KEY_ID = '2026-11';
const variablesOf = async () => ({
  QUALIFIO_ORIGIN: OWN_ORIGIN,
  QUALIFIO_PRIVATE_KEY: (await pairFor('RS256')).privatePem,
  QUALIFIO_KEY_ID: KEY_ID,
});
const { publicPem } = await pairFor('RS256');
/** Variables that are not set, or malformed. */
const wrongVariables: readonly (readonly [name: string, value: string])[] = [
  ...['', 'www.publisher.com', `${OWN_ORIGIN}/`, `${OWN_ORIGIN}\n`, 'http://www.publisher.com'].map(
    (value) => ['QUALIFIO_ORIGIN', value] as const,
  ),
  ['QUALIFIO_KEY_ID', ''],
  ...['', 'key.pem', publicPem].map((value) => ['QUALIFIO_PRIVATE_KEY', value] as const),
];
const signedIn = { cookie: '__Host-session=example-session-id' };
const ourPage = { 'sec-fetch-site': 'same-origin' };

for (const recipe of recipes) {
  const missing = missingFor(recipe);
  if (missing && !process.env['CI']) {
    console.log(`${recipe.name} is left out: ${missing}`);
    continue;
  }

  describe(recipe.name, () => {
    const { unrouted = [] } = recipe;
    let server: RecipeServer;
    const agent = new Agent({ keepAlive: true });
    before(async () => {
      assert.equal(missing, '');
      server = await RecipeServer.start(recipe, await variablesOf());
    });
    after(async () => {
      agent.destroy();
      await server.stop();
    });

    const ask = (
      query: string,
      headers: Record<string, string>,
      method = 'GET',
      path = '/qualifio/token',
      { url: origin } = server,
    ): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const url = `${origin}${path}?${query}`;
        const sent = sendRequest(url, { agent, method, headers }, (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (chunk) => (body += String(chunk)));
          response.on('error', reject).on('end', () => {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
          });
        });
        sent.on('error', reject).end();
      });

    async function isAnswered(row: Case, query: string, headers: Record<string, string>) {
      const label = JSON.stringify({ ...row, ...headers, query: query.slice(0, 60) });
      const answer = await ask(query, headers, row.method);
      const status = expectedStatus(row, []);
      assert.equal(answer.status, status, label);
      for (const [name, value] of Object.entries(expectedHeaders(row, status, []))) {
        // Frameworks add `private`, a character set and names to `Vary`; none changes the meaning.
        const got = String(answer.headers[name])
          .replace(/; ?charset=utf-8$|, private$/i, '')
          .slice(0, name === 'vary' ? value.length : undefined);
        assert.equal(got, value, `${name} of ${label}`);
      }
      assert.ok(
        !Object.keys(answer.headers).some((name) => name.startsWith('access-control-')),
        label,
      );
      if (row.method === 'HEAD') assert.equal(answer.body, '', label);
      else if (status === 200) assert.match(answer.body, /"token"/, label);
      else assert.deepEqual(JSON.parse(answer.body), { error: ERRORS[status] }, label);
    }

    it('answers every method, origin and kind of request as our own endpoint does', async () => {
      const query = `campaignId=${TAG_NUMBER}`;
      for (const method of METHODS.filter((name) => name !== 'get' && !unrouted.includes(name)))
        for (const site of SITES)
          for (const origin of ORIGINS)
            for (const custom of CUSTOM_HEADERS) {
              const row = { method, site, origin, custom, idStatus: 200 };
              const sent = { 'sec-fetch-site': site, origin, 'x-requested-with': custom };
              await isAnswered(row, query, present({ ...sent, ...signedIn }));
            }
    });

    it('answers every campaignId and part as our own endpoint does', async () => {
      const parts = [
        [`campaignId=${TAG_NUMBER}&part=tag`, 404],
        [`campaignId=${TAG_NUMBER}&part=token`, 400],
        [`campaignId=${TAG_NUMBER}&part=`, 400],
        [`campaignId=${TAG_NUMBER}&part=tag&part=tag`, 400],
        [`campaignId=${TAG_NUMBER}&_=5`, 200],
        ['campaignId', 400],
      ] as const;
      for (const method of ['GET', 'HEAD'])
        for (const [query, idStatus] of [...IDS, ...parts]) {
          // Puma itself refuses a longer one.
          if (query.length > 10_000) continue;
          const row = {
            method,
            site: 'same-origin',
            origin: undefined,
            custom: undefined,
            idStatus,
          };
          await isAnswered(row, query, { ...ourPage, ...signedIn });
        }
    });

    it('refuses navigations and subresources, and participants who are signed out', async () => {
      const query = `campaignId=${TAG_NUMBER}`;
      for (const headers of [
        { 'sec-fetch-dest': 'document' },
        { 'sec-fetch-dest': 'image' },
        { 'sec-fetch-dest': '' },
        { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'empty' },
      ]) {
        for (const more of [{}, { origin: OWN_ORIGIN }]) {
          const all = present({ ...ourPage, ...signedIn, ...more, ...headers });
          assert.equal((await ask(query, all)).status, 403, JSON.stringify(all));
        }
      }
      for (const cookie of ['', '__Host-session=another']) {
        const answer = await ask(query, { ...ourPage, cookie });
        assert.equal(answer.status, 401);
        assert.deepEqual(JSON.parse(answer.body), { error: 'UNAUTHORIZED' });
        assert.match(String(answer.headers['cache-control']), /^no-store\b/);
      }
    });

    it('signs tokens that its key set verifies', async () => {
      const seen = new Set<unknown>();
      const keys = createRemoteJWKSet(new URL(`${server.url}/jwks.json`));
      for (let round = 0; round < 2; round += 1) {
        const { body, headers } = await ask(`campaignId=${TAG_NUMBER}`, {
          ...ourPage,
          ...signedIn,
        });
        assert.equal(headers['set-cookie'], undefined);
        const { token, hosts, expiresAt } = JSON.parse(body) as Record<string, unknown>;
        assert.deepEqual(hosts, ['jeux.publisher.com']);
        assert.deepEqual(decodeProtectedHeader(String(token)), {
          ...{ alg: 'RS256', typ: 'JWT', kid: KEY_ID },
        });
        const { payload } = await jwtVerify(String(token), keys);
        const { iat = 0, nbf, exp, jti, ...claims } = payload;
        const who = { sub: '42', iss: 'com.publisher', campaignId: CAMPAIGN_ID };
        assert.deepEqual(claims, who);
        assert.ok(Math.abs(iat - Date.now() / 1000) < 10);
        assert.deepEqual([nbf, exp, expiresAt], [iat - 120, iat + 300, iat + 300]);
        assert.equal(typeof jti, 'string');
        seen.add(jti);
      }
      assert.equal(seen.size, 2);
    });

    if (recipe.call) {
      it('signs exactly what a hostile participant is called', async () => {
        const body = server.call(recipe.call!, JSON.stringify({ ...hostile, ...forged }));
        const { token } = JSON.parse(body) as { token: string };
        const keys = createRemoteJWKSet(new URL(`${server.url}/jwks.json`));
        const { payload } = await jwtVerify(token, keys);
        const { iat = 0, nbf, exp, jti, ...claims } = payload;
        const own = { iss: 'com.publisher', campaignId: CAMPAIGN_ID };
        assert.deepEqual(claims, { ...hostile, ...own });
        assert.deepEqual([nbf, exp], [iat - 120, iat + 300]);
        assert.ok(Math.abs(iat - Date.now() / 1000) < 10);
        assert.notEqual(jti, forged.jti);
      });

      it('answers 500 to a participant without a sub', () => {
        for (const who of [{}, { sub: null }, { sub: '' }]) {
          const body = server.call(recipe.call!, JSON.stringify({ ...who, form: {} }));
          assert.deepEqual(JSON.parse(body), { error: 'INTERNAL_ERROR' });
        }
      });
    }

    for (const [name, value] of wrongVariables) {
      it(`names ${name} if it is ${JSON.stringify(value.slice(0, 40))}`, async () => {
        const variables = { ...(await variablesOf()), [name]: value };
        const mentions = new RegExp(`${name} (must|is not set)`);
        const started = server.again(recipe, variables, async (other) => {
          const query = `campaignId=${TAG_NUMBER}`;
          const answer = await ask(query, { ...ourPage, ...signedIn }, 'GET', undefined, other);
          assert.ok(recipe.isLazy, 'it ends at the start');
          assert.equal(answer.status, 500);
          assert.deepEqual(JSON.parse(answer.body), { error: 'INTERNAL_ERROR' });
          throw new Error(other.log);
        });
        await assert.rejects(started, mentions);
      });
    }

    it('has nothing that qualifio-doctor finds wrong', async () => {
      const doctor = join(repository, 'dist/doctor/cli.js');
      const args = ['--endpoint', `${server.url}/qualifio/token`, '--campaign', TAG_NUMBER];
      args.push('--cookie', signedIn.cookie, '--jwks', `${server.url}/jwks.json`);
      args.push('--token-campaign', CAMPAIGN_ID, '--format', 'json');
      const { stdout } = await run(process.execPath, [doctor, ...args]);
      const { checks } = JSON.parse(stdout) as { checks: Record<string, string>[] };
      const wrong = checks.filter(({ result }) => result === 'fail' || result === 'warn');
      assert.deepEqual(wrong, []);
      assert.ok(checks.filter(({ result }) => result === 'pass').length >= 20, stdout);
    });

    it('publishes only the public key, for five minutes', async () => {
      const { status, headers, body } = await ask('', {}, 'GET', '/jwks.json');
      assert.equal(status, 200);
      assert.match(String(headers['content-type']), /^application\/jwk-set\+json\b/);
      const caching = String(headers['cache-control']).split(', ').sort();
      assert.deepEqual(caching, ['max-age=300', 'public']);
      const { keys } = JSON.parse(body) as { keys: Record<string, string>[] };
      const { publicJwk } = await pairFor('RS256');
      assert.deepEqual(keys, [{ ...publicJwk, kid: KEY_ID, alg: 'RS256', use: 'sig' }]);
    });
  });
}
