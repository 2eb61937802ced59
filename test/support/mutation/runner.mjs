// Stryker's test runner for this project: the browser's tests and Node's, of which a mutant gets those
// that its code is run by. Works in Stryker's copy of the project, whose sources hold every mutant at
// once; which one is alive is told by `__stryker__.activeMutant`. And a reporter.
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import './mutators.mjs';
import { SurvivorsReporter } from './survivors.mjs';

/**
 * Where tests run: `run(ids, options)` gives `{tests, coverage, hits}`, or null where nothing happens
 * any more. Loaded late, since Stryker goes into its copy late.
 */
const open = {
  browser: async () => (await import('./browser-tests.mjs')).BrowserTests.open(),
  node: async () => (await import('./node-tests.mjs')).NodeTests.open(),
};

class ProjectTestRunner {
  #places = new Map();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun({ files }) {
    const tests = [];
    const coverage = { static: {}, perTest: {} };
    const mutated = files.map((path) => relative('.', path));
    for (const kind of Object.keys(open)) {
      if (!mutated.some((path) => kindOf(path) === kind)) continue;
      const place = await this.#place(kind);
      const result = await place.run(null, {});
      if (!result) return { status: DryRunStatus.Timeout };
      tests.push(...result.tests);
      Object.assign(coverage.perTest, result.coverage.perTest);
      Object.assign(coverage.static, result.coverage.static);
    }
    return {
      status: DryRunStatus.Complete,
      tests: tests.map(asTestResult),
      mutantCoverage: withoutStatic(coverage, files),
    };
  }

  async mutantRun({ activeMutant, sandboxFileName, testFilter, hitLimit }) {
    const place = await this.#place(kindOf(relative('.', sandboxFileName)));
    const result = await place.run(testFilter ?? null, {
      activeMutant: activeMutant.id,
      hitLimit,
    });
    return toMutantRunResult(
      (result && determineHitLimitReached(result.hits, hitLimit)) ??
        (result
          ? { status: DryRunStatus.Complete, tests: result.tests.map(asTestResult) }
          : { status: DryRunStatus.Timeout }),
    );
  }

  async dispose() {
    for (const place of this.#places.values()) await (await place).close();
  }

  #place(kind) {
    if (!this.#places.has(kind)) this.#places.set(kind, open[kind]());
    return this.#places.get(kind);
  }
}

const kindOf = (path) => (/^src\/(server|simulator)\//.test(path) ? 'node' : 'browser');

function asTestResult({ id, error, milliseconds }) {
  const result = { id, name: id, timeSpentMs: milliseconds };
  return error === null
    ? { ...result, status: TestStatus.Success }
    : { ...result, status: TestStatus.Failed, failureMessage: error };
}

/**
 * What runs while a module is loaded (a table, a pattern) is there before the first test, so Stryker
 * would give its mutants every test. Those that run something else of the same file are enough.
 */
function withoutStatic({ static: atLoad, perTest }, files) {
  const fileOf = new Map();
  for (const file of files) {
    for (const [, id] of readFileSync(file, 'utf8').matchAll(/stryMutAct_9fa48\("(\d+)"\)/g)) {
      fileOf.set(id, file);
    }
  }
  const filled = Object.entries(perTest).map(([test, hits]) => {
    const touched = new Set(Object.keys(hits).map((id) => fileOf.get(id)));
    const more = Object.entries(atLoad).filter(([id]) => touched.has(fileOf.get(id)));
    return [test, { ...Object.fromEntries(more), ...hits }];
  });
  return { static: {}, perTest: Object.fromEntries(filled) };
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'project', ProjectTestRunner),
  declareClassPlugin(PluginKind.Reporter, 'survivors', SurvivorsReporter),
];
