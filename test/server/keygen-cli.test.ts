import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { signParticipantToken, type SigningAlgorithm } from '../../src/server/index.js';
import { fromSource } from '../support/from-source.js';
import { TAG_NUMBER, workingOptions } from '../support/server/fixtures.js';

const script = fileURLToPath(new URL('../../src/server/keygen-cli.ts', import.meta.url));

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...fromSource, script, ...args], (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

describe('qualifio-keygen', () => {
  for (const alg of ['RS256', 'ES384', 'EdDSA'] as const satisfies SigningAlgorithm[]) {
    it(`prints an ${alg} key and a JWKS that verifies its signatures`, async () => {
      const { code, stdout } = await run('--alg', alg, '--kid', '2026-11');
      assert.equal(code, 0);
      const key = /-----BEGIN PRIVATE KEY-----[^]*?-----END PRIVATE KEY-----/.exec(stdout)![0];
      const jwks = JSON.parse(stdout.slice(stdout.indexOf('{'))) as JSONWebKeySet;
      const options = { ...(await workingOptions()), signing: { alg, kid: '2026-11', key } };
      const token = await signParticipantToken(options, TAG_NUMBER, { sub: 'a' });
      const { payload } = await jwtVerify(token, createLocalJWKSet(jwks));
      assert.equal(payload.sub, 'a');
      assert.match(stdout, /-----BEGIN PUBLIC KEY-----/);
      assert.ok(!('d' in jwks.keys[0]!));
    });
  }

  it('refuses an invalid flag with one line that names it', async () => {
    for (const [name, ...args] of [
      ['--alg', '--alg', 'HS256'],
      ['--alg', '--alg'],
      ['--kid', '--kid', '../key'],
      ['--size', '--size', '1024'],
    ] as const) {
      const { code, stdout, stderr } = await run(...args);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, new RegExp(`^${name}: [^\\n]+\\n$`));
    }
  });

  it('prints its help', async () => {
    const { code, stdout } = await run('--help');
    assert.equal(code, 0);
    assert.match(stdout, /--alg[^]*--kid/);
  });
});
