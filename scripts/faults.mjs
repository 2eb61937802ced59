// Prints which test holds which of the faults in test/faults.json, and fails on a gap: a number
// without a test, a test that does not exist (`*` in its title stands for anything), a code that nobody knows. With --results it also looks
// whether each of these tests ran and passed, last time.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import ts from 'typescript';

const results = process.argv.includes('--results') ? readResults() : null;
const { rows, faults } = JSON.parse(readFileSync('test/faults.json', 'utf8'));
const codes = new Set(readFileSync('src/errors.ts', 'utf8').match(/(?<=^ {2}\| ')\w+/gm));
const events = new Set(
  readFileSync('src/events.ts', 'utf8').match(/(?<=^ {2}')qualifio-[a-z-]+/gm),
);
const problems = [];
const held = new Set();

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

for (const { id, fault, row, told, tests } of faults) {
  console.log(`${id}: ${fault} → ${told.join(', ') || 'nothing'}`);
  if (!rows.some((each) => each.id === row)) problems.push(`${id} names no row: ${row}.`);
  for (const name of told) {
    if (!codes.has(name) && !events.has(name))
      problems.push(`${id} names no code or event: ${name}.`);
  }
  const named = Object.entries(tests).flatMap(([file, titles]) =>
    titles.map((title) => [file, title]),
  );
  if (named.length === 0) problems.push(`${id} has no test.`);
  for (const [file, title] of named) {
    console.log(`    ${file}: ${title}`);
    if (named.filter(([other, same]) => other === file && same === title).length > 1) {
      problems.push(`${id} names a test twice: ${title}`);
    }
    if (!titlesOf(file).some((pattern) => pattern.test(title.replaceAll('*', '…')))) {
      problems.push(`${id} names a test that is not in ${file}: ${title}`);
    }
    if (!results) {
      held.add(file + title);
      continue;
    }
    const wanted = new RegExp(`^${title.split('*').map(literal).join('.+')}$`, 's');
    const ran = results.filter((result) => result.file === file && wanted.test(result.title));
    for (const result of ran) held.add(file + result.title);
    if (ran.length === 0) problems.push(`${id} names a test that did not run: ${file}: ${title}`);
    else if (ran.some(({ passed }) => !passed))
      problems.push(`${id} is not held: ${title} failed.`);
  }
}

console.log(`\n${faults.length} faults, held by ${held.size} tests${results ? ' that ran' : ''}.`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** What tests of a file may be called, with the names of their suites; parts that are computed stand for anything. */
function titlesOf(file) {
  if (!existsSync(file)) return [];
  const titles = [];
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true), []);
  return titles;

  function visit(node, path) {
    const name = ts.isCallExpression(node) && node.expression.getText();
    if (name === 'describe') path = [...path, pattern(node.arguments[0])];
    else if (name === 'it' || name === 'test') {
      titles.push(new RegExp(`^${[...path, pattern(node.arguments[0])].join(' ')}$`, 's'));
    }
    ts.forEachChild(node, (child) => visit(child, path));
  }
}

function literal(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function pattern(node) {
  if (ts.isStringLiteralLike(node)) return literal(node.text);
  if (!ts.isTemplateExpression(node)) return '.+';
  return (
    literal(node.head.text) +
    node.templateSpans.map((span) => `.+${literal(span.literal.text)}`).join('')
  );
}

/** What the last runs of the browser tests and of the Node tests have noted. */
function readResults() {
  const folder = '.cache/test-results';
  const files = existsSync(folder) ? readdirSync(folder) : [];
  if (files.length === 0) throw new Error('No test has run yet: run npm test before.');
  return files.flatMap((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
}
