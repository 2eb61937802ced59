import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { test } from 'node:test';

const command = resolve(process.cwd(), 'demo/server.js');

function run(...flags: string[]) {
  const child = spawn(process.execPath, [command, ...flags]);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, ...output }));
  return { child, output, ended };
}

async function takePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

for (const flag of ['--port', '--campaign-port']) {
  test(`a ${flag} in use prints one line that names the flag, with exit code 2`, async (t) => {
    const { server, port } = await takePort();
    t.after(() => server.close());
    const others = flag === '--port' ? ['--campaign-port', '0'] : ['--port', '0'];
    const { code, stdout, stderr } = await run(flag, String(port), ...others).ended;
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, new RegExp(`^.*port ${port} is in use.*${flag}.*\\n$`));
  });
}

const mistakes: readonly [string, string[], RegExp][] = [
  ['an unknown flag', ['--prot', '3000'], /--prot/],
  ['a port that is not a number', ['--port', 'http'], /--port .*"http"/],
  ['a port out of range', ['--campaign-port', '65536'], /--campaign-port .*"65536"/],
  ['the same port twice', ['--port', '5000', '--campaign-port', '5000'], /--campaign-port/],
  ['an argument that is not a flag', ['3000'], /3000/],
];
for (const [what, flags, message] of mistakes) {
  test(`${what} prints one line to stderr, with exit code 2`, async () => {
    const { code, stdout, stderr } = await run(...flags).ended;
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, message);
    assert.match(stderr, /^[^\n]+\n$/);
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`the last line is the URL to open, and ${signal} ends the demo with 0`, async () => {
    const { child, output, ended } = run('--port', '0', '--campaign-port', '0');
    while (!/^http:\S+\n$/m.test(output.stdout)) await once(child.stdout, 'data');
    const url = output.stdout.trimEnd().split('\n').at(-1) ?? '';
    assert.match(url, /^http:\/\/www\.publisher\.localhost:\d+\/$/);
    const answer = await fetch(url.replace('www.publisher.localhost', '127.0.0.1'));
    assert.equal(answer.status, 200);
    child.kill(signal);
    const { code, stderr } = await ended;
    assert.equal(code, 0);
    assert.equal(stderr, '');
  });
}
