import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

/** The Chromium of `CHROME_PATH`, or the one that the scripts find; rejects if there is none. */
export async function chromiumPath(): Promise<string> {
  const scripts = pathToFileURL(resolve('scripts/find-browser.mjs')).href;
  const { findBrowser } = (await import(scripts)) as { findBrowser(): string };
  return findBrowser();
}

/** Starts that Chromium. @param more further command-line flags. */
export async function launchChromium(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: [
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
      // Chromium's sandbox does not work for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...more,
    ],
  });
}
