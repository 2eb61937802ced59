// Joins what the Node tests and the browser tests (in Chromium) covered, over every file of src, whether
// or not a test imports it, and fails below 95 % of lines.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

const least = 95;
const report =
  '--no-install c8 report --temp-directory coverage/v8 --reports-dir coverage ' +
  '--reporter json-summary --include src/** --exclude-after-remap';
execFileSync('npx', report.split(' '), { stdio: ['ignore', 'ignore', 'inherit'] });
const summary = JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8'));
let lines = 0;
let hit = 0;
for (const file of sources('src')) {
  const { total, covered: here } = summary[resolve(file)]?.lines ?? unseen(file);
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

/** Of a file that nothing ran: types alone have no lines. */
function unseen(file) {
  const built = file.replace(/^src/, 'build').replace(/ts$/, 'js');
  if (!existsSync(built) || statSync(built).size < 20) return { total: 0, covered: 0 };
  return { total: readFileSync(file, 'utf8').split('\n').length, covered: 0 };
}
