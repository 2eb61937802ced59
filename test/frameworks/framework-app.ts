import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { assertBuilt, repository } from '../support/installed-package.js';

const run = promisify(execFile);

/** Where this repository's copies of the apps are, outside of it, so that they find only their own packages. */
const copies = join(
  tmpdir(),
  `qualifio-campaign-apps-${createHash('sha256').update(repository).digest('hex').slice(0, 8)}`,
);

/** A copy of an app of `test/frameworks/`, built with this package as npm packs it, and served. */
export interface FrameworkApp {
  /** For example `http://localhost:41234`. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Installs, builds and serves an app. Its packages stay in the temporary folder until its lock file
 * changes.
 *
 * @param secrets environment variables that only the server has, not the build.
 */
export async function serveApp(
  name: string,
  secrets: Record<string, string>,
): Promise<FrameworkApp> {
  assertBuilt();
  const folder = await copyApp(name);
  const PATH = [await nodeFolder(folder), process.env['PATH']].join(delimiter);
  const { NODE_V8_COVERAGE: _, NODE_OPTIONS: __, ...outer } = process.env;
  const env = { ...outer, PATH, NO_COLOR: '1', ...quiet };
  await npm(folder, env, 'run', 'build');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = spawn('npm', ['start', '--silent'], {
    cwd: folder,
    env: { ...env, ...secrets, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: npm does not pass signals on to its children.
    detached: true,
  });
  const end = (): boolean => process.kill(-server.pid!, 'SIGKILL');
  process.on('exit', end);
  const stop = async (): Promise<void> => {
    process.off('exit', end);
    if (server.exitCode !== null || server.signalCode !== null) return;
    const closed = new Promise((resolve) => server.once('close', resolve));
    end();
    await closed;
  };
  await answering(server, `${url}/`).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url, stop };
}

/** Tools of the frameworks report what they are used for, unless these are set. */
const quiet = {
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  ASTRO_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
};

/** Returns the folder of the copy, with the app's packages and this one. */
async function copyApp(name: string): Promise<string> {
  const source = join(repository, 'test/frameworks', name);
  const folder = join(copies, name);
  const lock = 'package-lock.json';
  const lockFiles = [source, folder].map((place) => readFile(join(place, lock), 'utf8'));
  const [wanted, present] = await Promise.all(lockFiles.map((text) => text.catch(() => null)));
  await mkdir(folder, { recursive: true });
  // npm writes this file at the end of an installation.
  const isInstalled =
    wanted === present && existsSync(join(folder, 'node_modules/.package-lock.json'));
  for (const entry of await readdir(folder)) {
    if (isInstalled && entry === 'node_modules') continue;
    await rm(join(folder, entry), { recursive: true });
  }
  await cp(source, folder, { recursive: true });
  if (!isInstalled) await npm(folder, process.env, 'ci', '--ignore-scripts');
  await rm(join(folder, 'node_modules/qualifio-campaign'), { recursive: true, force: true });
  await npm(folder, process.env, 'install', '--no-save', '--ignore-scripts', await packed());
  return folder;
}

let packing: Promise<string> | undefined;

/** Packs this package once for all apps. Returns the path of the tarball. */
function packed(): Promise<string> {
  return (packing ??= (async () => {
    const folder = join(copies, 'packed');
    await mkdir(folder, { recursive: true });
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    return join(folder, (await run('npm', pack, { cwd: repository })).stdout.trim());
  })());
}

/** The folder of a Node that the app supports: of this process, or else from npm. */
async function nodeFolder(folder: string): Promise<string> {
  const manifest = await readFile(join(folder, 'package.json'), 'utf8');
  const { engines } = JSON.parse(manifest) as { engines?: { node: string } };
  const wanted = /\d+/.exec(engines?.node ?? '')?.[0];
  if (!wanted || Number(wanted) <= parseInt(process.versions.node)) {
    return dirname(process.execPath);
  }
  let found = nodesOfNpm.get(wanted);
  if (!found) {
    const path = ['--', 'node', '-p', 'process.execPath'];
    found = run('npm', ['exec', '--yes', `--package=node@${wanted}`, ...path]).then(({ stdout }) =>
      dirname(stdout.trim()),
    );
    nodesOfNpm.set(wanted, found);
  }
  return found;
}

/** By major version. */
const nodesOfNpm = new Map<string, Promise<string>>();

async function npm(cwd: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  const quick = ['--prefer-offline', '--no-audit', '--no-fund'];
  try {
    await run('npm', [...args, ...quick], { cwd, env, maxBuffer: 2 ** 24 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`npm ${args.join(' ')} in ${cwd} failed:\n${stdout}\n${stderr}`, {
      cause: error,
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves when the server answers; rejects with its output if it ends before. */
async function answering(server: ChildProcess, url: string): Promise<void> {
  let output = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream?.on('data', (chunk) => (output += String(chunk)));
  }
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    if (server.exitCode !== null || Date.now() > deadline) {
      throw new Error(`${url} does not answer ${answer?.status ?? ''}:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
