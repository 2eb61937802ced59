// Browser tests: real browsers, real frames on another origin. Needs `npm run build` before, for the
// simulator that the other origin serves.
import { defaultReporter } from '@web/test-runner';
import { createSimulator } from './dist/simulator/index.js';
import { findBrowser } from './scripts/find-browser.mjs';
import { browserRun, count, pageWith } from './test/support/browser-run.mjs';
import { browserTests } from './test/support/browser-bundle.mjs';
import { chromium } from './test/support/engines/chromium.mjs';
import { startStage } from './test/support/stage.mjs';

const simulator = createSimulator();
const stage = await startStage(simulator);

/** Says the result in the plain form that CI reads. */
const plainReporter = {
  onTestRunFinished({ sessions }) {
    const { passed, failed } = count(sessions);
    console.log(`${passed} passed, ${failed} failed`);
  },
};

export default {
  ...(await browserRun(simulator)),
  files: browserTests,
  browsers: [chromium(await findBrowser())],
  reporters: [
    defaultReporter({ reportTestProgress: false, reportTestResults: true }),
    plainReporter,
  ],
  // Of the runner's own report nothing is used: see test/support/engines/chromium.mjs.
  coverageConfig: { reporters: [] },
  testRunnerHtml: pageWith(stage),
};
