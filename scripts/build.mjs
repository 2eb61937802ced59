// Builds everything that users load, from nothing: tsc, then rollup, then the manifest.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const run = (command, ...args) =>
  execFileSync('npx', ['--no-install', command, ...args], {
    stdio: ['ignore', command === 'cem' ? 'ignore' : 'inherit', 'inherit'],
  });

for (const path of ['build', 'dist']) rmSync(path, { recursive: true, force: true });
run('tsc', '-p', '.');
run('tsc', '-p', 'src/simulator');
run('rollup', '-c', '--silent');
run('cem', 'analyze', '--quiet');
