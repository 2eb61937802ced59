// Builds everything that users load, from scratch: runs tsc, writes the manifest and what is generated
// from it and from the declarations, runs rollup, and writes the bill of materials and the licenses.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import process from 'node:process';

const run = (command, ...args) =>
  execFileSync('npx', ['--no-install', command, ...args], {
    stdio: ['ignore', command === 'cem' ? 'ignore' : 'inherit', 'inherit'],
  });

// A package contains its files' permissions, which must not depend on the user.
process.umask(0o022);
for (const path of ['build', 'dist']) rmSync(path, { recursive: true, force: true });
run('tsc', '-p', '.');
run('tsc', '-p', 'src/simulator');
run('tsc', '-p', 'src/command');
await import('./declaration-docs.mjs');
run('cem', 'analyze', '--quiet');
await import('./angular.mjs');
run('rollup', '-c', '--silent');
await import('./sbom.mjs');
await import('./licenses.mjs');
