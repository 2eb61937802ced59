import { build } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { findBrowser } from '../../../scripts/find-browser.mjs';
import { bundleTogether, classicScript, options, ownPageScripts } from '../browser-bundle.mjs';
import { chromium } from '../engines/chromium.mjs';
import { startStage } from '../stage.mjs';

/** What is near to the mutated files, and quick. The other tests see many of the mutants, too. */
const files = [
  ...['config/host', 'config/campaign-config', 'token/secure-token', 'token/token-answers'],
  ...['token/token-source', 'token/token-retries', 'token/token-provider', 'campaign/messages'],
  ...['errors', 'page/sender-check', 'campaign/exchange', 'page/queue', 'token/prefetch'],
  ...['campaign/steps', 'campaign/relay', 'token/endpoint-tag', 'page/trust'],
  ...['campaign/frame-fate', 'campaign/vendor-errors', 'campaign/session', 'campaign/login'],
  ...['campaign/pre-login', 'page/kit', 'page/kit-faults', 'config/parse-tag', 'whole/removal'],
  ...['whole/attacks', 'element/define'],
  ...['inspector/inspector', 'page/placement'],
].map((name) => `test/${name}.test.ts`);

const inPage = readFileSync(new URL('in-page.js', import.meta.url));
const mocha = readFileSync(createRequire(import.meta.url).resolve('mocha/mocha.js'));

const builtFile = new URL('../../../dist/qualifio-campaign.min.js', import.meta.url);

/** Milliseconds without a sign of life, after which a run is given up. */
const patience = 30_000;

/** The browser's tests, bundled once; each run has a page of its own in one browser. */
export class BrowserTests {
  #files;
  #server;
  #browser;
  #stage;
  #runs = 0;
  /** Settings of the page that is open, and who waits for its result. */
  #current;

  static async open() {
    const tests = new BrowserTests();
    await tests.#open();
    return tests;
  }

  async #open() {
    // Not of the sandbox: it has no build, and the simulator is not what is tested.
    const { createSimulator } = await import('../../../dist/simulator/index.js');
    this.#stage = await startStage(createSimulator());
    const bundle = readFileSync(await bundleTogether(files), 'utf8');
    // Half of it is its source map.
    const [code] = bundle.split('\n//# sourceMappingURL=');
    this.#files = {
      ...(await ownPages()),
      ...{ '/mocha.js': mocha, '/in-page.js': inPage, '/tests.js': code },
      // What has no mutants.
      '/dist/qualifio-campaign.min.js': readFileSync(builtFile),
    };
    this.#browser = chromium(findBrowser());
    this.#server = createServer((request, response) => this.#answer(request, response));
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** Runs the tests of these ids, or all, to the first that fails where there is a mutant. */
  async run(ids, { activeMutant, hitLimit }) {
    const run = String(++this.#runs);
    const result = new Promise((resolve) => {
      this.#current = { run, resolve, settings: { run, ids, activeMutant, hitLimit } };
    });
    const { port } = this.#server.address();
    await this.#browser.startSession(run, `http://localhost:${port}/?${run}`);
    this.#wait();
    const answer = await result;
    clearTimeout(this.#current.timer);
    await this.#browser.stopSession(run);
    return answer;
  }

  #wait() {
    clearTimeout(this.#current.timer);
    this.#current.timer = setTimeout(() => this.#current.resolve(null), patience);
  }

  async close() {
    await this.#browser.stop();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (request.method === 'POST' && pathname === '/result') {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const { run, ...result } = JSON.parse(Buffer.concat(chunks).toString());
      response.end();
      if (run !== this.#current.run) return;
      if (result.tests) this.#current.resolve(result);
      else this.#wait();
    } else if (this.#files[pathname]) {
      const headers = { 'Content-Type': 'text/javascript', 'Cache-Control': 'max-age=86400' };
      response.writeHead(200, headers).end(this.#files[pathname]);
    } else if (/^\/test\/support\/\w+\.html$/.test(pathname) && existsSync(`.${pathname}`)) {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(readFileSync(`.${pathname}`));
    } else if (pathname === '/') {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(this.#page());
    } else response.writeHead(404).end();
  }

  #page() {
    return `<!doctype html>
      <html lang="en">
        <head><title>Tests</title></head>
        <body>
          <script>
            window.stageHost = '${this.#stage.host}';
            window.replay = null;
            window.mutation = ${JSON.stringify(this.#current.settings)};
          </script>
          <script src="/mocha.js"></script>
          <script src="/in-page.js"></script>
          <script type="module" src="/tests.js"></script>
          <script type="module">mutation.start();</script>
        </body>
      </html>`;
  }
}

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
