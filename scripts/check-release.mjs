// Fails if package.json does not name the repository that it is published from. URL is the repository's
// address, as the publishing workflow knows it.
import { readFileSync } from 'node:fs';
import process from 'node:process';

const { repository, bugs, homepage } = JSON.parse(readFileSync('package.json', 'utf8'));
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
for (const problem of problems) console.log(`::error file=package.json::${problem}`);
if (problems.length > 0) process.exitCode = 1;
