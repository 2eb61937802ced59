// Browser tests: real Chromium, real frames on another origin. Needs `npm run build` before, for the
// simulator that the other origin serves.
import { mergeScriptCovs } from '@bcoe/v8-coverage';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { createSimulator } from './dist/simulator/index.js';
import { findBrowser } from './scripts/find-browser.mjs';
import { startStage } from './test/support/stage.mjs';

const simulator = createSimulator();
const stage = await startStage(simulator);
const executablePath = await findBrowser();
const isRoot = process.getuid?.() === 0;

/** Says the result in the plain form that CI reads. */
const plainReporter = {
  onTestRunFinished({ sessions }) {
    const results = sessions.flatMap(({ testResults }) =>
      testResults ? testsOf(testResults) : [],
    );
    const passed = results.filter((test) => test.passed).length;
    const broken = sessions.filter((session) => !session.passed && !session.testResults).length;
    const failed = results.filter((test) => !test.passed && !test.skipped).length + broken;
    console.log(`${passed} passed, ${failed} failed`);
  },
};

function testsOf({ tests, suites }) {
  return [...tests, ...suites.flatMap(testsOf)];
}

/**
 * A page whose coverage counts what any frame in it ran of a file: the runner alone would take the
 * frame that loaded the file last.
 */
async function createPage({ context }) {
  const page = await context.newPage();
  const stop = page.coverage.stopJSCoverage.bind(page.coverage);
  page.coverage.stopJSCoverage = async () => {
    const byUrl = new Map();
    for (const entry of await stop()) {
      byUrl.set(entry.url, [...(byUrl.get(entry.url) ?? []), entry]);
    }
    return [...byUrl.values()].map((entries) => ({
      ...entries[0],
      rawScriptCoverage: mergeScriptCovs(entries.map((entry) => entry.rawScriptCoverage)),
    }));
  };
  return page;
}

/** The simulated campaign on the test page's own origin too, run from src so that its coverage counts. */
async function campaignHere(context, next) {
  const { method, path, headers, href, query } = context;
  if (!/^\/(simulator|20)\//.test(path)) return next();
  if (path === '/simulator/campaign.js') {
    context.type = 'text/javascript';
    context.body = `import { campaignPage } from '/src/simulator/campaign-page.ts';
      campaignPage(JSON.parse(document.getElementById('settings').textContent));`;
    return;
  }
  const chunks = [];
  for await (const chunk of context.req) chunks.push(chunk);
  // A frame cannot set headers, so a test names the participant's language in its address.
  const language = query.lang ? { 'accept-language': query.lang } : {};
  const init = { method, headers: { ...headers, ...language } };
  if (method === 'POST') init.body = Buffer.concat(chunks);
  const answer = await simulator.fetch(new Request(href, init));
  context.status = answer.status;
  for (const [name, value] of answer.headers) context.set(name, value);
  // A module, which can be imported from src, and which the frame's load event waits for.
  context.body = (await answer.text()).replace('<script src=', '<script type="module" src=');
}

export default {
  files: ['test/*.test.ts', 'test/**/*.browser.test.ts'],
  nodeResolve: true,
  concurrency: 1,
  browsers: [
    chromeLauncher({
      createPage,
      launchOptions: {
        executablePath,
        headless: true,
        args: [
          ...(isRoot ? ['--no-sandbox'] : []),
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      },
    }),
  ],
  middleware: [campaignHere],
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tsconfig.json' })],
  reporters: [defaultReporter({ reportTestProgress: false }), plainReporter],
  testFramework: { config: { timeout: 10_000, forbidOnly: true } },
  coverageConfig: {
    include: ['src/**/*.ts'],
    reportDir: 'coverage/browser',
    reporters: ['json'],
  },
  testRunnerHtml: (testFramework) => `<!doctype html>
    <html lang="en">
      <head><title>Tests</title></head>
      <body>
        <script>window.stageHost = '${stage.host}';</script>
        <script type="module" src="${testFramework}"></script>
      </body>
    </html>`,
};
