// Runs everything that must pass before a change is merged: the build, the checks, the tests in Node, in
// browsers and end to end, and coverage over all of src. Continues after a failure, so that one run
// reports everything, and ends with a line `N passed, N failed`. Set ONLY=browser,e2e,… to run some
// steps. With --quick (`npm run test:quick`), it omits what is slow and covers no security guarantee,
// takes at most two minutes on two idle processors, and lists what it omitted.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { setUp } from './setup.mjs';
import { readResults, resultsFolder } from './test-results.mjs';

const isQuick = process.argv.includes('--quick');
const only = process.env.ONLY?.split(',');
const tests = (folder) =>
  readdirSync(`test/${folder}`)
    .filter((name) => name.endsWith('.test.ts') && !name.endsWith('.browser.test.ts'))
    .map((name) => `test/${folder}/${name}`);
/** Records which code of src ran. Not set for what runs none of it: it takes up to half as long again. */
const coverage = `NODE_V8_COVERAGE=${resolve('coverage/v8')}`;
/** The command for Node's tests, whose results are recorded under a name. */
const node = (name, ...files) => [
  'node',
  ...['--enable-source-maps', '--import', 'tsx', '--test'],
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=./scripts/test-results.mjs',
  `--test-reporter-destination=${resultsFolder}/${name}.json`,
  // Node's default is one less than there are processors, but the tests often wait.
  '--test-concurrency=2',
  // If a test hangs, only that test fails. A file counts as one test, and some build whole apps.
  '--test-timeout=600000',
  ...files,
];

/** Milliseconds after which a command is ended. */
const limit = 1_200_000;

/** What depends most on how the kit behaves; `npm run test:alternatives` runs every file with each of all kits, which takes long. */
const conversation = [
  ...['campaign/kit-alternatives', 'campaign/exchange', 'campaign/steps', 'campaign/relay'],
  'sign-in/odd-pages',
].map((name) => `test/${name}.test.ts`);

/** Tests that play campaigns in a browser or run commands, which takes long. */
const slow = ['campaign', 'campaign-look', 'campaign-steps', 'cli', 'frame-knobs', 'hand-written']
  .concat('installed', 'kit-knobs', 'many-campaigns', 'other-traffic', 'playwright', 'vendor-codes')
  .map((name) => `test/simulator/${name}.test.ts`);
/** Whether a file has a test of a guarantee in SECURITY.md, or of a threat. */
const holdsSecurity = (file) => /@holds .*\b[PST]\d/.test(readFileSync(file, 'utf8'));
const nodeTests = [
  'bench',
  'configurator',
  'server',
  'simulator',
  'doctor',
  'tag-command',
  'frameworks',
].flatMap(tests);
/** They run what npm packs, with tools of others. */
const packageTests = tests('package');
const endToEnd = ['e2e', 'around'].flatMap(tests);
/** Whether a Node test is fast, or covers security. */
const isQuickTest = (file) =>
  (/^test\/(server|simulator|doctor|tag-command)\//.test(file) && !slow.includes(file)) ||
  holdsSecurity(file);
const allTests = [...nodeTests, ...packageTests, ...endToEnd];
const quickTests = allTests.filter(isQuickTest);

const quickSteps = {
  build: [['node', 'scripts/build.mjs']],
  lint: [['npm', 'run', '--silent', 'lint']],
  types: [['npm', 'run', '--silent', 'typecheck']],
  size: [['node', 'scripts/check-size.mjs']],
  docs: [['node', 'scripts/readme.mjs', '--check']],
  node: [node('node', ...quickTests)],
  browser: [['ENGINES=chromium', 'MODEL_RUNS=100', 'npx', '--no-install', 'wtr']],
};

const allSteps = {
  build: [['node', 'scripts/build.mjs']],
  lint: [['npm', 'run', '--silent', 'lint']],
  types: [
    ['npm', 'run', '--silent', 'typecheck'],
    ['npm', 'run', '--silent', 'test:types'],
  ],
  size: [['node', 'scripts/check-size.mjs']],
  docs: [['node', 'scripts/readme.mjs', '--check']],
  node: [[coverage, ...node('node', ...nodeTests)]],
  package: [node('package', ...packageTests)],
  browser: [
    [coverage, 'COVERAGE=1', 'ENGINES=chromium,firefox,webkit', 'npx', '--no-install', 'wtr'],
  ],
  alternatives: [['node', 'scripts/alternatives.mjs', '--meet', '3', ...conversation]],
  e2e: [[coverage, ...node('e2e', ...endToEnd)]],
  evidence: [['node', 'scripts/evidence.mjs', '--results']],
  soak: [['node', 'scripts/soak.mjs']],
  coverage: [['npx', '--no-install', 'c8', 'report']],
};

const steps = isQuick ? quickSteps : allSteps;

/** Run at the same time: the checks need one processor, and Node's tests often wait. */
const parallel = ['lint', 'types', 'size', 'docs', 'node', ...(isQuick ? ['browser'] : [])];

// Results of an earlier run would hide that some are missing in this one.
for (const folder of ['coverage', resultsFolder]) {
  if (only && folder !== 'coverage') continue;
  rmSync(folder, { recursive: true, force: true });
}
for (const folder of ['coverage', resultsFolder]) mkdirSync(folder, { recursive: true });
const missing = await setUp();
for (const message of missing.values()) console.error(message);
// Without Chromium, half of the tests cannot run. CI needs all browsers.
if (missing.has('Chromium') || (process.env.CI && missing.size > 0)) process.exit(1);
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

let passed = 0;
let failed = 0;
const broken = [];
const atOnce = [];
for (const name of Object.keys(steps).filter((name) => !only || only.includes(name))) {
  if (parallel.includes(name)) atOnce.push(step(name));
  else {
    await Promise.all(atOnce);
    await step(name);
  }
}
await Promise.all(atOnce);
if (isQuick) {
  const others = Object.keys(allSteps).filter((name) => !Object.hasOwn(quickSteps, name));
  const left = allTests.filter((file) => !isQuickTest(file));
  console.log(`Left out: ${others.join(', ')}; other engines, types for frameworks; 900 of 1,000`);
  console.log(`runs of test/whole/model.test.ts; ${left.join(' ')}`);
}
if (broken.length > 0) console.error(`Failed: ${broken.join(', ')}`);
for (const { file, title, error } of readResults().filter((result) => !result.passed)) {
  console.error(`${file}: ${title}: ${error?.split('\n')[0]}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function step(name) {
  const begin = Date.now();
  for (const command of steps[name]) {
    const result = await run(command);
    passed += result.passed;
    failed += result.failed;
    if (result.code === 0) continue;
    broken.push(name);
    // A step that fails without a failed test counts as one failure.
    if (result.failed === 0) failed++;
    break;
  }
  console.log(`\n── ${name}: ${((Date.now() - begin) / 1000).toFixed(0)} s\n`);
}

/** Runs a command, after optional variables. Shows its output, and reads the numbers of tests at its end. */
function run(words) {
  const start = words.findIndex((word) => !/^[A-Z\d_]+=/.test(word));
  const variables = Object.fromEntries(words.slice(0, start).map((word) => word.split('=')));
  const [command, ...args] = words.slice(start);
  const env = { ...process.env, FORCE_COLOR: '0', ...variables };
  // In a process group of its own, so that its browsers end with it.
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const end = () => process.kill(-child.pid, 'SIGKILL');
  process.on('exit', end);
  const timer = setTimeout(() => {
    console.error(`${command} ${args.join(' ')} did not end within ${limit / 1000} s.`);
    end();
  }, limit);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  return new Promise((done) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      process.off('exit', end);
      const count = (pattern) => Number(output.match(pattern)?.at(-1)?.match(/\d+/)?.[0] ?? 0);
      done({
        code,
        passed: count(/^ℹ pass \d+/gm) || count(/^\d+ passed/gm),
        failed: count(/^ℹ fail \d+/gm) || count(/\d+ failed$/gm),
      });
    });
  });
}
