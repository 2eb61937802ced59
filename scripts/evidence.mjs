// Prints which tests cover each fault and each threat in test/evidence.json, and each guarantee in
// SECURITY.md. Fails if one has no test. Tests name what they cover in a comment above them:
//
//     // @holds F12, P3, T7
//
// F is a fault, T and S are threats, and P is a guarantee, by its number in the list: add a new guarantee
// at the end. The comment applies to every test whose title has the text below it: the title of a test,
// of a suite, or of a row of a table from which a loop makes tests. With --results, the script also fails
// if one of these tests failed, or did not run, the last time.
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { load } from './load-source.mjs';
import { readResults } from './test-results.mjs';

const { errorGuide } = await load('src/error-guide.ts');
const { eventNames } = await load('src/events.ts');

const results = process.argv.includes('--results') ? readResults() : null;
if (results?.length === 0) throw new Error('No test has run yet: run `npm test` first.');

/** A string literal of TypeScript. */
const quoted = '(?<quote>[\'"`])(?<title>.+?[^\\\\])\\k<quote>';
const { faults, threats, beyond } = JSON.parse(readFileSync('test/evidence.json', 'utf8'));
const wanted = new Map(Object.entries({ ...faults, ...guarantees(), ...threats }));
const problems = [...unknownNames('docs/faults.md')];
const tests = readdirSync('test', { recursive: true })
  .filter((name) => name.endsWith('.test.ts'))
  .sort()
  .flatMap((name) => heldIn(`test/${name}`));

/** The tests that ran and cover something, each once. */
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
console.log(`\n${number} faults, guarantees and threats, covered by ${held}.`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** The guarantees in SECURITY.md, by P and their number. */
function guarantees() {
  const page = readFileSync('SECURITY.md', 'utf8');
  const list = /(?<=^## What is guaranteed\n)[^]*?(?=^## )/m.exec(page)[0];
  return Object.fromEntries(
    [...list.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, text]) => [`P${number}`, text]),
  );
}

/** Codes and events that a page names, but that do not exist. */
function unknownNames(page) {
  const known = [...Object.keys(errorGuide), ...eventNames, 'qualifio-campaign'];
  const named = readFileSync(page, 'utf8').match(
    /(?<=`)([A-Z]+_[A-Z_]+|UNKNOWN|qualifio-[a-z-]+)/g,
  );
  return named
    .filter((name) => !known.includes(name))
    .map((name) => `${page} names ${name}, which is no code and no event.`);
}

/** The tags of a file: the ids, and the text below, with a pattern for titles. */
function heldIn(file) {
  const text = readFileSync(file, 'utf8');
  const call =
    /\n *\/\/ @holds (\w+(?:, \w+)*)\n *(?:(?:it|test|describe)\(|\[|\{|\.\.\.\w*[[(])?\s*/;
  const tags = [...text.matchAll(new RegExp(`${call.source}(?:(\\w+)[:,]|${quoted})`, 'g'))];
  if (tags.length !== (text.match(/@holds/g) ?? []).length) {
    problems.push(`${file} has a tag in another form, or above no test, suite or row of a table.`);
  }
  return tags.map(({ 0: all, 1: ids, 2: word, groups: { title = word }, index }) => {
    // A title that is a variable: the suite around it.
    const suites = text.slice(0, index).matchAll(new RegExp(`describe\\(\\s*${quoted}`, 'g'));
    const own = all.endsWith(',') ? [...suites].at(-1).groups.title : title;
    const parts = own.replace(/\\(?=['"`])/g, '').split(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/);
    const pattern = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*');
    return { file, ids: ids.split(', '), name: parts.join('…'), title: new RegExp(pattern, 's') };
  });
}
