/**
 * Runs before every file of browser tests (see browser-bundle.mjs). After each test, before its
 * page is cleaned up, it looks for the mark in the tests' tokens. If it finds the mark, the test
 * fails.
 */
import { leaks } from './index.js';

// Tests move the clock.
const now = performance.now.bind(performance);
const { fetch } = window;
let scans = 0;
let milliseconds = 0;

async function expectNoLeaks(): Promise<void> {
  const start = now();
  const found = await leaks();
  milliseconds += now() - start;
  scans++;
  if (found.length > 0) throw new Error(`A token leaked: ${found.join(', ')}`);
}

beforeEach(function () {
  const test = this.currentTest!;
  const body = test.fn as Mocha.AsyncFunc;
  test.fn = async function (this: Mocha.Context) {
    await body.call(this);
    await expectNoLeaks();
  };
});

after(async () => {
  const cost = JSON.stringify({ scans, milliseconds });
  await fetch(`http://${window.stageHost}/scans`, { method: 'POST', mode: 'no-cors', body: cost });
  await expectNoLeaks();
});
