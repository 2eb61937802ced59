import { createAdaptorServer } from '@hono/node-server';
import type { Server } from 'node:http';
import { createServable, type Simulator } from './create-simulator.js';
import { worded } from './model/worded.js';
import { foreignHost, foreignPage } from './routes/page-guard.js';
import type { SimulatorOptions } from './options.js';
import type { TranscriptEntry } from './model/transcript.js';

/** Where a simulator is served, and what receives its reports. */
export interface ServeOptions {
  /** Default 4400; 0 means any free port. */
  port?: number | undefined;
  /**
   * Address to listen on. Default `127.0.0.1`, which serves only pages of this machine. If you set
   * it to any value, pages of any host are served. A request to a host other than this machine's
   * loopback names and this one is refused (421); `0.0.0.0` and `::` stand for any host.
   */
  host?: string | undefined;
  /** Called for every message between page and campaign. */
  onEntry?: ((entry: TranscriptEntry) => void) | undefined;
  /** Called with the reason why a token was refused, and with other notes for a developer. */
  onNote?: ((text: string) => void) | undefined;
}

/** A simulator that listens. */
export interface ServedSimulator extends Simulator {
  /** For example `http://127.0.0.1:4400`. */
  readonly url: string;
  /** Ends transcript streams and connections; resolves when the port is free again. */
  close(): Promise<void>;
}

/**
 * Serves a simulator over HTTP, until `close()`.
 *
 * It does not handle signals and does not print; the command `qualifio-simulator` does.
 *
 * @throws TypeError (rejects) naming the option that is wrong; the system's error if the
 *   port is in use (`EADDRINUSE`) or the address does not exist.
 * @example
 * const { url, close } = await serveSimulator({ oneUse: true }, { port: 0 });
 */
export async function serveSimulator(
  options: SimulatorOptions = {},
  { port = 4400, host, onEntry, onNote }: ServeOptions = {},
): Promise<ServedSimulator> {
  checkListening(port, host);
  let isClosing = false;
  // Work that `close()` interrupts is not reported.
  const note = (text: string) => void (isClosing || onNote?.(text));
  const simulator = createServable(options, note);
  if (onEntry) simulator.onEntry(onEntry);
  const answer = async (request: Request): Promise<Response> => {
    const refuse = (status: number, text: string): Response => {
      note(text);
      return new Response(`${text}\n`, { status });
    };
    const name = foreignHost(request, host);
    if (name !== null) {
      const fix = `use localhost, or set --host ${name} or --host 0.0.0.0`;
      return refuse(421, `--host: ${name} is not a name of this machine; ${fix}`);
    }
    const page = host === undefined ? foreignPage(request) : null;
    if (page === null) return simulator.fetch(request);
    const fix = 'set --host 127.0.0.1 to serve it anyway';
    return refuse(403, `--host: ${page} is not a page of this machine; ${fix}`);
  };
  const server = createAdaptorServer({ fetch: answer, overrideGlobalObjects: false }) as Server;
  await listen(server, port, host ?? '127.0.0.1');
  // In the background: the site that serves the keys may start later.
  void simulator.complaint().then((complaint) => complaint !== null && note(complaint));
  return {
    fetch: simulator.fetch,
    transcript: simulator.transcript,
    reset: simulator.reset,
    url: urlOf(server),
    close: () => {
      isClosing = true;
      simulator.close();
      return closed(server);
    },
  };
}

/** Node treats an empty host as every address, and a port that is text as the path of a socket. */
function checkListening(port: unknown, host: unknown): void {
  if (!Number.isInteger(port) || Number(port) < 0 || Number(port) > 65535) {
    throw new TypeError(`port must be a number from 0 to 65535, not ${worded(port)}`);
  }
  if (host !== undefined && (typeof host !== 'string' || host === '')) {
    throw new TypeError(`host must be an address, such as 127.0.0.1, not ${worded(host)}`);
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

// Streams that just ended need some time before their connections are closed.
const grace = 100;

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
