// Runs the element's tests with every kit that Qualifio's might be: one run for each combination of
// the simulator's knobs for what is unknown of the vendor's side. The knobs are set at the stage's
// simulator, for every kit that it serves; a knob that a test names in the kit's address wins.
//
// Which tests need all the combinations is found out, not listed: knobs are nowhere but in kits, so a
// file in whose run with the first combination no kit was asked for cannot tell one combination from
// another. Everything else runs with each, in one page for a combination: pages cost more than tests.
//
// By hand: `npm run test:alternatives -- payload=json queue=replace test/exchange.test.ts` runs the
// combinations that have these values, and these files alone.
import { startTestRunner } from '@web/test-runner';
import process from 'node:process';
import { createSimulator } from '../dist/simulator/index.js';
import { browserTests, bundleTogether } from '../test/support/browser-bundle.mjs';
import { browserRun, count, isBroken, pageWith, testsOf } from '../test/support/browser-run.mjs';
import { headlessShell } from '../test/support/engines/headless-shell.mjs';
import { startStage } from '../test/support/stage.mjs';
import { findHeadlessShell } from './find-browser.mjs';

const knobs = {
  registrations: ['all', 'first', 'last'],
  callbacks: ['sync', 'async'],
  queue: ['patch', 'replace'],
  target: ['exact', 'any'],
  payload: ['object', 'json'],
};
/** What there is to say is said here. */
const quiet = { reporters: [], staticLogging: true, browserLogs: false };
/** Much of the time tests wait, so there are more browsers than processors. */
const browserCount = 4;

const words = process.argv.slice(2);
const wanted = words.filter((word) => word.includes('=')).map((word) => word.split('='));
for (const [knob, value] of wanted) {
  if (!knobs[knob]?.includes(value)) {
    const choices = Object.entries(knobs).map(([name, values]) => `${name}=${values.join('|')}`);
    console.error(`${knob}=${value} is no choice: ${choices.join(' ')}`);
    process.exit(2);
  }
}
const named = words.filter((word) => !word.includes('='));
const combinations = Object.entries(knobs)
  .reduce(
    (all, [knob, values]) =>
      all.flatMap((one) => values.map((value) => ({ ...one, [knob]: value }))),
    [{}],
  )
  .filter((one) => wanted.every(([knob, value]) => one[knob] === value));

const begin = Date.now();
const config = await browserRun(createSimulator());
const executablePath = await findHeadlessShell();

// Each file has a page and a stage of its own here, which tells whether it asked for a kit.
const trials = await Promise.all(
  (named.length > 0 ? named : browserTests).map(async (file) => ({
    ...(await group(combinations[0], [file], file)),
    file,
  })),
);
await run(trials);
const affected = trials.filter(({ stage }) => stage.kits > 0).map(({ file }) => file);
const left = trials.filter(({ stage }) => stage.kits === 0).map(({ file }) => file);
console.log(`Left out, since no kit was asked for in their run: ${left.join(', ') || 'none'}.\n`);

const together = [await bundleTogether(affected)];
const groups = await Promise.all(combinations.map((one) => group(one, together, name(one))));
const results = [];
await run(groups, (group, sessions) => {
  results.push(report(combinations[groups.indexOf(group)], sessions));
});

const passed = results.reduce((sum, result) => sum + result.passed, 0);
let failed = results.reduce((sum, result) => sum + result.failed, 0);
const most = Math.max(...results.map((result) => result.passed + result.failed));
for (const result of results) {
  const ran = result.passed + result.failed;
  if (ran === most && ran > 0) continue;
  failed++;
  console.log(`FAILED  ${result.name}: ran ${ran} tests, others ran ${most}`);
}
console.log(
  `${results.length} combinations, ${affected.length} files, ${((Date.now() - begin) / 1000).toFixed(0)} s`,
);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function name(combination) {
  return Object.entries(combination)
    .map((pair) => pair.join('='))
    .join(' ');
}

/** A group of the test runner with a stage whose kits are of the combination. */
async function group(combination, files, groupName) {
  const stage = await startStage(createSimulator(combination));
  return { name: groupName, files, stage, testRunnerHtml: pageWith(stage) };
}

/** Runs groups in several browsers, and gives their sessions; `onFinished` gets each group that has run. */
async function run(groups, onFinished = () => {}) {
  const browsers = Array.from({ length: browserCount }, () => headlessShell(executablePath));
  const spread = groups.map((one, index) => ({
    ...one,
    browsers: [browsers[index % browserCount]],
  }));
  const runner = await startTestRunner({
    config: { ...config, groups: spread, concurrentBrowsers: browserCount, ...quiet },
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
  });
  const finished = new Set();
  runner.sessions.on('session-status-updated', () => {
    for (const one of groups) {
      const sessions = [...runner.sessions.all()].filter(({ group }) => group.name === one.name);
      if (finished.has(one) || sessions.some(({ status }) => status !== 'FINISHED')) continue;
      finished.add(one);
      onFinished(one, sessions);
    }
  });
  await new Promise((resolve) => runner.on('stopped', resolve));
  return [...runner.sessions.all()];
}

/** Prints how a combination went, and gives the figures. */
function report(combination, sessions) {
  const figures = count(sessions);
  console.log(`${name(combination)}: ${figures.passed} passed, ${figures.failed} not`);
  for (const session of sessions) {
    for (const test of testsOf(session).filter((one) => !one.passed)) {
      console.log(`FAILED  ${name(combination)}: ${test.name}`);
      console.log(`        ${test.error?.message ?? 'skipped'}`);
    }
    if (!isBroken(session)) continue;
    console.log(`FAILED  ${name(combination)}: did not run to its end`);
    for (const { message } of session.errors) console.log(`        ${message}`);
  }
  return { name: name(combination), ...figures };
}
