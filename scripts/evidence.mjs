// Prints which tests hold each fault and each threat of test/evidence.json, and each promise of
// SECURITY.md, and fails where one has no test. The tests say so themselves, in a comment above them:
//
//     // @holds F12, P3, T7
//
// F is a fault, T and S are threats, and P is a promise, by its number in the list: a new promise goes
// to the end of it. Above a suite, the comment is about every test in it; above a row of a table that a
// loop makes tests of, about the tests that have the name of the row (its first text) in their titles.
// With --results the script also fails where one of these tests did not run, or failed, the last time.
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import ts from 'typescript';
import { readResults } from './test-results.mjs';

const results = process.argv.includes('--results') ? readResults() : null;
if (results?.length === 0) throw new Error('No test has run yet: run `npm test` first.');

const { faults, threats, beyond } = JSON.parse(readFileSync('test/evidence.json', 'utf8'));
const wanted = new Map(Object.entries({ ...faults, ...promises(), ...threats }));
const problems = [...unknownNames('docs/faults.md')];
const tests = readdirSync('test', { recursive: true })
  .filter((name) => name.endsWith('.test.ts'))
  .sort()
  .flatMap((name) => heldIn(`test/${name}`));

/** Tests that ran and hold something, each once. */
const ranOnce = new Set();
for (const [id, text] of wanted) {
  console.log(`${id}: ${text}${id in beyond ? `. ${beyond[id]}.` : ''}`);
  const holding = tests.filter(({ ids }) => ids.includes(id));
  if (holding.length === 0 && !(id in beyond)) problems.push(`${id} has no test.`);
  for (const { file, name } of holding) console.log(`    ${file}: ${name}`);
}
for (const { ids, file, name, title } of tests) {
  for (const id of ids) {
    if (!wanted.has(id)) problems.push(`${file}: ${name} names ${id}, which does not exist.`);
  }
  if (!results) continue;
  const ran = results.filter((result) => result.file === file && title.test(result.title));
  if (ran.length === 0) problems.push(`${ids}: did not run: ${file}: ${name}`);
  for (const { title, passed } of ran) {
    ranOnce.add(file + title);
    if (!passed) problems.push(`${ids}: failed: ${file}: ${title}`);
  }
}
const number = wanted.size - Object.keys(beyond).length;
const held = results ? `${ranOnce.size} tests that ran` : `${tests.length} tags`;
console.log(`\n${number} faults, promises and threats, held by ${held}.`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** The promises of SECURITY.md, by P and their number. */
function promises() {
  const page = readFileSync('SECURITY.md', 'utf8');
  const list = /(?<=^## What is promised\n)[^]*?(?=^## )/m.exec(page)[0];
  return Object.fromEntries(
    [...list.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, text]) => [`P${number}`, text]),
  );
}

/** Codes and events that a page names, and that the package does not have. */
function unknownNames(page) {
  const codes = readFileSync('src/errors.ts', 'utf8').match(/(?<=^ {2}\| ')\w+/gm);
  const events = readFileSync('src/events.ts', 'utf8').match(/(?<=^ {2}')qualifio-[a-z-]+/gm);
  const named = readFileSync(page, 'utf8').match(
    /(?<=`)([A-Z]+_[A-Z_]+|UNKNOWN|qualifio-[a-z-]+)/g,
  );
  return named
    .filter((name) => ![...codes, ...events, 'qualifio-campaign'].includes(name))
    .map((name) => `${page} names ${name}, which is no code and no event.`);
}

/** What each tag of a file holds: its ids, and a name and a pattern for the titles of its tests. */
function heldIn(file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found = new Map();
  visit(source, []);
  const written = source.text.match(/@holds/g) ?? [];
  if (written.length !== found.size) {
    problems.push(`${file} has a tag in another form, or above no test, suite or row of a table.`);
  }
  return [...found.values()];

  function visit(node, suites) {
    const [kind, text] = ts.isCallExpression(node) ? [node.expression.text, node.arguments[0]] : [];
    const path = kind === 'describe' ? [...suites, textsOf(text)] : suites;
    const isList = ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
    for (const row of isList ? (node.elements ?? node.properties) : []) {
      const name = firstText(row);
      if (name) note(row, name, `(^|.* )${literal(name)}([ ,:].*|$)`);
    }
    if (['describe', 'it', 'test'].includes(kind)) {
      const titles = kind === 'describe' ? path : [...path, textsOf(text)];
      const pattern = titles.map((parts) => parts.map(literal).join('.+')).join(' ');
      const name = titles.map((parts) => parts.join('…')).join(' ');
      note(node, name, kind === 'describe' ? `${pattern} .+` : pattern);
    }
    ts.forEachChild(node, (child) => visit(child, path));
  }

  function note(node, name, pattern) {
    for (const { pos, end } of ts.getLeadingCommentRanges(source.text, node.pos) ?? []) {
      const tag = /^\/\/ @holds (\w+(, \w+)*)$/.exec(source.text.slice(pos, end));
      if (!tag) continue;
      found.set(pos, {
        file,
        ids: tag[1].split(', '),
        name,
        title: new RegExp(`^${pattern}$`, 's'),
      });
    }
  }
}

/** The first text in a row: of a table of arrays, or the key in an object. */
function firstText(node) {
  if (ts.isObjectLiteralElement(node)) return node.name?.text;
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.forEachChild(node, firstText);
}

/** The texts of a title, between which there are parts that are computed and stand for anything. */
function textsOf(node) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return ['', ''];
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
}

function literal(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
