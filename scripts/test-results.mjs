// Reporters that record which tests ran and whether they passed, for other scripts: one for the browser
// tests, and, as the default export, one for Node's tests.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import process from 'node:process';
import { isBroken, testsOf } from '../test/support/browser-run.mjs';

/** Where the results of all tests are. */
export const resultsFolder = '.cache/test-results';

/** Where the results of browser tests are, of these engines. */
const browserResults = `${resultsFolder}/browser-${process.env.ENGINES ?? 'chromium'}.json`;

/** The results of the last runs of the browser tests and of the Node tests. An interrupted run has none. */
export function readResults() {
  if (!existsSync(resultsFolder)) return [];
  return readdirSync(resultsFolder).flatMap((file) =>
    JSON.parse(readFileSync(`${resultsFolder}/${file}`, 'utf8') || '[]'),
  );
}

/** A reporter of @web/test-runner. */
export function resultsReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const results = sessions.flatMap((session) => {
        const file = relative('.', session.testFile);
        const why = session.errors[0]?.message;
        const whole = isBroken(session) ? [{ file, title: '', passed: false, error: why }] : [];
        const tests = testsOf(session).map(({ name, passed, error }) => {
          return { file, title: name, passed, error: error?.message };
        });
        return [...tests, ...whole];
      });
      mkdirSync(resultsFolder, { recursive: true });
      writeFileSync(browserResults, JSON.stringify(results, null, 1));
    },
  };
}

/** A reporter of node:test. */
export default async function* nodeReporter(events) {
  const paths = new Map();
  const results = [];
  for await (const { type, data } of events) {
    if (!data.file || !/^test:(start|pass|fail)$/.test(type)) continue;
    const path = paths.get(data.file) ?? [];
    paths.set(data.file, path);
    path.length = data.nesting;
    path.push(data.name);
    if (type === 'test:start' || data.details.type === 'suite') continue;
    const file = relative('.', data.file);
    const error = data.details.error?.cause?.message ?? data.details.error?.message;
    results.push({ file, title: path.join(' '), passed: type === 'test:pass', error });
  }
  yield JSON.stringify(results, null, 1);
}
