// Settings of every run of browser tests, in any browser and with any kit.
import process from 'node:process';
import { campaignHere } from './campaign-here.mjs';
import { bundleBrowserTests } from './browser-bundle.mjs';

/** A service worker of a package is for the whole site, not for its own folder alone. */
function workersAnywhere(context, next) {
  if (/worker\.js$/i.test(context.path)) context.set('Service-Worker-Allowed', '/');
  return next();
}

/** Errors that tests cause are in the console too. */
const isExpected =
  /^Lit is in dev mode\.|^<qualifio-(campaign|sign-in)>: .*\/docs\/errors\/[A-Z_]+\.md$/s;

/** Configuration of the test runner for these files, but for browsers, reporters and the page. */
export async function browserRun(simulator, files) {
  return {
    nodeResolve: true,
    // Two pages of one browser do not both have focus and animation frames.
    concurrency: 1,
    middleware: [campaignHere(simulator), workersAnywhere],
    plugins: [await bundleBrowserTests(files)],
    filterBrowserLogs: ({ args: [text] }) => !isExpected.test(text),
    testsFinishTimeout: 240_000,
    testFramework: { config: { timeout: 10_000, forbidOnly: true } },
  };
}

/**
 * The page of a file of tests, for `testRunnerHtml`, with the stage that is its other origin. A frame of
 * that origin, which no test sees, stays: browsers would end and start its process with every campaign.
 */
export const pageWith = (stage) => (testFramework) => `<!doctype html>
  <html lang="en">
    <head><title>Tests</title></head>
    <body>
      <script>
        window.stageHost = '${stage.host}';
        window.replay = ${JSON.stringify(process.env.REPLAY ?? null)};
        window.modelRuns = ${Number(process.env.MODEL_RUNS) || null};
        const lasting = document.head.appendChild(document.createElement('span'));
        lasting.attachShadow({ mode: 'closed' }).innerHTML =
          '<iframe src="http://${stage.host}/20/00000000-/" title="Lasts"></iframe>';
      </script>
      <script type="module" src="${testFramework}"></script>
    </body>
  </html>`;

/** The tests that ran in a session, each with its name after those of the suites around it. */
export function testsOf({ testResults }) {
  const all = ({ name = '', tests, suites }, before = []) => {
    const path = name ? [...before, name] : before;
    const own = tests.map((test) => ({ ...test, name: [...path, test.name].join(' ') }));
    return [...own, ...suites.flatMap((suite) => all(suite, path))];
  };
  return testResults ? all(testResults) : [];
}

/** How many tests passed and failed; a file that did not run to its end is a failure too. */
export function count(sessions) {
  const tests = sessions.flatMap(testsOf);
  const passed = tests.filter((test) => test.passed).length;
  const broken = sessions.filter(isBroken).length;
  return { passed, failed: tests.filter((test) => !test.passed && !test.skipped).length + broken };
}

/** Whether a session failed by more than its tests. */
export function isBroken(session) {
  return !session.passed && testsOf(session).every((test) => test.passed || test.skipped);
}
