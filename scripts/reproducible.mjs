// Builds and packs the sources twice, in folders of different depth, with other times, time zone,
// language and umask, and compares the two packages file by file, byte by byte. Whoever has the sources
// can tell in this way whether a published package was built from them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
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
const names = [...new Set([...first.files.keys(), ...second.files.keys()])].sort();
const different = names.filter((name) => first.files.get(name) !== second.files.get(name));
for (const name of different) console.error(`Differs: ${name}`);
if (different.length === 0 && first.hash !== second.hash) {
  console.error('The files are the same, the archives around them are not.');
}
if (first.hash === second.hash) {
  console.log(`${first.name}: ${names.length} files, the same in both builds`);
  console.log(`sha512-${first.hash}`);
  rmSync(folder, { recursive: true });
} else {
  console.error(`See what differs in ${builds.map((build) => build.folder).join(' and ')}.`);
  process.exitCode = 1;
}

/** Builds and packs a copy of the sources; gives the hashes of the archive and of all that is in it. */
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
  const name = run('npm', 'pack', '--ignore-scripts', '--silent').trim();
  mkdirSync(join(folder, 'unpacked'));
  run('tar', '-xzf', name, '-C', 'unpacked');
  process.umask(before);
  const unpacked = join(folder, 'unpacked');
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return {
    name,
    hash: hashOf(join(folder, name)),
    files: new Map(files.map((path) => [path.slice(unpacked.length), hashOf(path)])),
  };
}

/** Copies what is in the repository or will be, as changed at a time. */
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

/** A folder with the same files, so that it costs no space. */
function link(source, target) {
  mkdirSync(target);
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) link(from, to);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else linkSync(from, to);
  }
}

function hashOf(path) {
  return createHash('sha512').update(readFileSync(path)).digest('base64');
}
