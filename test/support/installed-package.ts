import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The repository. */
export const repository: string = fileURLToPath(new URL('../../', import.meta.url));

/** Throws unless `dist/` exists, which the calling tests examine. */
export function assertBuilt(): void {
  if (existsSync(join(repository, 'dist/qualifio-campaign.min.js'))) return;
  throw new Error('dist/ is missing: run `npm run build` first.');
}

/**
 * An empty project with this package, as npm packs it. Its dependencies are links to this
 * repository, so no registry is needed. The project finds no other packages.
 */
export class InstalledPackage {
  readonly folder: string;
  /** What npm publishes. */
  readonly tarball: string;

  private constructor(folder: string, tarball: string) {
    this.folder = folder;
    this.tarball = tarball;
  }

  static async create(): Promise<InstalledPackage> {
    assertBuilt();
    const folder = await mkdtemp(join(tmpdir(), 'qualifio-campaign-'));
    const installed = join(folder, 'node_modules/qualifio-campaign');
    await mkdir(installed, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"type":"module","private":true}');
    const packing = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    const { stdout } = await run('npm', packing, { cwd: repository });
    const project = new InstalledPackage(folder, join(folder, stdout.trim()));
    await run('tar', ['-xzf', project.tarball, '-C', installed, '--strip-components=1']);
    const manifest = await readFile(join(installed, 'package.json'), 'utf8');
    const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
    await project.link(...Object.keys(dependencies));
    return project;
  }

  /** Makes packages of this repository available to the project. */
  async link(...names: string[]): Promise<void> {
    for (const name of names) {
      const path = join(this.folder, 'node_modules', name);
      await mkdir(dirname(path), { recursive: true });
      await symlink(join(repository, 'node_modules', name), path, 'dir');
    }
  }

  /** Copies a file or folder of this repository to the top of the project. */
  async copy(path: string): Promise<void> {
    await cp(join(repository, path), this.folder, { recursive: true });
  }

  /** The script behind a command of the package. */
  async command(name: string): Promise<string> {
    const installed = join(this.folder, 'node_modules/qualifio-campaign');
    const { bin } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
      bin: Record<string, string>;
    };
    return join(installed, bin[name] ?? '');
  }

  /** Runs Node in the project; returns its output. */
  async node(...args: string[]): Promise<string> {
    return (await run(process.execPath, args, { cwd: this.folder })).stdout;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
