// Runs the element's tests with each way in which Qualifio's kit may work: one run for each combination
// of the simulator's knobs for what is unknown. The knobs apply to every kit that the simulator of the
// tests serves. A knob that a test sets in the kit's URL takes precedence.
//
// Only the tests that use a kit are run: those that import one of the three modules of test/support that
// know its URL. All files run in one page for each combination, because a page takes longer to open than
// a test takes to run.
//
// `npm run test:alternatives -- payload=json queue=replace test/campaign/exchange.test.ts` runs only the
// combinations with these values, and only these files. `--part 0/12` runs one of twelve parts of the
// combinations, so that several machines can share them. `--meet 3` runs a small set in which all values
// of any three knobs occur together (`npm test` does this); without it, all combinations run.
// `--profile FILE` runs the combinations that a kit profile leaves open: an absent fact can have any value.
import { startTestRunner } from '@web/test-runner';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { browserTests, bundleTogether } from '../test/support/browser-bundle.mjs';
import { browserRun, count, isBroken, pageWith, testsOf } from '../test/support/browser-run.mjs';
import { chromium } from '../test/support/engines/chromium.mjs';
import { createSimulator } from '../test/support/simulator.mjs';
import { startStage } from '../test/support/stage.mjs';
import { findBrowser } from './find-browser.mjs';
import { load } from './load-source.mjs';

const { kitUnknowns } = await load('src/simulator/model/knob-table.ts');
const { everyKit } = await load('test/support/every-kit.ts');
const { knobsOfProfile } = await load('src/simulator/model/kit-profile.ts');
const { readProfileFile } = await load('src/simulator/command/profile-file.ts');
const knobs = Object.fromEntries(
  Object.entries(kitUnknowns).map(([knob, { values }]) => [knob, values]),
);
/** This script prints the results itself. */
const quiet = { reporters: [], staticLogging: true, browserLogs: false };
/** Tests often wait, so there are more browsers than processors. */
const browserCount = 4;
/** Milliseconds for all tests of a page, while other pages run too. */
const pageTimeout = 600_000;

const { chosen, files } = await readArguments(process.argv.slice(2));
const begin = Date.now();
// The bundle of the tests is made below.
const config = await browserRun(createSimulator(), []);
const executablePath = findBrowser();

const together = [await bundleTogether(files)];
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
console.log(`${results.length} combinations of kits, ${files.length} files, ${seconds} s`);
const failed = sum('failed') + short.length;
console.log(`${sum('passed')} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** The combinations and the files that the command line chooses. Default: all. */
async function readArguments(args) {
  const { values: flags, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      part: { type: 'string', default: '0/1' },
      meet: { type: 'string', default: String(Object.keys(knobs).length) },
      profile: { type: 'string' },
    },
  });
  const [, index, count] = /^(\d+)\/([1-9]\d*)$/.exec(flags.part) ?? [];
  if (!(Number(index) < Number(count))) refuse(`--part ${flags.part} is no part: such as 0/12.`);
  if (!/^[1-9]$/.test(flags.meet)) refuse(`--meet ${flags.meet} is no number of knobs: such as 3.`);
  const wanted = positionals.filter((word) => word.includes('=')).map((word) => word.split('='));
  for (const [knob, value] of wanted) {
    if (knobs[knob]?.includes(value)) continue;
    const choices = Object.entries(knobs).map(([name, all]) => `${name}=${all.join('|')}`);
    refuse(`${knob}=${value} is no choice: ${choices.join(' ')}`);
  }
  const recorded = flags.profile === undefined ? {} : await readProfile(flags.profile);
  const fixed = { ...recorded, ...Object.fromEntries(wanted) };
  const named = positionals.filter((word) => !word.includes('='));
  const possible = everyKit.filter((one) =>
    Object.entries(fixed).every(([knob, value]) => one[knob] === value),
  );
  return {
    chosen: covering(possible, Number(flags.meet)).filter(
      (_, place) => place % count === Number(index),
    ),
    files: named.length > 0 ? named : browserTests.filter(meetsKits),
  };
}

/**
 * A small set of combinations in which all values of any `size` knobs occur together, as far as they
 * do in one of them: each time, the combination that adds the most.
 */
function covering(combinations, size) {
  const meetings = new Map(
    combinations.map((one) => [one, meetingsOf(nameOf(one).split(' '), size)]),
  );
  const open = new Set([...meetings.values()].flat());
  const chosen = [];
  while (open.size > 0) {
    const gain = (one) => meetings.get(one).filter((meeting) => open.has(meeting)).length;
    const next = combinations.reduce((best, one) => (gain(one) > gain(best) ? one : best));
    for (const meeting of meetings.get(next)) open.delete(meeting);
    chosen.push(next);
  }
  return chosen;
}

/** Every choice of `size` of the words, each as one text. */
function meetingsOf(words, size) {
  if (size === 0) return [''];
  return words.flatMap((word, place) =>
    meetingsOf(words.slice(place + 1), size - 1).map((rest) => `${word} ${rest}`),
  );
}

/** The knobs that a kit profile sets. */
async function readProfile(path) {
  try {
    return knobsOfProfile(await readProfileFile('profile', path));
  } catch ({ message }) {
    return refuse(message.replace(/^kitProfile\b/, '--profile'));
  }
}

function refuse(message) {
  console.error(message);
  process.exit(2);
}

function meetsKits(file) {
  return (
    file.startsWith('test/') &&
    !file.startsWith('test/simulator/') &&
    /\b(campaign|kitUrl|OwnPage|paste)\b[^;]* from '\.\.\/support\//.test(
      readFileSync(file, 'utf8'),
    )
  );
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

/**
 * Runs groups in several browsers, reports each session that has ended, and returns all sessions.
 */
async function run(groups, onEnd) {
  const browsers = Array.from({ length: browserCount }, () => chromium(executablePath));
  const spread = groups.map((one, index) => ({
    ...one,
    browsers: [browsers[index % browserCount]],
  }));
  const runner = await startTestRunner({
    config: {
      ...config,
      groups: spread,
      concurrentBrowsers: browserCount,
      testsFinishTimeout: pageTimeout,
      ...quiet,
    },
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

/** Prints what failed in a session. */
function tell(name, session) {
  for (const test of testsOf(session).filter((one) => !one.passed)) {
    console.log(`FAILED  ${name}: ${test.name}\n        ${test.error?.message ?? 'skipped'}`);
  }
  if (!isBroken(session)) return;
  console.log(`FAILED  ${name}: did not run to its end`);
  for (const { message } of session.errors) console.log(`        ${message}`);
}
