// Joins what the Node tests and the browser tests (in Chromium) covered, over every file of src, whether
// or not a test imports it, and fails below 95 % of lines.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import process from 'node:process';
import istanbul from 'istanbul-lib-coverage';

const least = 95;
execFileSync(
  'npx',
  [
    ...['--no-install', 'c8', 'report', '--temp-directory', 'coverage/v8', '--reporter', 'json'],
    ...['--reports-dir', 'coverage', '--include', 'src/**', '--exclude-after-remap'],
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
const map = istanbul.createCoverageMap(
  JSON.parse(readFileSync('coverage/coverage-final.json', 'utf8')),
);

const covered = new Map(map.files().map((file) => [relative('.', resolve(file)), file]));
let lines = 0;
let hit = 0;
for (const file of sources('src')) {
  const found = covered.get(file);
  const { total, covered: here } = found
    ? map.fileCoverageFor(found).toSummary().data.lines
    : { total: codeLines(file), covered: 0 };
  lines += total;
  hit += here;
  if (here < total) console.log(`${file}: ${here} of ${total} lines`);
}
const share = (100 * hit) / lines;
console.log(
  `Coverage of src by lines: ${share.toFixed(1)} % (${hit} of ${lines}; at least ${least} %)`,
);
if (share < least) {
  console.error('Write tests for the files above, or take out what nothing needs.');
  process.exitCode = 1;
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

/** Lines of a file that nothing ran: types alone have none. */
function codeLines(file) {
  const built = file.replace(/^src/, 'build').replace(/ts$/, 'js');
  if (!existsSync(built) || statSync(built).size < 20) return 0;
  return readFileSync(file, 'utf8').split('\n').length;
}
