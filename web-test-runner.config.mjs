// Browser tests: real Chromium, real frames on another origin. Needs `npm run build` before, for the
// simulator that the other origin serves.
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import process from 'node:process';
import { createSimulator } from './dist/simulator/index.js';
import { findBrowser } from './scripts/find-browser.mjs';
import { startStage } from './test/support/stage.mjs';

const stage = await startStage(createSimulator());
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

export default {
  files: ['test/*.test.ts', 'test/**/*.browser.test.ts'],
  nodeResolve: true,
  concurrency: 1,
  browsers: [
    chromeLauncher({
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
