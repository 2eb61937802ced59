import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/** What `startDemo` of demo/app.js gives. */
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

// The demo is plain JavaScript outside the compiled tests, so it is imported by its place in the repository.
const importDemo = async (file: string): Promise<unknown> =>
  import(pathToFileURL(resolve(process.cwd(), 'demo', file)).href);

/** Starts the demo in this process, on free ports. */
export async function startDemo(): Promise<Demo> {
  const app = (await importDemo('app.js')) as {
    startDemo(options: { port: number; campaignPort: number }): Promise<Demo>;
  };
  return app.startDemo({ port: 0, campaignPort: 0 });
}

export async function readErrorCases(): Promise<readonly ErrorCase[]> {
  const { errorGroups } = (await importDemo('error-cases.js')) as {
    errorGroups: readonly { cases: readonly ErrorCase[] }[];
  };
  return errorGroups.flatMap(({ cases }) => cases);
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

function browserPath(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const given = process.env['CHROME_PATH'];
  const found = (given ? [given] : onPath).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error('No Chromium was found: set CHROME_PATH to one');
  return found;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath(),
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Chromium has no sandbox for root, which continuous integration often is.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}
