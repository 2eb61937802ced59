// Finds the browsers for the tests. It installs none: scripts/setup.mjs does.
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import process from 'node:process';

/** The same engine without the browser around it. It needs a third of the time. */
const shellNames = ['chromium-headless-shell', 'chrome-headless-shell'];
const chromiumNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
];
const chromiumPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const firefoxPlaces = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** Where scripts/setup.mjs puts a Chromium from npm. */
export const npmChromium = resolve('node_modules/.cache/chromium');

/** The path of a Chromium, if possible of its headless shell. Sets CHROME_PATH to it for processes that start later. */
export function findBrowser() {
  const path =
    fromEnvironment('CHROME_PATH') ??
    findHeadlessShell() ??
    findInstalledChromium() ??
    [join(npmChromium, 'chromium')].find(isExecutable);
  if (!path) {
    throw new Error(
      'No Chromium, Chrome or Edge found: run `npm run setup`, or set CHROME_PATH to its executable.',
    );
  }
  process.env.CHROME_PATH = path;
  return path;
}

function findInstalledChromium() {
  return onPath(...chromiumNames) ?? chromiumPlaces.find(isExecutable);
}

/** The path of a complete Chromium, or undefined: a headless shell lacks some features. */
export function findWholeChromium() {
  const named = fromEnvironment('CHROME_PATH');
  return named && !/headless/.test(named) ? named : findInstalledChromium();
}

/** The path of Chromium's headless shell, or undefined. */
export function findHeadlessShell() {
  return onPath(...shellNames);
}

/** The path of a Firefox. */
export function findFirefox() {
  const path =
    fromEnvironment('FIREFOX_PATH') ??
    onPath('firefox', 'firefox-esr') ??
    firefoxPlaces.find(isExecutable);
  if (path) return path;
  throw new Error('No Firefox found: run `npm run setup`, or set FIREFOX_PATH to its executable.');
}

/** The paths of WebKitGTK's driver and browser, and of the virtual screen that the browser needs. */
export function findWebKit() {
  const found = {
    driver: onPath('WebKitWebDriver'),
    browser: miniBrowser(),
    screen: onPath('Xvfb'),
  };
  if (Object.values(found).every(Boolean)) return found;
  throw new Error('No WebKitGTK found (WebKitWebDriver, MiniBrowser, Xvfb): run `npm run setup`.');
}

/** MiniBrowser is next to its library, in a folder named after the architecture. */
function miniBrowser() {
  const folders = ['/usr/lib', '/usr/libexec'].flatMap((folder) => [folder, ...within(folder)]);
  return folders.map((folder) => join(folder, 'webkit2gtk-4.1/MiniBrowser')).find(isExecutable);
}

function within(folder) {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function fromEnvironment(name) {
  const path = process.env[name];
  if (path && !isExecutable(path)) throw new Error(`${name} is ${path}, which cannot be executed.`);
  return path || undefined;
}

function onPath(...names) {
  const directories = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => directories.map((directory) => join(directory, name)))
    .find(isExecutable);
}

/** Whether a path leads to a file that can be executed. */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
