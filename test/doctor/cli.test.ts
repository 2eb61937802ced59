// The command: its options, formats and exit codes, and what it never prints.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createSecureServer } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, beforeEach, describe, it } from 'node:test';
import { checks } from '../../src/doctor/check-table.js';
import { Command, type Run } from '../support/command.js';
import { cookie, healthySite, json, SiteServer } from './healthy-site.js';

interface Printed {
  readonly checks: Record<'id' | 'subject' | 'result' | 'found' | 'fix' | 'docs', string>[];
  readonly summary: Record<'pass' | 'fail' | 'warn' | 'skipped', number>;
}

let server: SiteServer;
let folder: string;
before(async () => {
  server = await SiteServer.start();
  folder = await mkdtemp(join(tmpdir(), 'qualifio-doctor-'));
});
after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  server.site = await healthySite(server.port);
});

const page = () => `${server.origin}/contest`;
const run = (...args: string[]): Promise<Run> => Command.doctor(...args).ended();
const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

describe('qualifio-doctor', () => {
  it('prints its version, its help, and the ids of all checks', async () => {
    const [version, help, list] = await Promise.all([
      run('--version'),
      run('--help'),
      run('--list'),
    ]);
    assert.match(version.stdout, /^\d+\.\d+\.\d+\S*\n$/);
    assert.match(help.stdout, /--cookie-file FILE[^]*--no-color[^]*Exit code 0/);
    const ids = list.stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    assert.deepEqual(
      ids,
      checks.map(({ id }) => id),
    );
    assert.deepEqual([version.code, help.code, list.code], [0, 0, 0]);
  });

  it('ends with 0 for a right set-up, and prints text without control characters', async () => {
    const path = await file('cookie.txt', `${cookie}\r\n`);
    const { stdout, stderr, code } = await run(page(), '--cookie-file', path);
    assert.equal(code, 0, stdout);
    assert.equal(stderr, '');
    assert.match(
      stdout,
      /pass {2}token-form: JWS RS256[^]*\n0 failed, 0 warnings, \d+ passed, \d+ skipped \(\d+ of them: no JWKS is given. Give --jwks\)\n$/,
    );
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  it('ends with 1 for a wrong one, with found, fix and docs as JSON', async () => {
    server.site.endpointHeaders['Cache-Control'] = 'private';
    const args = [page(), '--cookie', cookie, '--format', 'json', '--token-campaign', '98765'];
    const { stdout, code } = await run(...args);
    assert.equal(code, 1);
    const { checks: findings, summary } = JSON.parse(stdout) as Printed;
    const failed = findings.filter(({ result }) => result === 'fail');
    assert.deepEqual(
      failed.map(({ id }) => id),
      ['endpoint-no-store'],
    );
    assert.equal(summary.fail, 1);
    assert.equal(summary.pass + summary.fail + summary.warn + summary.skipped, findings.length);
    assert.deepEqual(Object.keys(failed[0]!), ['id', 'subject', 'result', 'found', 'fix', 'docs']);
    assert.match(failed[0]!.docs, /docs\/doctor\.md#endpoint-no-store$/);
  });

  it('runs only what --only and --skip leave, and leaves out the rest', async () => {
    const args = ['--only', 'policy-*', '--only', 'page-coep', '--skip', 'policy-*-*'];
    const { stdout } = await run(page(), '--format=json', ...args);
    const ids = (JSON.parse(stdout) as Printed).checks.map(({ id }) => id);
    assert.deepEqual(ids, [
      'page-coep',
      'policy-present',
      'policy-kit',
      'policy-frame',
      'policy-endpoint',
    ]);
  });

  it('escapes what a page says in Markdown, and removes control characters', async () => {
    server.site.attributes['host'] = '<b>|\u001b[31m\u202e[x](https://evil.example)@you';
    const { stdout } = await run(page(), '--format', 'markdown', '--only', 'page-attributes');
    assert.doesNotMatch(stdout, /<b>|\u001b|\u202e|\]\(https:\/\/evil|@you/);
    assert.match(stdout, /\| FAIL \| \[page-attributes\]\(https:\S+#page-attributes\) \|/);
    for (const line of stdout.split('\n').filter((text) => text.startsWith('|'))) {
      assert.equal(line.split('|').length, 7, line);
    }
  });

  it('prints no cookie, token or claim that a server sends back', async () => {
    const [, session = ''] = cookie.split('=');
    const back = (text: string) => ({ Location: `https://${text}.example/`, 'X-Back': text });
    server.site.page.headers['Content-Security-Policy'] = `script-src ${session}`;
    server.site.attributes['channel-id'] = session;
    server.site.attributes[`login-ur`] = session;
    server.site.signedOut = { status: 302, headers: back(session) };
    server.site.claims['form'] = { email: 'ada.lovelace@example.com', [session]: 'x' };
    const seen: string[] = [];
    server.site.signedIn = (token) => {
      seen.push(token);
      return { body: json({ token, hosts: [token] }), headers: back(token.slice(0, 20)) };
    };
    for (const format of ['text', 'json', 'markdown']) {
      const args = [
        page(),
        '--cookie',
        cookie,
        '--format',
        format,
        '--jwks',
        `${server.origin}/jwks.json`,
      ];
      const { stdout, stderr } = await run(...args);
      for (const secret of [
        session,
        'secret-of',
        'ada.lovelace',
        'reader-7',
        ...seen.map((t) => t.slice(0, 12)),
      ]) {
        assert.ok(!(stdout + stderr).includes(secret), `${format}: ${secret}`);
      }
    }
    assert.ok(seen.length > 0);
  });

  it('ends with 130 after Ctrl+C, with valid JSON of what is known', async () => {
    const command = Command.doctor(
      page(),
      '--endpoint',
      `${server.origin}/slow`,
      '--campaign',
      '1',
      '--format',
      'json',
    );
    while (!server.requests.some(({ line }) => line === 'GET /slow')) {
      await once(server.server, 'request');
    }
    const { stdout, code } = await command.end('SIGINT');
    assert.equal(code, 130);
    const { checks: findings } = JSON.parse(stdout) as Printed;
    assert.ok(findings.some(({ id }) => id === 'page-element'));
    assert.ok(!findings.some(({ subject }) => subject.includes('/slow')));
  });
});

// What each mistake says, and that its advice works: advice.test.ts.
describe('a mistake ends with exit code 2 and one line that names the option:', () => {
  const url = 'http://localhost/';
  it('in the command', async () => {
    const { stdout, stderr, code } = await run(url, '--format', '\u001b[2J');
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^qualifio-doctor: --format: \ufffd\[2J is not one[^\n]*\n$/);
  });

  it('a page that does not resolve', async () => {
    const { stdout, stderr, code } = await run('http://www.publisher.invalid/', '--format', 'json');
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^qualifio-doctor: URL: www.publisher.invalid cannot be reached[^\n]*\n$/);
  });

  it('a server that does not run', async () => {
    const spare = createServer().listen(0, '127.0.0.1');
    await once(spare, 'listening');
    const { port } = spare.address() as AddressInfo;
    spare.close();
    const gone = `http://localhost:${port}/`;
    const { stderr, code } = await run(page(), '--endpoint', gone, '--campaign', '1');
    assert.equal(code, 2);
    assert.match(stderr, /^[^\n]*--endpoint: localhost:\d+ cannot be reached[^\n]*\n$/);
  });
});

describe('certificates', () => {
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  let secure: ReturnType<typeof createSecureServer>;
  let url: string;
  before(async () => {
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'key.pem',
      '-out',
      'cert.pem',
      '-days',
      '2',
      '-subj',
      '/CN=test',
      '-addext',
      'subjectAltName=DNS:www.publisher.localhost',
    );
    const [key, cert] = await Promise.all(
      ['key.pem', 'cert.pem'].map((name) => readFile(join(folder, name))),
    );
    secure = createSecureServer({ key, cert }, (_, response) => response.writeHead(401).end());
    secure.listen(0, '127.0.0.1');
    await once(secure, 'listening');
    url = `localhost:${(secure.address() as AddressInfo).port}/token`;
  });
  after(() => secure.close());

  const check = async (host: string, authority?: string): Promise<string> => {
    process.env['NODE_EXTRA_CA_CERTS'] = authority;
    if (!authority) delete process.env['NODE_EXTRA_CA_CERTS'];
    const command = run(
      '--endpoint',
      `https://${host}${url}`,
      '--campaign',
      '1',
      '--format',
      'json',
    );
    delete process.env['NODE_EXTRA_CA_CERTS'];
    const { checks: findings } = JSON.parse((await command).stdout) as Printed;
    const wrong = findings.filter(({ result }) => result === 'fail');
    return wrong.map(({ id, found }) => `${id}: ${found}`).join('; ');
  };

  it('that are valid pass', async () => {
    assert.equal(await check('www.publisher.', join(folder, 'cert.pem')), '');
  });

  it('for another name are found', async () => {
    const found = await check('api.publisher.', join(folder, 'cert.pem'));
    assert.equal(
      found,
      'host-certificate: the certificate is for another name: DNS:www.publisher.localhost',
    );
  });

  it('of an unknown authority are found', async () => {
    const found = await check('www.publisher.');
    assert.equal(
      found,
      'host-certificate: the certificate is not accepted (DEPTH_ZERO_SELF_SIGNED_CERT)',
    );
  });
});

it('docs/doctor.md has an anchor for every check', async () => {
  const text = await readFile(new URL('../../docs/doctor.md', import.meta.url), 'utf8');
  for (const { id } of checks) assert.ok(text.includes(`<a id="${id}"></a>`), id);
});
