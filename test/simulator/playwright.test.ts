// The fixture for Playwright, in Playwright's own test runner.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { before, describe, it } from 'node:test';
import { findBrowser } from '../../scripts/find-browser.mjs';
import { repository } from '../support/installed-package.js';

interface Report {
  readonly errors: readonly { message: string }[];
  readonly suites: readonly Suite[];
}
interface Suite {
  readonly specs: readonly { title: string; ok: boolean; tests: { results: Result[] }[] }[];
  readonly suites?: readonly Suite[];
}
interface Result {
  readonly errors: readonly { message: string }[];
  readonly attachments: readonly { name: string; body?: string }[];
}

describe('qualifio-campaign/playwright', () => {
  let specs: Suite['specs'];
  const resultOf = (title: string): Result =>
    specs.find((spec) => spec.title === title)!.tests[0]!.results[0]!;

  before(async () => {
    const cli = join(repository, 'node_modules/@playwright/test/cli.js');
    const folder = join(repository, 'test/simulator/playwright');
    const env = { ...process.env, CHROME_PATH: findBrowser() };
    const output = await mkdtemp(join(tmpdir(), 'qualifio-campaign-'));
    // The exit code is 1, since one test fails on purpose.
    const printed = await new Promise<string>((resolve) => {
      const args = [cli, 'test', '-c', folder, '--output', output];
      execFile(process.execPath, args, { env, maxBuffer: 1e8 }, (_, text) => resolve(text));
    });
    await rm(output, { recursive: true, force: true });
    const { errors, suites } = JSON.parse(printed) as Report;
    assert.deepEqual(errors, []);
    const all = ({ specs: own, suites: inner = [] }: Suite): Suite['specs'] =>
      own.concat(inner.flatMap(all));
    specs = suites.flatMap(all);
  });

  it('passes its tests, except the one that fails on purpose', () => {
    const failed = specs.filter(({ ok }) => !ok).map(({ title }) => title);
    const problems = failed.map((title) => [title, resultOf(title).errors]);
    assert.deepEqual(failed, ['fails on purpose'], JSON.stringify(problems, null, 1));
    assert.ok(specs.length >= 10);
  });

  it('says in a failed test what the campaign shows, and attaches the transcript', () => {
    const { errors, attachments } = resultOf('fails on purpose');
    assert.match(errors[0]!.message, /did not reach the step "exit"\. It is at "pre-login"\./);
    const { body = '' } = attachments.find(({ name }) => name === 'transcript')!;
    const transcript = JSON.parse(Buffer.from(body, 'base64').toString()) as { name: string }[];
    assert.equal(transcript.at(-1)?.name, 'requestParticipantAction');
  });
});
