import process from 'node:process';
import { findBrowser, findFirefox, findWebKit } from '../../../scripts/find-browser.mjs';
import { chromium } from './chromium.mjs';
import { firefox } from './firefox.mjs';
import { webkit } from './webkit.mjs';

const engines = {
  chromium: () => chromium(findBrowser()),
  firefox: () => firefox(findFirefox()),
  webkit: () => webkit(findWebKit()),
};

/**
 * Launchers of the engines that ENGINES names, with commas between; Chromium's where it names none.
 * An engine that is not installed is in `missing` with the reason; where CI is set, or
 * no other is left, it is an error.
 */
export function launchers(names = process.env.ENGINES ?? 'chromium') {
  const browsers = [];
  const missing = [];
  for (const name of names.split(',')) {
    if (!engines[name]) {
      throw new Error(`ENGINES: ${name} is none of ${Object.keys(engines).join(', ')}.`);
    }
    try {
      browsers.push(engines[name]());
    } catch (error) {
      missing.push(`${name}: NOT RUN. ${error.message}`);
    }
  }
  if (missing.length > 0 && (process.env.CI || browsers.length === 0)) {
    throw new Error(missing.join('\n'));
  }
  return { browsers, missing };
}
