import type { MiddlewareHandler } from 'hono';
import { assertBuilt } from './installed-package.js';

// The demo imports the built package, so it is loaded after this check.
assertBuilt();
const { startDemo: start } = await import('../../demo/app.js');
const { errorGroups } = await import('../../demo/error-cases.js');
const { pages } = await import('../../demo/site-map.js');

export type Demo = Awaited<ReturnType<typeof start>>;

/** The rows of demo/error-cases.js. */
export const errorCases = errorGroups.flatMap(({ cases }) => cases);

/** The paths of the demo's pages, as its overview lists them. */
export const pagePaths = pages.map(({ path }) => path);

/**
 * Starts the demo in this process, on free ports.
 *
 * @param before handles the site's requests before the site does.
 */
export function startDemo(before?: MiddlewareHandler): Promise<Demo> {
  return start({ port: 0, campaignPort: 0, ...(before && { before }) });
}
