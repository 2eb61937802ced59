import type { MiddlewareHandler } from 'hono';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assertBuilt } from './installed-package.js';

assertBuilt();

/** What `startDemo` of demo/app.js returns. */
export interface Demo {
  readonly url: string;
  readonly campaignUrl: string;
  close(): Promise<void>;
}

/** One row of demo/error-cases.js. */
export interface ErrorCase {
  readonly id: string;
  readonly title: string;
  readonly outcome: string;
  readonly when: 'load' | 'form' | 'button';
}

// The demo is plain JavaScript outside the compiled tests, so it is imported by its path in the
// repository.
const importDemo = async (file: string): Promise<unknown> =>
  import(pathToFileURL(resolve(process.cwd(), 'demo', file)).href);

/**
 * Starts the demo in this process, on free ports.
 *
 * @param before handles the site's requests before the site does.
 */
export async function startDemo(before?: MiddlewareHandler): Promise<Demo> {
  const app = (await importDemo('app.js')) as {
    startDemo(options: {
      port: number;
      campaignPort: number;
      before?: MiddlewareHandler | undefined;
    }): Promise<Demo>;
  };
  return app.startDemo({ port: 0, campaignPort: 0, before });
}

export async function readErrorCases(): Promise<readonly ErrorCase[]> {
  const { errorGroups } = (await importDemo('error-cases.js')) as {
    errorGroups: readonly { cases: readonly ErrorCase[] }[];
  };
  return errorGroups.flatMap(({ cases }) => cases);
}

/** The paths of the demo's pages, as its overview lists them. */
export async function readPagePaths(): Promise<readonly string[]> {
  const { pages } = (await importDemo('site-map.js')) as { pages: readonly { path: string }[] };
  return pages.map(({ path }) => path);
}
