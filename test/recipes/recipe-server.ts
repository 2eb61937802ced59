import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from '../support/installed-package.js';

const run = promisify(execFile);

/** A page of docs/endpoints/, and how the code in it becomes a server. */
export interface Recipe {
  readonly name: string;
  /** The page, and which of its files are used; `to` renames them. */
  readonly page: string;
  readonly files: readonly string[];
  readonly to?: Readonly<Record<string, string>>;
  /** Changes of the code, where the packages of Debian are older than those of the page. */
  readonly replace?: readonly (readonly [string, string])[];
  /** Methods that the framework refuses itself, before the endpoint. */
  readonly unrouted?: readonly string[];
  /** Commands that must be there. */
  readonly needs: readonly string[];
  /** A command that shows that the packages are there. */
  readonly check?: readonly string[];
  readonly build?: readonly (readonly string[])[];
  readonly start: (port: number) => readonly string[];
  /** Whether it reads its variables at each request, not at the start. */
  readonly isLazy?: boolean;
  /** A command that signs for the participant of its input, and prints the body of the answer. */
  readonly call?: readonly string[];
  readonly env?: (folder: string) => Readonly<Record<string, string>>;
}

/** What is missing to run a recipe; empty if nothing is. */
export function missingFor({ needs, check }: Recipe): string {
  const absent = needs.filter((command) => spawnSync('which', [command]).status !== 0);
  if (absent.length > 0) return absent.join(', ');
  const [command = 'true', ...args] = check ?? [];
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? '' : stderr.trim().split('\n').at(-1) || 'a package';
}

/** The files that a page shows: a name in backquotes, then its code. */
async function filesOf(page: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(repository, 'docs/endpoints', page), 'utf8');
  const shown = /^`([\w./-]+)`\n\n```\w+\n([^]*?)^```$/gm;
  return new Map([...text.matchAll(shown)].map(([, name, code]) => [name!, code!]));
}

/** A recipe, taken out of its page and running. */
export class RecipeServer {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  /** What it has written to its log. */
  log = '';

  private constructor(
    recipe: Recipe,
    folder: string,
    { port, variables }: { port: number; variables: Record<string, string> },
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.#folder = folder;
    this.#env = environment(recipe, folder, { ...variables, PORT: String(port) });
    const [command, ...args] = recipe.start(port);
    const stdio = ['ignore', 'ignore', 'pipe'] as const;
    this.#child = spawn(command!, args, { cwd: folder, env: this.#env, stdio: [...stdio] });
    this.#child.stderr?.on('data', (chunk) => (this.log += String(chunk)));
  }

  static async start(recipe: Recipe, variables: Record<string, string>): Promise<RecipeServer> {
    const folder = await mkdtemp(join(tmpdir(), 'qualifio-recipe-'));
    await cp(join(repository, 'test/recipes', recipe.name), folder, {
      recursive: true,
      force: true,
    });
    const shown = await filesOf(recipe.page);
    for (const name of recipe.files) {
      let code = shown.get(name);
      assert.ok(code !== undefined, `${recipe.page} shows ${name}`);
      for (const [from, to] of recipe.replace ?? []) code = code.replaceAll(from, to);
      const path = join(folder, recipe.to?.[name] ?? name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, code);
    }
    for (const [command, ...args] of recipe.build ?? []) {
      await run(command!, args, { cwd: folder, env: environment(recipe, folder, variables) });
    }
    return RecipeServer.#launch(recipe, folder, variables);
  }

  static async #launch(
    recipe: Recipe,
    folder: string,
    variables: Record<string, string>,
  ): Promise<RecipeServer> {
    const port = await freePort();
    const server = new RecipeServer(recipe, folder, { port, variables });
    const ended = once(server.#child, 'close');
    if (await listening(port, () => server.#child.exitCode === null)) return server;
    await ended;
    return assert.fail(`${recipe.name} ended: ${server.log}`);
  }

  /**
   * Runs it once more, beside this one, with other variables, and gives the server to `use`.
   * Rejects with its log if it ends at the start.
   */
  async again(
    recipe: Recipe,
    variables: Record<string, string>,
    use: (server: RecipeServer) => Promise<void>,
  ): Promise<void> {
    const server = await RecipeServer.#launch(recipe, this.#folder, variables);
    await use(server).finally(() => server.#end());
  }

  /** Runs a command in the recipe's folder, and returns what it prints. */
  call([command, ...args]: readonly string[], input: string): string {
    const options = { cwd: this.#folder, env: this.#env, input, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(command!, args, options);
    assert.equal(status, 0, stderr);
    return stdout;
  }

  async stop(): Promise<void> {
    await this.#end();
    await rm(this.#folder, { recursive: true });
  }

  async #end(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

function environment(
  recipe: Recipe,
  folder: string,
  variables: Record<string, string>,
): NodeJS.ProcessEnv {
  return { ...process.env, ...variables, ...recipe.env?.(folder) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until a server accepts connections. False if it ends. */
async function listening(port: number, isRunning: () => boolean): Promise<boolean> {
  const end = Date.now() + 30_000;
  for (;;) {
    if (!isRunning()) return false;
    assert.ok(Date.now() < end, 'the server listens within 30 s');
    const socket = connect(port, '127.0.0.1');
    const accepted = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (accepted) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
