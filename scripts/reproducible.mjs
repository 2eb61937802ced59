// Builds and packs the sources twice, in two folders with a different depth, time, time zone, language
// and umask, and compares the two packages byte by byte. If they are equal, anyone can check that a
// published package was built from these sources.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

const folder = '.cache/reproducible';
const builds = [
  { folder: `${folder}/a`, umask: 0o022, env: { TZ: 'UTC', LC_ALL: 'C' } },
  {
    folder: `${folder}/b/in/a/folder whose path is longer`,
    umask: 0o077,
    env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', SOURCE_DATE_EPOCH: '1', NO_COLOR: '1' },
    changed: new Date('2001-02-03T04:05:06Z'),
  },
];

rmSync(folder, { recursive: true, force: true });
const [first, second] = builds.map(packed);
if (first.integrity === second.integrity) {
  console.log(`${first.filename}: ${first.entryCount} files, the same in both builds`);
  console.log(first.integrity);
  rmSync(folder, { recursive: true });
} else {
  console.error('The packages differ. Their files, unless the archives around them alone do:');
  const unpacked = builds.map(({ folder }) => {
    execFileSync('tar', ['-xzf', first.filename], { cwd: folder });
    return join(folder, 'package');
  });
  spawnSync('diff', ['-rq', ...unpacked], { stdio: 'inherit' });
  process.exitCode = 1;
}

/** Builds and packs a copy of the sources; returns npm's report about the package. */
function packed({ folder, umask, env, changed }) {
  const before = process.umask(umask);
  copySources(folder, changed);
  link('node_modules', join(folder, 'node_modules'));
  const run = (command, ...args) =>
    execFileSync(command, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  run('node', 'scripts/build.mjs');
  const [made] = JSON.parse(run('npm', 'pack', '--ignore-scripts', '--json'));
  process.umask(before);
  return made;
}

/** Copies the tracked and the new files, with `changed` as their modification time. */
function copySources(target, changed) {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = execFileSync('git', list, { encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const path of paths) {
    const copy = join(target, path);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(path, copy);
    if (changed) utimesSync(copy, changed, changed);
  }
}

/** A folder with hard links to the same files, which needs no space. */
function link(source, target) {
  mkdirSync(target);
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) link(from, to);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else linkSync(from, to);
  }
}
