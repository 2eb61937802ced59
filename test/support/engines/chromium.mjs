import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { writeBundle } from '../browser-bundle.mjs';
import { ChromiumProcess } from './chromium-process.mjs';

/** Node's own coverage is here too, in the same form, so that c8 reads both. */
const coverageFolder = 'coverage/v8';

/**
 * A launcher that opens pages in the Chromium at `executablePath`, and does nothing else with them: the
 * runner's own follows every frame and request of a page, for which hundreds of short-lived frames pay.
 * With COVERAGE it writes what was run of src, in whichever frame: the runner's own takes one frame alone
 * of all that loaded a file.
 */
export function chromium(executablePath) {
  const pages = new Map();
  let browser;
  return {
    name: 'Chromium',
    type: 'chromium',
    async startSession(id, url) {
      browser ??= new ChromiumProcess(executablePath);
      const page = { url, ...(await browser.open('about:blank')) };
      pages.set(id, page);
      if (process.env.COVERAGE) {
        await page.call('Profiler.enable');
        const detail = { callCount: true, detailed: true };
        await page.call('Profiler.startPreciseCoverage', detail);
      }
      await page.call('Page.navigate', { url });
    },
    async stopSession(id) {
      const page = pages.get(id);
      if (process.env.COVERAGE) {
        const { result } = await page.call('Profiler.takePreciseCoverage');
        mkdirSync(coverageFolder, { recursive: true });
        const coverage = JSON.stringify({ result: result.flatMap(onDisk) });
        writeFileSync(`${coverageFolder}/browser-${id}.json`, coverage);
      }
      await page.close();
      pages.delete(id);
      return {};
    },
    isActive: (id) => pages.has(id),
    getBrowserUrl: (id) => pages.get(id).url,
    stop: async () => browser?.close(),
  };
}

/** The coverage of one of our bundles, which is put where c8 can read it. */
function onDisk(script) {
  const { pathname } = new URL(script.url, 'http://localhost');
  const path = /^\/(chunks|src|test)\//.test(pathname) ? writeBundle(pathname) : null;
  return path ? [{ ...script, url: pathToFileURL(path).href }] : [];
}
