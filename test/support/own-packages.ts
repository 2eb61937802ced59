import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from './installed-package.js';

/**
 * Installs packages that only one test needs, once for each lock file, in `.cache/`.
 *
 * @param path of the folder with their `package.json` and lock file
 * @returns the folder with the copies of these files and `node_modules`
 */
export async function installPackages(path: string): Promise<string> {
  const source = join(repository, path);
  const folder = join(repository, '.cache', basename(path));
  const locks = [source, folder].map((place) =>
    readFile(join(place, 'package-lock.json'), 'utf8').catch(() => null),
  );
  const [wanted, present] = await Promise.all(locks);
  // npm writes this file at the end of an installation.
  if (wanted !== present || !existsSync(join(folder, 'node_modules/.package-lock.json'))) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await cp(source, folder, { recursive: true });
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
    await promisify(execFile)('npm', ['ci', ...flags], { cwd: folder });
  }
  return folder;
}
