import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** Of a built package, of a browser or of another process, which do not run the mutant; or long. */
const elsewhere = ['browser', 'docs', 'keygen-cli', 'portability', 'properties'];
/** What sees most, soonest. */
const first = ['options', 'refusals', 'canary', 'signing', 'claims', 'keys', 'misuse'];
const others = readdirSync('test/server')
  .map((file) => /^(.+)\.test\.ts$/.exec(file)?.[1])
  .filter((name) => name && ![...elsewhere, ...first].includes(name));
const names = [
  ...[...first, ...others].map((name) => `server/${name}`),
  ...['page-guard', 'verification', 'jwks', 'encryption'].map((name) => `simulator/${name}`),
];

const inProcess = fileURLToPath(new URL('in-process.mjs', import.meta.url));
const untilFailure = fileURLToPath(new URL('until-failure.mjs', import.meta.url));

/** Milliseconds in which all tests of a run end, or are given up. */
const patience = 180_000;

/** Node's tests, bundled once; each run has a process of its own. Its tests are whole files. */
export class NodeTests {
  #folder = `.cache/mutation-${process.pid}`;

  static async open() {
    const tests = new NodeTests();
    await build({
      entryPoints: names.map((name) => `test/${name}.test.ts`),
      outbase: 'test',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      outdir: tests.#folder,
      outExtension: { '.js': '.mjs' },
      logLevel: 'warning',
    });
    return tests;
  }

  /** Runs the files of these ids, or all, to the first test that fails where there is a mutant. */
  async run(ids, { activeMutant, hitLimit }) {
    const wanted = names.filter((name) => !ids || ids.includes(name));
    if (activeMutant !== undefined) return this.#run(wanted, { activeMutant, hitLimit });
    const result = { tests: [], coverage: { static: {}, perTest: {} } };
    for (const name of names) {
      const one = await this.#run([name], {});
      if (!one) return null;
      result.tests.push(...one.tests);
      // A process has run nothing but this file, while it was loaded, too.
      const { static: atLoad, perTest } = one.coverage;
      result.coverage.perTest[name] = Object.assign({}, ...Object.values(perTest));
      Object.assign(result.coverage.static, atLoad);
    }
    return result;
  }

  async close() {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #run(names, settings) {
    const output = `${this.#folder}/result.json`;
    rmSync(output, { force: true });
    const files = names.map((name) => join(this.#folder, `${name}.test.mjs`));
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    env.MUTATION = JSON.stringify({ ...settings, output, files });
    const begin = Date.now();
    const args = [
      `--test-reporter=${untilFailure}`,
      '--test-reporter-destination=stdout',
      inProcess,
    ];
    const [failure, text] = await new Promise((resolve) => {
      const options = { env, timeout: patience, killSignal: 'SIGKILL' };
      execFile(process.execPath, args, options, (...ended) => resolve(ended));
    });
    if (failure?.signal) return null;
    const { coverage, hits } = JSON.parse(readFileSync(output, 'utf8'));
    const milliseconds = (Date.now() - begin) / names.length;
    const tests = names.map((id) => ({ id, error: null, milliseconds }));
    if (failure) tests[0].error = text.trim() || `The process ended with ${failure.code}.`;
    return { tests, coverage, hits };
  }
}
