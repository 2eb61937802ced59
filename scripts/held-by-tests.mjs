// What scripts/faults.mjs and scripts/security.mjs have in common: both map what has to hold to the
// tests that hold it, by file and title (`*` in a title stands for anything), and look whether those
// tests exist and, where that is asked for, ran and passed the last time.
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** Looks tests up, and collects what is wrong with them. */
export class HeldByTests {
  problems = [];
  /** Tests that hold something, each once. */
  held = new Set();
  #results;
  #titles = new Map();

  /** @param results what `readResults` of test-results.mjs gives, or null where only names are to be looked at. */
  constructor(results) {
    if (results?.length === 0) throw new Error('No test has run yet: run npm test before.');
    this.#results = results;
  }

  /** Looks at the tests of one thing, `{file: [title, …]}`, and prints them. */
  look(id, tests) {
    const named = Object.entries(tests).flatMap(([file, titles]) =>
      titles.map((title) => [file, title]),
    );
    if (named.length === 0) this.problems.push(`${id} has no test.`);
    for (const [file, title] of named) {
      const twice = named.filter(([other, same]) => other === file && same === title).length > 1;
      if (twice) this.problems.push(`${id} names a test twice: ${title}`);
      const wanted = matcher(title);
      const isThere = ({ pattern, sample }) =>
        wanted.test(sample) || pattern.test(title.replaceAll('*', '…'));
      if (!this.#titlesOf(file).some(isThere)) {
        this.problems.push(`${id} names a test that is not in ${file}: ${title}`);
      }
      if (!this.#results) this.held.add(file + title);
      const result = this.#results ? this.#ran(id, file, title) : '';
      console.log(`    ${result}${file}: ${title}`);
    }
  }

  #ran(id, file, title) {
    const wanted = matcher(title);
    const ran = this.#results.filter((result) => result.file === file && wanted.test(result.title));
    for (const result of ran) this.held.add(file + result.title);
    if (ran.length === 0) {
      this.problems.push(`${id} names a test that did not run: ${file}: ${title}`);
      return 'did not run  ';
    }
    if (ran.every(({ passed }) => passed)) return 'passed  ';
    this.problems.push(`${id} is not held: ${title} failed.`);
    return 'FAILED  ';
  }

  /** What tests of a file may be called, with the names of their suites, as `pattern` and as `sample`. */
  #titlesOf(file) {
    if (!this.#titles.has(file)) this.#titles.set(file, existsSync(file) ? titlesIn(file) : []);
    return this.#titles.get(file);
  }
}

function titlesIn(file) {
  const titles = [];
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true), []);
  return titles;

  function visit(node, path) {
    const name = ts.isCallExpression(node) && node.expression.getText();
    if (name === 'describe') path = [...path, textsOf(node.arguments[0])];
    else if (name === 'it' || name === 'test') {
      const texts = [...path, textsOf(node.arguments[0])];
      const pattern = texts.map((parts) => parts.map(literal).join('.+')).join(' ');
      const sample = texts.map((parts) => parts.join('…')).join(' ');
      titles.push({ pattern: new RegExp(`^${pattern}$`, 's'), sample });
    }
    ts.forEachChild(node, (child) => visit(child, path));
  }
}

/** The texts of a title, between which there are parts that are computed and stand for anything. */
function textsOf(node) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return ['', ''];
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
}

/** What a title with `*` in it stands for. */
function matcher(title) {
  return new RegExp(`^${title.split('*').map(literal).join('.+')}$`, 's');
}

function literal(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
