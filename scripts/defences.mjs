// Takes out one defence after the other, as test/defences.json lists them, in a copy of the project, runs
// the tests that are named for it, and reports which went red. A patch that no longer applies, or that
// turns nothing red, fails: then nobody would notice if that defence were gone. With --check it only
// looks whether every patch applies. What else stands on the command line chooses patches by their names and files:
// `npm run test:defences -- queue`. Needs a build.
import { transformSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { findBrowser } from './find-browser.mjs';
import { browserResults } from './test-results.mjs';

const words = process.argv.slice(2).filter((word) => word !== '--check');
const all = JSON.parse(readFileSync('test/defences.json', 'utf8'));
const defences = all.filter(({ defence, file }) =>
  words.every((word) => `${file} ${defence}`.includes(word)),
);
const problems = all.flatMap(problemsOf);
if (!process.argv.includes('--check')) await takeOut();
else console.log(`${all.length} patches, each of which takes out a defence, apply.`);
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);

/** What keeps a patch from being tried. */
function problemsOf({ defence, file, text, tests }) {
  const found = existsSync(file) ? readFileSync(file, 'utf8').split(text).length - 1 : 0;
  const lacking = tests.filter((test) => !existsSync(test));
  return [
    ...(found === 1 ? [] : [`Does not apply, ${found} places in ${file}: ${defence}`]),
    ...(all.filter((other) => other.defence === defence).length === 1 ? [] : [`Twice: ${defence}`]),
    ...lacking.map((test) => `${test} is not there: ${defence}`),
  ];
}

async function takeOut() {
  await findBrowser();
  const copy = copyOfProject();
  const begin = Date.now();
  let held = 0;
  for (const { defence, file, text, without, tests } of defences) {
    const path = join(copy, file);
    const whole = readFileSync(path, 'utf8');
    const put = (source) => {
      writeFileSync(path, source);
      // Node's tests run what the compiler wrote.
      const { code } = transformSync(source, { loader: 'ts', target: 'es2022' });
      writeFileSync(compiled(copy, file), code);
    };
    put(whole.replace(text, () => without));
    const red = firstFailure(copy, tests);
    put(whole);
    if (red) held++;
    else problems.push(`Nothing went red without this: ${defence}`);
    console.log(`${red ? 'red' : 'GREEN'}  without “${defence}”${red ? `: ${red}` : ''}`);
  }
  const seconds = ((Date.now() - begin) / 1000).toFixed(0);
  console.log(`${held} of ${defences.length} defences are held by a test; ${seconds} s`);
}

/** Everything that tests need, in a folder of its own. */
function copyOfProject() {
  const copy = mkdtempSync(join(tmpdir(), 'defences-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  const left = ['.git', '.cache', 'node_modules', 'coverage', 'build'];
  for (const name of readdirSync('.')) {
    if (!left.includes(name)) cpSync(name, join(copy, name), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  run(copy, 'npx', '--no-install', 'tsc', '-p', 'tsconfig.node-test.json');
  return copy;
}

/** The first test that fails, by file and title: one is enough, and what fails may take its time. */
function firstFailure(copy, tests) {
  for (const test of tests) {
    const failed = failureIn(copy, test);
    if (failed) return `${test}: ${failed}`;
  }
  return undefined;
}

function failureIn(copy, test) {
  const results = join(copy, browserResults);
  mkdirSync(dirname(results), { recursive: true });
  rmSync(results, { force: true });
  if (/^test\/(server|simulator)\//.test(test)) {
    const reporter = ['--test-reporter=./scripts/test-results.mjs'];
    const limit = '--test-timeout=120000';
    const to = `--test-reporter-destination=${browserResults}`;
    run(copy, 'node', '--test', limit, ...reporter, to, compiled('.', test));
  } else run(copy, 'npx', '--no-install', 'wtr', '--files', test);
  const noted = existsSync(results) ? readFileSync(results, 'utf8') : '';
  const ran = JSON.parse(noted || '[]').filter(({ title }) => title.includes(' '));
  // A file that does not run at all says nothing of the defence.
  if (ran.length === 0) problems.push(`${test} did not run.`);
  return ran.find(({ passed }) => !passed)?.title;
}

function compiled(folder, file) {
  return join(folder, '.cache/node-test', file.replace(/ts$/, 'js'));
}

function run(cwd, command, ...args) {
  const env = { ...process.env, BAIL: '1' };
  spawnSync(command, args, { cwd, env, stdio: 'ignore', timeout: 300_000 });
}
