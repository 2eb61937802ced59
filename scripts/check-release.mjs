// Fails if package.json, or a page or source, does not name the repository that the package is
// published from. URL is the repository's address, as the publishing workflow knows it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const read = (file) => readFileSync(file, 'utf8');
const { repository, bugs, homepage } = JSON.parse(read('package.json'));
const named = { repository: repository?.url, bugs, homepage };
const problems = Object.entries(named)
  .filter(([, url]) => !url || url.includes('/OWNER/'))
  .map(([field, url]) => `"${field}" is ${url}: replace OWNER with the owner of the repository.`);
const wanted = `git+${process.env.URL}.git`;
if (problems.length === 0 && repository.url !== wanted) {
  problems.push(
    `"repository.url" must be ${wanted}, for the statement of where the package comes from; it is ${repository.url}.`,
  );
}
for (const problem of problems) report('package.json', problem);

for (const folder of ['docs', 'src']) {
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (!/\.(md|ts)$/.test(name)) continue;
    const lines = read(file).split('\n');
    const index = lines.findIndex((line) => line.includes('/OWNER/'));
    if (index >= 0) report(file, 'replace OWNER with the owner of the repository.', index + 1);
  }
}

const source = 'src/errors.ts';
const [, pages] = /errorPages = '(.+)'/.exec(read(source)) ?? [];
const expected = `${process.env.URL}/blob/HEAD/docs/errors/`;
if (pages !== expected) report(source, `"errorPages" must be ${expected}; it is ${pages}.`);

function report(file, problem, line) {
  console.log(`::error file=${file}${line ? `,line=${line}` : ''}::${problem}`);
  process.exitCode = 1;
}
