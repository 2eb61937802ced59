// Browser tests: real browsers, real frames on another origin. In Chromium, or in the engines that
// ENGINES names: `ENGINES=chromium,firefox,webkit npx wtr`. The tests and the simulator run as their
// sources are; tests that load files of `dist/` have it built if it is missing.
import { defaultReporter } from '@web/test-runner';
import { readFileSync } from 'node:fs';
import { ensureBuilt } from './scripts/ensure-built.mjs';
import { resultsReporter } from './scripts/test-results.mjs';
import { wantedTests } from './test/support/browser-bundle.mjs';
import { browserRun, count, pageWith } from './test/support/browser-run.mjs';
import { launchers } from './test/support/engines/index.mjs';
import { createSimulator } from './test/support/simulator.mjs';
import { startStage } from './test/support/stage.mjs';

if (wantedTests.some((file) => readFileSync(file, 'utf8').includes('/dist/'))) ensureBuilt();

const simulator = createSimulator();
const stage = await startStage(simulator);
const { browsers, missing } = launchers();

/** Says the result in the plain form that CI reads: of each engine, then of all. */
const plainReporter = {
  onTestRunFinished({ sessions }) {
    for (const browser of browsers) {
      const { passed, failed } = count(sessions.filter((session) => session.browser === browser));
      console.log(`${browser.name}: ${passed} passed, ${failed} failed`);
    }
    for (const message of missing) console.error(message);
    const { count: scans, milliseconds } = stage.leakScans;
    console.log(
      `Looked for leaked tokens ${scans} times, ${(milliseconds / scans).toFixed(1)} ms each`,
    );
    const { passed, failed } = count(sessions);
    console.log(`${passed} passed, ${failed} failed`);
  },
};

export default {
  ...(await browserRun(simulator, wantedTests)),
  files: wantedTests,
  browsers,
  concurrentBrowsers: browsers.length,
  reporters: [defaultReporter({ reportTestProgress: false }), plainReporter, resultsReporter()],
  testRunnerHtml: pageWith(stage),
};
