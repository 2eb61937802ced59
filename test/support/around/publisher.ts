import { buildSync } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import {
  serveSimulator,
  type ServedSimulator,
  type SimulatorOptions,
} from '../../../src/simulator/index.js';
import { repository } from '../installed-package.js';

/** The site's answer at one path. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request that reached the site. */
export interface SeenRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

/** Bundles a module's text or a file. */
export function bundle(entry: string | { file: string; format: 'iife' | 'esm' }): string {
  const isFile = typeof entry === 'object';
  const { outputFiles } = buildSync({
    absWorkingDir: repository,
    bundle: true,
    ...(isFile
      ? { entryPoints: [entry.file] }
      : { stdin: { contents: entry, resolveDir: repository } }),
    format: isFile ? entry.format : 'iife',
    // `sideEffects` of package.json names files of dist/.
    ignoreAnnotations: true,
    minify: true,
    target: 'es2022',
    tsconfig: join(repository, 'tsconfig.json'),
    write: false,
  });
  return outputFiles[0]!.text;
}

/** The CDN file, from its sources. */
export const library: string = bundle({ file: 'src/define.ts', format: 'iife' });

/**
 * The publisher of the recipes: a web site with real packages and the library, and a simulator. The
 * site replaces the host names of the recipes (`www.publisher.com`, `jeux.publisher.com`,
 * `files.qualifio.com`) with those of this machine in everything that it sends.
 */
export class Publisher {
  readonly simulator: ServedSimulator;
  readonly #server: Server;
  readonly #answers = new Map<
    string,
    Answer | ((request: SeenRequest) => Answer | Promise<Answer>)
  >();
  readonly #aliases = new Map<string, string>();
  /** Requests in the order of their arrival. */
  readonly requests: SeenRequest[] = [];
  /** Whether the participant has a session. */
  isSignedIn = true;

  private constructor(simulator: ServedSimulator, server: Server) {
    this.simulator = simulator;
    this.#server = server;
  }

  static async open(options: SimulatorOptions = {}): Promise<Publisher> {
    const simulator = await serveSimulator(options, { port: 0 });
    const server = createServer();
    const publisher = new Publisher(simulator, server);
    server.on('request', (request: IncomingMessage, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', publisher.url());
      const seen = { path: pathname, query: searchParams, headers: request.headers };
      publisher.requests.push(seen);
      void publisher.#answer(seen).then(({ status = 200, headers = {}, body = '' }) => {
        response.writeHead(status, headers).end(publisher.local(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return publisher;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await this.simulator.close();
  }

  /** Host of the campaign. */
  get host(): string {
    return `jeux.publisher.localhost:${new URL(this.simulator.url).port}`;
  }

  url(path = '/'): string {
    return `http://www.publisher.localhost:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** A text of the recipes, with the names of this machine. */
  local(text: string): string {
    return text
      .replaceAll('https://www.publisher.com', new URL(this.url()).origin)
      .replaceAll('https://files.qualifio.com', `http://${this.host}`)
      .replaceAll('files\\.qualifio\\.com', this.host.replaceAll('.', '\\.'))
      .replaceAll('https://jeux.publisher.com', `http://${this.host}`)
      .replaceAll('jeux.publisher.com', this.host);
  }

  /** Sets the site's answer at `path`. */
  serve(path: string, answer: Answer | ((request: SeenRequest) => Answer | Promise<Answer>)): void {
    this.#answers.set(path, answer);
  }

  /** Makes the site show a page at `path`. */
  page(path: string, markup: string, headers: Record<string, string> = {}): void {
    this.serve(path, html(markup, headers));
  }

  /** Serves a file of a package at a path that is not below `/lib/`. */
  alias(path: string, file: string): void {
    this.#aliases.set(path, file);
  }

  /** How often `path` was requested. */
  count(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  async #answer(request: SeenRequest): Promise<Answer> {
    const { path, query } = request;
    const own = this.#answers.get(path);
    if (own) return typeof own === 'function' ? own(request) : own;
    const headers = { 'Content-Type': types[extname(path)] ?? 'application/json' };
    if (path === '/js/qualifio-campaign.min.js') return { headers, body: library };
    if (path === '/qualifio/token') return this.token(query);
    const file = this.#aliases.get(path) ?? (/^\/lib\//.test(path) && normalize(path.slice(5)));
    if (file) {
      return { headers, body: await readFile(join(repository, 'node_modules', file), 'utf8') };
    }
    return { status: 404 };
  }

  /** The answer of the site's token endpoint. */
  async token(query: URLSearchParams): Promise<Answer> {
    const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
    if (!this.isSignedIn && !query.has('part')) return { status: 401, headers };
    const url = new URL(`/token?${query}`, this.simulator.url);
    url.hostname = new URL(`http://${this.host}`).hostname;
    const answer = await this.simulator.fetch(new Request(url));
    return { headers, body: await answer.text() };
  }
}

/** A page as an answer, from a whole page, its body, or its head and body. */
export function html(markup: string, headers: Record<string, string> = {}): Answer {
  return {
    headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
    body: `<!doctype html><html lang="en"><title>Page</title>${markup}</html>`,
  };
}

/** The library's script tag, as in the README. */
export const libraryTag = '<script defer src="/js/qualifio-campaign.min.js"></script>';
