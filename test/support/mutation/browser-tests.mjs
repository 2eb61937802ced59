import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../../../scripts/find-browser.mjs';
import { bundleTogether, classicScript, options, ownPageScripts } from '../browser-bundle.mjs';
import { ChromiumProcess } from '../engines/chromium-process.mjs';
import { startStage } from '../stage.mjs';

/** Fast tests close to the mutated files. Other tests also find many of the mutants. */
const files = [
  ...['config/host', 'config/campaign-config', 'token/secure-token', 'token/token-answers'],
  ...['token/token-source', 'token/token-retries', 'token/token-provider', 'campaign/messages'],
  ...['errors', 'page/sender-check', 'campaign/exchange', 'page/queue', 'token/prefetch'],
  ...['campaign/steps', 'campaign/relay', 'token/endpoint-tag', 'page/trust'],
  ...['campaign/frame-fate', 'campaign/vendor-errors', 'campaign/session', 'campaign/login'],
  ...['campaign/pre-login', 'page/kit', 'page/kit-faults', 'config/parse-tag', 'whole/removal'],
  ...['whole/attacks', 'element/define'],
  ...['inspector/inspector', 'page/placement', 'page/page-answers'],
].map((name) => `test/${name}.test.ts`);

const inPage = readFileSync(new URL('in-page.js', import.meta.url));
const mocha = readFileSync(createRequire(import.meta.url).resolve('mocha/mocha.js'));

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Milliseconds in which all tests of a page end, or are given up; a mutant has fewer (`timeoutMS`). */
const patience = 400_000;

/** The browser tests, bundled once; each run has a separate page in one browser. */
export class BrowserTests {
  #server;
  #browser;

  static async open() {
    const tests = new BrowserTests();
    await tests.#open();
    return tests;
  }

  async #open() {
    // Not of the sandbox: it has no build, and the simulator is not what is tested.
    const { createSimulator } = await import('../../../dist/simulator/index.js');
    const stage = await startStage(createSimulator());
    const bundle = readFileSync(await bundleTogether(files), 'utf8');
    // Half of it is its source map.
    const [code] = bundle.split('\n//# sourceMappingURL=');
    const scripts = {
      ...(await ownPages()),
      ...{ '/mocha.js': mocha, '/in-page.js': inPage, '/tests.js': code },
    };
    const headers = { 'Content-Type': 'text/javascript', 'Cache-Control': 'max-age=86400' };
    const app = new Hono()
      .get('/', (c) => c.html(html(stage, c.req.query('settings'))))
      .get('*', (c, next) =>
        scripts[c.req.path] ? c.body(scripts[c.req.path], 200, headers) : next(),
      )
      // What has no mutants, and is not in Stryker's copy.
      .use(serveStatic({ root }));
    this.#server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await once(this.#server, 'listening');
    this.#browser = new ChromiumProcess(findBrowser());
  }

  /** Runs the tests of these ids, or all, to the first that fails where there is a mutant. */
  async run(ids, { activeMutant, hitLimit }) {
    const { port } = this.#server.address();
    const settings = encodeURIComponent(JSON.stringify({ activeMutant, hitLimit }));
    const page = await this.#browser.open(`http://localhost:${port}/?settings=${settings}`);
    const over = new Promise((resolve) => {
      setTimeout(resolve, patience, null).unref();
    });
    const result = await Promise.race([page.evaluate(`run(${JSON.stringify(ids)})`), over]);
    await page.close();
    return result;
  }

  async close() {
    await this.#browser.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** The page of a run. */
const html = (stage, settings) => `<!doctype html>
  <html lang="en">
    <head><title>Tests</title></head>
    <body>
      <script>
        window.stageHost = '${stage.host}';
        window.replay = null;
        window.__stryker__ = ${settings};
      </script>
      <script src="/mocha.js"></script>
      <script src="/in-page.js"></script>
      <script type="module" src="/tests.js"></script>
    </body>
  </html>`;

/** What pages in frames and pop-ups load; their mutant is that of the page that opened them. */
async function ownPages() {
  const banner = { js: 'globalThis.__stryker__ ??= (opener ?? parent).__stryker__;' };
  const results = await Promise.all([
    build({ ...options, banner, entryPoints: ownPageScripts }),
    build({ ...options, banner, entryPoints: [classicScript], format: 'iife' }),
  ]);
  const scripts = results
    .flatMap(({ outputFiles }) => outputFiles)
    .filter(({ path }) => path.endsWith('.js'));
  return Object.fromEntries(
    scripts.map(({ path, text }) => [
      path.replace(/^.*(?=\/src\/)/, '').replace(/js$/, 'ts'),
      text,
    ]),
  );
}
