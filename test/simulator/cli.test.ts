import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createSite } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { UsageError } from '../../src/command/usage-error.js';
import { runCommand } from '../../src/simulator/command/run-command.js';
import { Command } from '../support/command.js';
import { publisherKeys, sign, type PublisherKeys } from '../support/publisher-keys.js';

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
  await assert.rejects(runCommand(args, process), (error: Error) => {
    assert.ok(error instanceof UsageError, error);
    assert.match(error.message, named);
    assert.doesNotMatch(error.message, /\n/);
    return true;
  });
}

const literally = (text: string) => text.replace(/[.()?]/g, '\\$&');

const give = (url: string, token: string) =>
  fetch(`${url}/simulator/user-info`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ divId: 'qualifio_insert_place_123456', token, expected: true }),
  });

describe('qualifio-simulator', () => {
  it('prints its version and its help', async () => {
    const { stdout, code } = await Command.simulator('--version').ended();
    assert.match(stdout, /^\d+\.\d+\.\d+\S*\n$/);
    assert.equal(code, 0);
    const help = await Command.simulator('--help').ended();
    assert.equal(help.code, 0);
    const eager = await Command.simulator('--help', '--public-key', '/nowhere.pem').ended();
    assert.equal(eager.stdout, help.stdout);
    for (const flag of [
      '--jwks',
      '--one-use',
      '--after-error',
      '--error-nth',
      '--clock',
      '--campaign TAG',
    ]) {
      assert.ok(help.stdout.includes(flag), flag);
    }
  });

  it('runs and ends without a reachable JWKS, and says so at the start and for a token', async () => {
    const spare = createServer().listen(0, '127.0.0.1');
    await once(spare, 'listening');
    const { port } = spare.address() as AddressInfo;
    spare.close();
    const jwks = `http://127.0.0.1:${port}/jwks.json`;
    const command = Command.simulator('--port', '0', '--jwks', jwks);
    const url = await command.printed(/listening on (\S+)\n/);
    const told = `--jwks: ${jwks} cannot be reached (ECONNREFUSED); start the site that serves it, or correct the URL\n`;
    await command.printed(new RegExp(literally(told)), 'stderr');
    await give(url, await sign(keys.privateKey, { alg: 'RS256', kid: 'k-1' }));
    await command.printed(/UNKNOWN\n/);
    await command.printed(/token refused/, 'stderr');
    const { code, stderr } = await command.end('SIGTERM');
    assert.equal(code, 0);
    assert.equal(stderr, `${told}token refused: ${told}`);
  });

  it('warns that the last byte of a secret is a line break', async () => {
    const path = await file('secret.txt', 'thirty-two bytes that are shared\n');
    const command = Command.simulator('--port', '0', '--secret-file', path);
    await command.printed(/^--secret-file: the last byte is a line break.*\n/, 'stderr');
    await command.end('SIGTERM');
  });

  it('keeps running when no one reads its output', async () => {
    const command = Command.simulator('--port', '0');
    const url = await command.printed(/listening on (\S+)\n/);
    command.stopReading();
    for (let turn = 0; turn < 3; turn++) assert.equal((await give(url, '')).status, 200);
    const { code, stderr } = await command.end('SIGTERM');
    assert.equal(code, 0);
    assert.equal(stderr, 'token refused: there is no token\n'.repeat(3));
  });

  it('prints a line for each message and the reason for a refusal, but no token', async () => {
    const publicKey = await file('public.pem', keys.publicPem);
    const declared = ['--campaign', '7=8', '--campaign', '123456=98765'];
    const command = Command.simulator('--port', '0', '--public-key', publicKey, ...declared);
    const url = await command.printed(/listening on (\S+)\n/);
    const token = await sign(keys.privateKey, { alg: 'RS256' }, { campaignId: '8' });
    await give(url, token);
    await command.printed(
      /to-frame userInfo qualifio_insert_place_123456 campaign 8 JWS RS256 \d+ s left\n/,
    );
    await command.printed(/to-page error qualifio_insert_place_123456 UNKNOWN\n/);
    await command.printed(/`campaignId` is 8, expected 98765 for tag 123456\n/, 'stderr');
    const { stdout, stderr } = await command.end('SIGTERM');
    for (const part of token.split('.')) assert.ok(!(stdout + stderr).includes(part));
  });

  it('accepts a secret as the file’s bytes, and knobs as flags', async () => {
    const secret = crypto.getRandomValues(new Uint8Array(32));
    const path = await file('secret.bin', secret);
    const command = Command.simulator(
      '--port=0',
      '--secret-file',
      path,
      '--clock',
      '-30',
      '--one-use',
    );
    const url = await command.printed(/listening on (\S+)\n/);
    const token = await sign(secret, { alg: 'HS256' });
    const codes = [];
    for (let turn = 0; turn < 2; turn++) {
      codes.push(((await (await give(url, token)).json()) as { code: unknown }).code);
    }
    assert.deepEqual(codes, [null, 'UNKNOWN']);
    await command.end('SIGTERM');
  });
});

describe('SIGINT and SIGTERM end it with 0', () => {
  const kit = '/kit/qualp.2.min.js';
  /**
   * Requests in progress when the signal arrives; each resolves when the simulator has received
   * them.
   */
  const underWay: Record<string, (url: string) => Promise<unknown>> = {
    'with streams open': async (url) => {
      const streams = [1, 2].map(() => fetch(`${url}/transcript/stream`));
      return (await Promise.all(streams)).map((stream) => stream.text());
    },
    'in the middle of kit=slow': async (url) => {
      void fetch(`${url}${kit}?kit=slow`).catch(() => undefined);
      // When a later request is answered, that one has arrived.
      return (await fetch(url + kit)).text();
    },
    'with a profile call that hangs': async (url) => {
      const token = await sign(keys.privateKey, { alg: 'RS256' }, { access_token: 'opaque' });
      const called = once(profiles, 'request');
      void give(url, token).catch(() => undefined);
      return called;
    },
  };
  const profiles = createSite();
  let args: string[];
  before(async () => {
    profiles.listen(0, '127.0.0.1');
    await once(profiles, 'listening');
    const profileUrl = `http://127.0.0.1:${(profiles.address() as AddressInfo).port}/`;
    const publicKey = await file('profile.pem', keys.publicPem);
    args = ['--port', '0', '--public-key', publicKey, '--profile-url', profileUrl];
  });
  after(() => {
    profiles.closeAllConnections();
    profiles.close();
  });

  for (const [what, begin] of Object.entries(underWay)) {
    it(what, async () => {
      const commands = [Command.simulator(...args), Command.simulator(...args)];
      for (const [index, signal] of (['SIGINT', 'SIGTERM'] as const).entries()) {
        const command = commands[index]!;
        await begin(await command.printed(/listening on (http:\/\/127\.0\.0\.1:\d+)\n/));
        const asked = performance.now();
        const { code, stderr } = await command.end(signal);
        assert.equal(code, 0);
        assert.equal(stderr, '');
        assert.ok(performance.now() - asked < 2500, 'it waited for what was under way');
      }
    });
  }
});

// What each of them says, and that its advice works: advice.test.ts.
describe('a mistake on the command line gives one line that names the flag:', () => {
  const wrong: [string, string[], RegExp][] = [
    [
      'a flag spelled like the option',
      ['--afterError', 'open'],
      /--afterError .*, --after-error is/,
    ],
    ['a knob’s unknown value', ['--registrations', 'some'], /--registrations.*all\|first\|last/],
    ['an invalid code', ['--error', 'OOPS'], /--error/],
    ['an invalid n', ['--error-nth', '0'], /--error-nth/],
    ['an invalid clock', ['--clock', 'soon'], /--clock/],
    ['a campaign without its ID', ['--campaign', '123456'], /--campaign.*use two numbers/],
    ['a campaign with no number', ['--campaign', 'summer=98765'], /--campaign.*use two numbers/],
    ['a campaign with an empty ID', ['--campaign', '123456='], /--campaign.*use two numbers/],
    ['a campaign of three numbers', ['--campaign', '1=2=3'], /--campaign.*use two numbers/],
    [
      'a repeated state of campaigns',
      ['--campaign', 'open', '--campaign', 'finished'],
      /--campaign is given twice/,
    ],
    ['a JWKS that is not a URL', ['--jwks', 'jwks.json'], /--jwks/],
    ['a JWKS URL with a password', ['--jwks', 'http://me:word@localhost/'], /--jwks.*password/],
    ['an invalid profile URL', ['--profile-url', '/me'], /--profile-url/],
    ['a missing kit profile', ['--kit-profile', '/nowhere.json'], /--kit-profile.*nowhere.*ENOENT/],
  ];
  for (const [what, args, named] of wrong) {
    it(what, () => refused(args, named));
  }

  it('in the command, which ends with exit code 2', async () => {
    const { stdout, stderr, code } = await Command.simulator('--port', 'many').ended();
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^qualifio-simulator: --port [^\n]*\n$/);
  });

  it('a key of the wrong kind', async () => {
    const privatePem = await file('private.pem', keys.privatePem);
    const publicPem = await file('public-2.pem', keys.publicPem);
    await refused(['--public-key', privatePem], /--public-key/);
    await refused(['--private-key', publicPem], /--private-key/);
    await refused(['--secret-file', publicPem], /--secret-file/);
    await refused(['--secret-file', await file('empty', '')], /--secret-file/);
  });
});
