import process from 'node:process';
import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from '../../scripts/find-browser.mjs';

/** Starts the Chromium of `CHROME_PATH`, or the one that is found; rejects if there is none. @param more further command-line flags. */
export async function launchChromium(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    args: [
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
      // Chromium's sandbox does not work for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...more,
    ],
  });
}
