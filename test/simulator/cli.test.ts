import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { publisherKeys, sign } from '../support/publisher-keys.js';
import type { PublisherKeys } from '../support/publisher-keys.js';

const cli = fileURLToPath(new URL('../../src/simulator/cli.js', import.meta.url));

interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

const running = new Set<ChildProcess>();
// A test that fails halfway must not leave its simulator behind.
after(() => running.forEach((child) => child.kill('SIGKILL')));

class Command {
  readonly #child;
  #stdout = '';
  #stderr = '';

  constructor(...args: string[]) {
    this.#child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this.#child);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#stdout += text));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text));
  }

  async ended(): Promise<Run> {
    const [code] = (await once(this.#child, 'close')) as [number | null];
    return { stdout: this.#stdout, stderr: this.#stderr, code };
  }

  async printed(pattern: RegExp, where: 'stdout' | 'stderr' = 'stdout'): Promise<string> {
    for (;;) {
      const found = pattern.exec(where === 'stdout' ? this.#stdout : this.#stderr);
      if (found) return found[1] ?? found[0];
      await once(this.#child[where], 'data', { signal: AbortSignal.timeout(10_000) });
    }
  }

  end(signal: NodeJS.Signals): Promise<Run> {
    const ended = this.ended();
    this.#child.kill(signal);
    return ended;
  }
}

let folder: string;
let keys: PublisherKeys;
const file = async (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qualifio-simulator-'));
  keys = await publisherKeys('RS256');
});
after(() => rm(folder, { recursive: true }));

async function refused(args: readonly string[], named: RegExp): Promise<void> {
  const { stdout, stderr, code } = await new Command(...args).ended();
  assert.equal(code, 2, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, named);
  assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
}

const give = (url: string, token: string) =>
  fetch(`${url}/simulator/user-info`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ divId: 'qualifio_insert_place_123456', token, expected: true }),
  });

describe('qualifio-simulator', () => {
  it('prints its version and its help', async () => {
    const { stdout, code } = await new Command('--version').ended();
    assert.match(stdout, /^\d+\.\d+\.\d+\S*\n$/);
    assert.equal(code, 0);
    const help = await new Command('--help').ended();
    assert.equal(help.code, 0);
    for (const flag of ['--jwks', '--one-use', '--after-error', '--error-nth', '--clock']) {
      assert.ok(help.stdout.includes(flag), flag);
    }
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`listens on a free port, and ends with 0 on ${signal} though a stream is open`, async () => {
      const command = new Command('--port', '0');
      const url = await command.printed(/listening on (http:\/\/127\.0\.0\.1:\d+)\n/);
      const stream = await fetch(`${url}/transcript/stream`);
      const { code, stderr } = await command.end(signal);
      assert.equal(code, 0);
      assert.equal(stderr, '');
      assert.equal((await stream.text()).startsWith(':'), true);
    });
  }

  it('prints a line for each message, and why a token was refused, but no token', async () => {
    const publicKey = await file('public.pem', keys.publicPem);
    const command = new Command('--port', '0', '--public-key', publicKey, '--tolerance', '5');
    const url = await command.printed(/listening on (\S+)\n/);
    const token = await sign(keys.privateKey, { alg: 'RS256' }, { campaignId: '7' });
    await give(url, token);
    await command.printed(/to-frame userInfo qualifio_insert_place_123456 JWS RS256 \d+ s left\n/);
    await command.printed(/to-page error qualifio_insert_place_123456 UNKNOWN\n/);
    await command.printed(/`campaignId` is that of another campaign\n/, 'stderr');
    const { stdout, stderr } = await command.end('SIGTERM');
    for (const part of token.split('.')) assert.ok(!(stdout + stderr).includes(part));
  });

  it('takes a secret as the file’s bytes, and knobs as flags', async () => {
    const secret = crypto.getRandomValues(new Uint8Array(32));
    const path = await file('secret.bin', secret);
    const command = new Command('--port=0', '--secret-file', path, '--clock', '-30', '--one-use');
    const url = await command.printed(/listening on (\S+)\n/);
    const token = await sign(secret, { alg: 'HS256' });
    const codes = [];
    for (let turn = 0; turn < 2; turn++) {
      codes.push(((await (await give(url, token)).json()) as { code: unknown }).code);
    }
    assert.deepEqual(codes, [null, 'UNKNOWN']);
    await command.end('SIGTERM');
  });

  it('serves no page of another machine unless --host says so', async () => {
    const guid = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
    const path = `/20/${guid}/v1.cfm?id=${guid}&pdomain=https%3A%2F%2Fwww.publisher.com`;
    const command = new Command('--port', '0');
    const url = await command.printed(/listening on (\S+)\n/);
    assert.equal((await fetch(url + path)).status, 403);
    await command.printed(/--host: www\.publisher\.com .+\n/, 'stderr');
    await command.end('SIGTERM');
    const open = new Command('--port', '0', '--host', '127.0.0.1');
    const openUrl = await open.printed(/listening on (\S+)\n/);
    assert.equal((await fetch(openUrl + path)).status, 200);
    await open.end('SIGTERM');
  });
});

describe('a mistake on the command line ends with 2 and one line that names the flag:', () => {
  const wrong: [string, string[], RegExp][] = [
    ['an unknown flag', ['--prot', '4400'], /--prot/],
    ['an unknown short flag', ['-p', '4400'], /-p/],
    ['a stray word', ['4400'], /4400/],
    ['a port that is none', ['--port', 'many'], /--port/],
    ['a port too high', ['--port', '70000'], /--port/],
    ['a flag without its value', ['--port'], /--port/],
    ['a flag there twice', ['--port', '0', '--port', '1'], /--port/],
    ['a switch with a value', ['--one-use=yes'], /--one-use/],
    ['a knob’s unknown value', ['--registrations', 'some'], /--registrations.*all\|first\|last/],
    ['a code that is none', ['--error', 'OOPS'], /--error/],
    ['an n that is none', ['--error-nth', '0'], /--error-nth/],
    ['a clock that is none', ['--clock', 'soon'], /--clock/],
    ['a tolerance that is none', ['--tolerance', '-5'], /--tolerance/],
    ['a language it has not', ['--lang', 'de'], /--lang/],
    ['a JWKS that is no URL', ['--jwks', 'jwks.json'], /--jwks/],
    ['a profile URL that is none', ['--profile-url', '/me'], /--profile-url/],
    ['a key file that is not there', ['--public-key', '/nowhere.pem'], /--public-key.*nowhere/],
    ['a private key file that is a folder', ['--private-key', tmpdir()], /--private-key/],
    ['an address of another machine', ['--host', '192.0.2.1', '--port', '0'], /--host/],
    [
      'two ways of checking signatures',
      ['--jwks', 'http://localhost/jwks.json', '--secret-file', '/nowhere'],
      /--jwks and --secret-file/,
    ],
  ];
  for (const [what, args, named] of wrong) {
    it(what, () => refused(args, named));
  }

  it('a key of the wrong kind', async () => {
    const privatePem = await file('private.pem', keys.privatePem);
    const publicPem = await file('public-2.pem', keys.publicPem);
    await refused(['--public-key', privatePem], /--public-key/);
    await refused(['--private-key', publicPem], /--private-key/);
    await refused(['--secret-file', publicPem], /--secret-file/);
    await refused(['--secret-file', await file('empty', '')], /--secret-file/);
  });

  it('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await refused(['--port', String(port)], new RegExp(`--port.*${port}`));
    other.close();
  });
});
