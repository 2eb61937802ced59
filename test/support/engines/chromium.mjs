import { chromeLauncher } from '@web/test-runner-chrome';
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { writeBundle } from '../browser-bundle.mjs';

/** Node's own coverage is here too, in the same form, so that c8 reads both. */
const coverageFolder = 'coverage/v8';

/** What keeps Chromium to itself. */
export const chromiumFlags = [
  // Chromium's sandbox refuses to work for root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** A launcher of the browser at `executablePath`, which writes what was run of src where coverage is asked for. */
export function chromium(executablePath) {
  return chromeLauncher({
    createPage,
    launchOptions: { executablePath, headless: true, args: chromiumFlags },
  });
}

/** A page whose coverage goes to c8, whole: the runner's own way takes one frame alone of all that loaded a file. */
async function createPage({ context }) {
  const page = await context.newPage();
  const stop = page.coverage.stopJSCoverage.bind(page.coverage);
  page.coverage.stopJSCoverage = async () => {
    const result = (await stop()).map((entry) => entry.rawScriptCoverage).flatMap(onDisk);
    mkdirSync(coverageFolder, { recursive: true });
    writeFileSync(`${coverageFolder}/browser-${randomUUID()}.json`, JSON.stringify({ result }));
    return [];
  };
  return page;
}

/** The coverage of one of our bundles, which is put where c8 can read it. */
function onDisk(script) {
  const { pathname } = new URL(script.url);
  const path = /^\/(chunks|src)\//.test(pathname) ? writeBundle(pathname) : null;
  return path ? [{ ...script, url: pathToFileURL(path).href }] : [];
}
