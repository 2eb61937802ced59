// Runs the tests 20 times, or RUNS times, and prints flaky tests: those that passed in some runs and
// failed in others. Runs the steps of `npm test` that contain tests, or the steps in ONLY:
// `ONLY=browser npm run test:repeat`. With arguments after `--`, only the browser tests run, with these
// arguments: `npm run test:repeat -- --files test/page/kit.test.ts`.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import process from 'node:process';
import { findBrowser } from './find-browser.mjs';
import { readResults, resultsFolder } from './test-results.mjs';

const runs = Number(process.env.RUNS ?? 20);
const words = process.argv.slice(2);
const [command, ...args] =
  words.length > 0 ? ['npx', '--no-install', 'wtr', ...words] : ['node', 'scripts/test.mjs'];
const env = { ONLY: 'node,package,browser,alternatives,e2e', ...process.env };
findBrowser();
const failures = new Map();
for (let run = 1; run <= runs; run++) {
  rmSync(resultsFolder, { recursive: true, force: true });
  const begin = Date.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    env,
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  const failed = readResults().filter(({ passed }) => !passed);
  for (const { file, title, error } of failed) {
    const name = `${file}: ${title || 'the whole file'}`;
    console.log(`FAILED  ${name}\n        ${error}`);
    failures.set(name, (failures.get(name) ?? 0) + 1);
  }
  if (status !== 0 && failed.length === 0) {
    const name = 'what is no test with a result of its own';
    console.log(`FAILED  ${name}\n${stdout}${stderr}`);
    failures.set(name, (failures.get(name) ?? 0) + 1);
  }
  const figures = stdout.match(/^\d+ passed, \d+ failed$/gm)?.at(-1) ?? 'no result';
  console.log(`Run ${run}: ${figures}, ${((Date.now() - begin) / 1000).toFixed(0)} s`);
}
for (const [name, times] of failures) {
  console.log(`${times === runs ? 'Fails' : 'Flake'}, ${times} of ${runs}: ${name}`);
}
console.log(
  failures.size === 0 ? `No flakes in ${runs} runs.` : `${failures.size} tests failed at times.`,
);
process.exitCode = failures.size > 0 ? 1 : 0;
