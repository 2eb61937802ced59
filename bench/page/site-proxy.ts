import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fromSource } from '../../test/support/from-source.js';
import { addressesOf, type Addresses, type Target } from './site.js';

/** What the measurement asks of the process with the servers. */
export type SiteCall =
  | { call: 'delay'; value: number }
  | { call: 'open'; value: string }
  | { call: 'replaceLibrary'; value: string | null }
  | { call: 'requests'; value: null };

/** The servers of a measurement, in another process: see `BenchSite`. */
export interface SiteProxy {
  readonly addresses: Addresses;
  readonly url: string;
  setDelay(milliseconds: number): Promise<void>;
  open(html: string): Promise<void>;
  replaceLibrary(code?: string): Promise<void>;
  requests(): Promise<readonly Target[]>;
  close(): void;
}

export async function siteProxy(): Promise<SiteProxy> {
  const path = fileURLToPath(new URL('site-process.ts', import.meta.url));
  const child = fork(path, { execArgv: [...fromSource] });
  const first = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  const port = Number(first[0]);
  if (!child.connected || !port) throw new Error('The servers did not start: run `npm run build`.');
  const call = async (message: SiteCall): Promise<readonly Target[]> => {
    child.send(message);
    const [requests] = (await once(child, 'message')) as [readonly Target[]];
    return requests;
  };
  return {
    addresses: addressesOf({ port }),
    url: `http://www.publisher.localhost:${port}/`,
    setDelay: async (value) => void (await call({ call: 'delay', value })),
    open: async (value) => void (await call({ call: 'open', value })),
    replaceLibrary: async (code) =>
      void (await call({ call: 'replaceLibrary', value: code ?? null })),
    requests: () => call({ call: 'requests', value: null }),
    close: () => void child.disconnect(),
  };
}
