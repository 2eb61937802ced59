// Bundles what the browser tests load: the hundreds of modules behind a page, one request each, cost
// more than the tests themselves. Whole files go in, with nothing shaken out of them, since coverage
// counts what is in a bundle and nobody called.
import { build, context } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import process from 'node:process';

/** Rooms of test/ whose tests run in Node, but for `*.browser.test.ts`. */
const nodeRooms =
  /^test\/(around|bench|configurator|doctor|e2e|frameworks|package|recipes|server|simulator|tag-command)\//;

/** Every file of tests that runs in a browser. */
export const browserTests = readdirSync('test', { recursive: true })
  .map((name) => join('test', name))
  .filter((path) =>
    nodeRooms.test(path) ? path.endsWith('.browser.test.ts') : path.endsWith('.test.ts'),
  )
  .sort();

/**
 * The files that the command line names, so that no other bundles are built; all files if it names
 * none.
 */
const named = process.argv.filter(
  (word, index, words) =>
    !word.startsWith('--') &&
    words.slice(0, index).findLast((before) => before.startsWith('--')) === '--files',
);
export const wantedTests =
  named.length > 0 && named.every((file) => browserTests.includes(file)) ? named : browserTests;

/** What pages of a test's own load, each as one file. */
export const ownPageScripts = [
  'src/index.ts',
  'src/inspector/index.ts',
  'src/sign-in/index.ts',
  ...['kit', 'campaign-page', 'hostile-pages'].map((name) => `src/simulator/browser/${name}.ts`),
];

/** The CDN file as its sources are now: a classic script, which `dist` has as they were built. */
export const classicScript = 'src/define.ts';

/** Where {@link writeBundle} puts bundles; that of `/src/index.ts` is `src/index.js` there. */
const folder = 'coverage/browser';

/** Bundles and their source maps, by the path that pages know them by. */
const bundles = new Map();

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

/** Imports of what follows each test. */
const eachTest = ['leaks/each-test', 'readable-failures']
  .map((name) => `import '${resolve('test/support', name)}.ts';`)
  .join(' ');

/** Every file of tests begins with them. */
const eachTestFirst = {
  name: 'each-test-first',
  setup({ onLoad }) {
    onLoad({ filter: /\.test\.ts$/ }, ({ path }) => ({
      contents: `${eachTest} ${readFileSync(path, 'utf8')}`,
      loader: 'ts',
    }));
  },
};

/** Options of esbuild that every bundle is built with. */
export const options = {
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  tsconfig: 'tsconfig.json',
  conditions: ['development'],
  treeShaking: false,
  // `sideEffects` of package.json names files of dist/: respected here, it would drop define.ts.
  ignoreAnnotations: true,
  sourcemap: true,
  outbase: '.',
  outdir: folder,
  plugins: [axeApart, eachTestFirst],
  // @sinonjs/fake-timers asks for it under Node.
  external: ['util'],
  logLevel: 'warning',
};

/** Whether the command line asks the test runner to run tests again when a file changes. */
const watches = process.argv.includes('--watch');

/** Builds the bundles of these files of tests, and gives a plugin that has the test runner serve them. */
export async function bundleBrowserTests(entryPoints) {
  const chunkNames = 'chunks/[name]-[hash]';
  const builds = await Promise.all([
    context({ ...options, entryPoints, splitting: true, chunkNames }),
    context({ ...options, entryPoints: ownPageScripts }),
    context({ ...options, entryPoints: [classicScript], format: 'iife' }),
  ]);
  const rebuild = async () => {
    const results = await Promise.all(builds.map((each) => each.rebuild()));
    for (const { path, text } of results.flatMap(({ outputFiles }) => outputFiles)) {
      const name = `/${relative(folder, path)}`;
      bundles.set(/^\/(test|src)\/.*\.js$/.test(name) ? name.replace(/js$/, 'ts') : name, text);
    }
  };
  const dispose = () => Promise.all(builds.map((each) => each.dispose()));
  let built = rebuild();
  await built;
  if (!watches) await dispose();
  const headers = { 'Cache-Control': watches ? 'no-store' : 'max-age=3600' };
  return {
    name: 'browser-bundle',
    serverStart({ fileWatcher }) {
      if (!watches) return;
      fileWatcher.add(['src', 'test'].map((name) => resolve(name)));
      fileWatcher.on('change', () => {
        built = rebuild();
        // A request for a bundle gets the mistake that esbuild has printed.
        built.catch(() => {});
      });
    },
    serverStop: dispose,
    async serve({ path }) {
      await built;
      const body = bundles.get(path);
      if (body === undefined) return undefined;
      return { body, type: extname(path) === '.map' ? 'json' : 'js', headers };
    },
  };
}

/** Writes the bundle that pages know as `pathname` to disk, with its map; gives its path, or null where there is none. */
export function writeBundle(pathname) {
  if (!bundles.has(pathname)) return null;
  const name = pathname.replace(/ts$/, 'js');
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bundles.get(pathname));
  writeFileSync(`${path}.map`, bundles.get(`${name}.map`));
  return path;
}

/**
 * Bundles `files` into one, each in a suite of its name, for a page that runs them all, and that is empty
 * for each as a page of its own would be. Gives its path.
 */
export async function bundleTogether(files) {
  const suite = (file) => `describe('${file}', () => {
    before(() => document.body.replaceChildren());
    require('./${file}');
  });`;
  const contents = [eachTest, ...files.map(suite)].join('\n');
  const stdin = { contents, resolveDir: '.', sourcefile: 'all.js' };
  // The test runner wants a file, and another run may be under way.
  const outfile = `.cache/browser-tests-${process.pid}.js`;
  process.once('exit', () => rmSync(outfile, { force: true }));
  const sourcemap = 'inline';
  await build({ ...options, stdin, write: true, outdir: undefined, outfile, sourcemap });
  return outfile;
}
