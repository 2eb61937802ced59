// Prints which test holds which of the faults in test/faults.json, and fails on a gap: a number
// without a test, a test that does not exist (`*` in its title stands for anything), a code that nobody knows. With --results it also looks
// whether each of these tests ran and passed, last time.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { HeldByTests } from './held-by-tests.mjs';
import { readResults } from './test-results.mjs';

const results = process.argv.includes('--results') ? readResults() : null;
const tests = new HeldByTests(results);
const { problems, held } = tests;
const { rows, faults } = JSON.parse(readFileSync('test/faults.json', 'utf8'));
const codes = new Set(readFileSync('src/errors.ts', 'utf8').match(/(?<=^ {2}\| ')\w+/gm));
const events = new Set(
  readFileSync('src/events.ts', 'utf8').match(/(?<=^ {2}')qualifio-[a-z-]+/gm),
);

const ids = faults.map(({ id }) => id);
const wanted = Array.from({ length: 55 }, (_, index) => `F${index + 1}`);
for (const id of wanted) if (!ids.includes(id)) problems.push(`${id} is missing.`);
for (const id of ids) if (!wanted.includes(id)) problems.push(`${id} is none of F1 to F55.`);
for (const id of new Set(ids)) {
  if (ids.filter((other) => other === id).length > 1) problems.push(`${id} is there twice.`);
}
for (const { id } of rows) {
  if (!faults.some(({ row }) => row === id)) problems.push(`The row ${id} holds no fault.`);
}

for (const { id, fault, row, told, ...named } of faults) {
  console.log(`${id}: ${fault} → ${told.join(', ') || 'nothing'}`);
  if (!rows.some((each) => each.id === row)) problems.push(`${id} names no row: ${row}.`);
  for (const name of told) {
    if (!codes.has(name) && !events.has(name))
      problems.push(`${id} names no code or event: ${name}.`);
  }
  tests.look(id, named.tests);
}

console.log(`\n${faults.length} faults, held by ${held.size} tests${results ? ' that ran' : ''}.`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
