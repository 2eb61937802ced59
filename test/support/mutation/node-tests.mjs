import { build } from 'esbuild';
import { spawn } from 'node:child_process';
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

/** Milliseconds without a test that ends, after which a run is given up. */
const patience = 30_000;

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

  #run(names, settings) {
    const output = `${this.#folder}/result.json`;
    rmSync(output, { force: true });
    const given = {
      ...settings,
      output,
      files: names.map((name) => join(this.#folder, `${name}.test.mjs`)),
    };
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const begin = Date.now();
    const child = spawn(
      process.execPath,
      [`--test-reporter=${untilFailure}`, '--test-reporter-destination=stdout', inProcess],
      { env: { ...env, MUTATION: JSON.stringify(given) }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const end = () => child.kill('SIGKILL');
    let timer = setTimeout(end, patience);
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      clearTimeout(timer);
      timer = setTimeout(end, patience);
      told += text;
    });
    return new Promise((resolve) => {
      child.on('close', (code, signal) => {
        clearTimeout(timer);
        if (signal) return resolve(null);
        const error = code === 0 ? null : told.trim() || `The process ended with ${code}.`;
        const { coverage, hits } = JSON.parse(readFileSync(output, 'utf8'));
        const milliseconds = (Date.now() - begin) / names.length;
        const tests = names.map((id) => ({ id, error: null, milliseconds }));
        if (error !== null) tests[0].error = error;
        resolve({ tests, coverage, hits });
      });
    });
  }
}
