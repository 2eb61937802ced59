// In the process of a mutant: loads the files of tests that were asked for, which then run.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const { files, output, activeMutant, hitLimit } = JSON.parse(process.env.MUTATION);
const stryker = { activeMutant, hitLimit };
if (hitLimit !== undefined) stryker.hitCount = 0;
globalThis.__stryker__ = stryker;
process.on('exit', () => {
  const coverage = stryker.mutantCoverage ?? { static: {}, perTest: {} };
  writeFileSync(output, JSON.stringify({ coverage, hits: stryker.hitCount }));
});
for (const file of files) await import(pathToFileURL(file).href);
stryker.currentTestId = 'running';
