// Runs the browser tests again and again, 20 times or RUNS, and prints the flakes: tests that passed
// in some runs and failed in others. What stands behind `--` goes to the runner:
// `npm run test:repeat -- --files test/kit.test.ts`.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import process from 'node:process';
import { findBrowser } from './find-browser.mjs';
import { browserResults } from './test-results.mjs';

const runs = Number(process.env.RUNS ?? 20);
await findBrowser();
const failures = new Map();
for (let run = 1; run <= runs; run++) {
  rmSync(browserResults, { force: true });
  const begin = Date.now();
  spawnSync('npx', ['--no-install', 'wtr', ...process.argv.slice(2)], { stdio: 'ignore' });
  const results = JSON.parse(readFileSync(browserResults, 'utf8'));
  const failed = results.filter(({ passed }) => !passed);
  for (const { file, title, error } of failed) {
    const name = `${file}: ${title || 'the whole file'}`;
    console.log(`FAILED  ${name}\n        ${error}`);
    failures.set(name, (failures.get(name) ?? 0) + 1);
  }
  const seconds = ((Date.now() - begin) / 1000).toFixed(0);
  console.log(
    `Run ${run}: ${results.length - failed.length} passed, ${failed.length} failed, ${seconds} s`,
  );
}
for (const [name, times] of failures) {
  console.log(`${times === runs ? 'Fails' : 'Flake'}, ${times} of ${runs}: ${name}`);
}
console.log(
  failures.size === 0 ? `No flakes in ${runs} runs.` : `${failures.size} tests failed at times.`,
);
process.exitCode = failures.size > 0 ? 1 : 0;
