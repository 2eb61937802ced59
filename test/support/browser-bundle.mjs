// Bundles what the browser tests load: the hundreds of modules behind a page, one request each, cost
// more than the tests themselves. Whole files go in, with nothing shaken out of them, since coverage
// counts what is in a bundle and nobody called.
import { build } from 'esbuild';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { extname, join } from 'node:path';

/** Every file of tests that runs in a browser. */
export const browserTests = readdirSync('test', { recursive: true })
  .map((name) => join('test', name))
  .filter((path) => /^test\/[^/]+\.test\.ts$|\.browser\.test\.ts$/.test(path))
  .sort();

/** What pages of a test's own load, each as one file. */
const ownPageScripts = [
  'src/index.ts',
  'src/inspector/index.ts',
  ...['kit', 'campaign-page', 'stranger-pages'].map((name) => `src/simulator/${name}.ts`),
];

/** Where the bundles are, each under the path that pages know it by, with `.js`. */
export const bundleFolder = '.cache/browser-test';

/** Half of all bytes, and few tests look for accessibility: axe comes when it is asked for. */
const axeApart = {
  name: 'axe-apart',
  setup({ onResolve, onLoad }) {
    const path = '/node_modules/axe-core/axe.min.js';
    onResolve({ filter: /^axe-core\// }, () => ({ path, external: true }));
    // It would call `require`, which it takes for webpack's.
    onLoad({ filter: /chai-a11y-axe.src.axe-import\.js$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replace("typeof require === 'function'", 'false'),
    }));
  },
};

const options = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  tsconfig: 'tsconfig.json',
  conditions: ['development'],
  treeShaking: false,
  // `sideEffects` of package.json names files of dist/: respected here, it would drop define.ts.
  ignoreAnnotations: true,
  sourcemap: true,
  outbase: '.',
  outdir: bundleFolder,
  plugins: [axeApart],
  logLevel: 'warning',
};

/** Bundles `files` into one, each in a suite of its name, for a page that runs them all. Gives its path. */
export async function bundleTogether(files) {
  const suite = (file) => `describe('${file}', () => void require('./${file}'));`;
  const stdin = {
    contents: files.map(suite).join('\n'),
    resolveDir: '.',
    sourcefile: 'together.js',
  };
  const outfile = join(bundleFolder, 'together.js');
  await build({ ...options, stdin, outdir: undefined, outfile });
  return outfile;
}

/** Builds the bundles, and gives a plugin that has the test runner serve them. */
export async function bundleBrowserTests() {
  rmSync(bundleFolder, { recursive: true, force: true });
  const chunkNames = 'chunks/[name]-[hash]';
  await build({ ...options, entryPoints: browserTests, splitting: true, chunkNames });
  await build({ ...options, entryPoints: ownPageScripts });
  const entries = new Set([...browserTests, ...ownPageScripts].map((path) => `/${path}`));
  const headers = { 'Cache-Control': 'max-age=3600' };
  return {
    name: 'browser-bundle',
    serve({ path }) {
      if (!entries.has(path) && !/^\/chunks\/|^\/(test|src)\/.*\.js\.map$/.test(path)) return;
      const body = readFileSync(bundleFolder + path.replace(/\.ts$/, '.js'), 'utf8');
      return { body, type: extname(path) === '.map' ? 'json' : 'js', headers };
    },
  };
}
