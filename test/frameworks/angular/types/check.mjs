import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { stdout, stderr } = spawnSync('npx', ['ngc', '-p', 'types'], {
  encoding: 'utf8',
  env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
});
const plain = `${stdout}${stderr}`.replace(/\u001b\[\d+m/g, '');
const reported = [...plain.matchAll(/rejected\.ts:(\d+):\d+ - error/g)].map(([, line]) => +line);
const wanted = readFileSync('types/rejected.ts', 'utf8')
  .split('\n')
  .flatMap((line, index) => (line.endsWith('> rejected') ? [index + 1] : []));
assert.deepEqual([...new Set(reported)].sort(), wanted, plain);
