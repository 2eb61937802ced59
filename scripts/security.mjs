// Prints which tests cover each promise of SECURITY.md and each threat of its model, as
// test/security.json has it, and fails on a gap: a promise that is not there word for word, a threat
// without a test, a test that does not exist. With --results it also checks that each of these tests
// ran and passed, last time.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { HeldByTests } from './held-by-tests.mjs';
import { readResults } from './test-results.mjs';

const results = process.argv.includes('--results') ? readResults() : null;
const tests = new HeldByTests(results);
const { problems, held } = tests;
const { promises, threats } = JSON.parse(readFileSync('test/security.json', 'utf8'));
const page = readFileSync('SECURITY.md', 'utf8');

const listed = page.match(/(?<=^## What is promised\n)[^]*?(?=^## )/m)[0];
const said = [...listed.matchAll(/^\d+\. (.+)$/gm)].map(([, promise]) => promise);
for (const promise of said) {
  if (!promises.some((one) => one.promise === promise)) {
    problems.push(`test/security.json lacks a promise of SECURITY.md: ${promise}`);
  }
}
for (const [index, { promise, tests: named }] of promises.entries()) {
  if (said[index] !== promise) problems.push(`${index + 1} is not so in SECURITY.md: ${promise}`);
  console.log(`${index + 1}. ${promise}`);
  tests.look(`Promise ${index + 1}`, named);
}

const wanted = [
  ...Array.from({ length: 24 }, (_, index) => `T${index + 1}`),
  ...Array.from({ length: 25 }, (_, index) => `S${index + 1}`),
];
const ids = threats.map(({ id }) => id);
if (String(ids) !== String(wanted)) problems.push('The threats are not T1 to T24, S1 to S25.');
const beyond = threats.filter((threat) => threat.beyond);
for (const { id, threat, tests: named, beyond } of threats) {
  console.log(`${id}: ${threat}${beyond ? `. ${beyond}.` : ''}`);
  if (!beyond) tests.look(id, named);
}

console.log(
  `\n${promises.length} promises and ${threats.length - beyond.length} threats, held by ${held.size} tests${results ? ' that ran' : ''}; ${beyond.length} threats are outside this package.`,
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
