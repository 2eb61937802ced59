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

const { chosen, files } = readArguments(process.argv.slice(2));
const begin = Date.now();
const config = await browserRun(createSimulator());
const executablePath = await findHeadlessShell();

// Each file has a page and a stage of its own here, which tells whether it asked for a kit.
const trials = await Promise.all(files.map((file) => group(file, [file], chosen[0])));
const trialSessions = await run(trials, () => {});
const broken = trialSessions.filter((session) => !session.passed);
for (const session of broken) tell(`${session.group.name} alone, ${nameOf(chosen[0])}`, session);
const affected = trials.filter(({ stage }) => stage.kits > 0).map(({ name }) => name);
const others = files.filter((file) => !affected.includes(file));
console.log(`Left out, since no kit was asked for in their run: ${others.join(', ') || 'none'}.`);

const together = [await bundleTogether(affected)];
const groups = await Promise.all(chosen.map((knobs) => group(nameOf(knobs), together, knobs)));
const results = [];
await run(groups, (session) => {
  const { name } = session.group;
  const figures = count([session]);
  console.log(`${name}: ${figures.passed} passed, ${figures.failed} failed`);
  tell(name, session);
  results.push({ name, ...figures, ran: testsOf(session).length });
});

const sum = (field) => results.reduce((total, result) => total + result[field], 0);
const most = Math.max(...results.map(({ ran }) => ran));
const short = results.filter(({ ran }) => ran < most || ran === 0);
for (const { name, ran } of short) {
  console.log(`FAILED  ${name}: ran ${ran} tests, where others ran ${most}`);
}
const seconds = ((Date.now() - begin) / 1000).toFixed(0);
console.log(`${results.length} combinations of kits, ${affected.length} files, ${seconds} s`);
const failed = sum('failed') + broken.length + short.length;
console.log(`${sum('passed')} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** The combinations and the files that the command line chooses: all of them, if it says nothing. */
function readArguments(words) {
  const values = words.filter((word) => word.includes('=')).map((word) => word.split('='));
  for (const [knob, value] of values) {
    if (knobs[knob]?.includes(value)) continue;
    const choices = Object.entries(knobs).map(([name, all]) => `${name}=${all.join('|')}`);
    console.error(`${knob}=${value} is no choice: ${choices.join(' ')}`);
    process.exit(2);
  }
  const all = Object.entries(knobs).reduce(
    (some, [knob, takes]) =>
      some.flatMap((one) => takes.map((value) => ({ ...one, [knob]: value }))),
    [{}],
  );
  const named = words.filter((word) => !word.includes('='));
  return {
    chosen: all.filter((one) => values.every(([knob, value]) => one[knob] === value)),
    files: named.length > 0 ? named : browserTests,
  };
}

function nameOf(combination) {
  return Object.entries(combination)
    .map((pair) => pair.join('='))
    .join(' ');
}

/** A group of the test runner, with a stage whose kits have the knobs of a combination. */
async function group(name, files, combination) {
  const stage = await startStage(createSimulator(combination));
  return { name, files, stage, testRunnerHtml: pageWith(stage) };
}

/** Runs groups in several browsers, hands over each session that has ended, and gives them all. */
async function run(groups, onEnd) {
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
  runner.sessions.on('session-status-updated', (session) => {
    if (session.status === 'FINISHED') onEnd(session);
  });
  await new Promise((resolve) => runner.on('stopped', resolve));
  return [...runner.sessions.all()];
}

/** Tells what failed in a session. */
function tell(name, session) {
  for (const test of testsOf(session).filter((one) => !one.passed)) {
    console.log(`FAILED  ${name}: ${test.name}\n        ${test.error?.message ?? 'skipped'}`);
  }
  if (!isBroken(session)) return;
  console.log(`FAILED  ${name}: did not run to its end`);
  for (const { message } of session.errors) console.log(`        ${message}`);
}
