// Finds the browsers that the tests and the demo's checks run in, or gets them: with apt-get where that
// is possible (root on Debian); Chromium else from inside an npm package (Linux, x64). Says on stderr
// what it does before it installs anything.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** The same engine without the browser around it, at a third of the cost. */
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

/** The path of a Chromium, best of its headless shell, and sets CHROME_PATH to it for everything that is started later. */
export async function findBrowser() {
  const path =
    fromEnvironment('CHROME_PATH') ??
    viaApt(['chromium-headless-shell'], () => onPath(...shellNames)) ??
    onPath(...chromiumNames) ??
    chromiumPlaces.find(isExecutable) ??
    (await viaNpm());
  if (!path) {
    throw new Error(
      'No Chromium, Chrome or Edge found. Install one, or set CHROME_PATH to its executable.',
    );
  }
  process.env.CHROME_PATH = path;
  return path;
}

/** The path of a Firefox. */
export function findFirefox() {
  const find = () => onPath('firefox', 'firefox-esr') ?? firefoxPlaces.find(isExecutable);
  const path = fromEnvironment('FIREFOX_PATH') ?? viaApt(['firefox-esr'], find);
  if (path) return path;
  throw new Error('No Firefox found. Install one, or set FIREFOX_PATH to its executable.');
}

/** The paths of WebKitGTK's driver and browser, and of the screen that the browser needs. */
export function findWebKit() {
  const find = () => {
    const found = {
      driver: onPath('WebKitWebDriver'),
      browser: miniBrowser(),
      screen: onPath('Xvfb'),
    };
    return Object.values(found).every(Boolean) ? found : undefined;
  };
  const packages = ['webkit2gtk-driver', 'xvfb'];
  const found = viaApt(packages, find);
  if (found) return found;
  throw new Error(
    `No WebKitGTK found: WebKitWebDriver, MiniBrowser, Xvfb. On Debian: apt-get install ${packages.join(' ')}.`,
  );
}

/** MiniBrowser stands beside its library, in a folder of the machine's architecture. */
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

/** What `find` finds; where that is nothing, after Debian's packages have been installed, if they can be. */
function viaApt(packages, find) {
  const found = find();
  if (found || process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return found;
  console.error(`Not found: installing Debian’s ${packages.join(' and ')} with apt-get …`);
  const apt = (...args) =>
    execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...packages);
  } catch {
    console.error('apt-get could not install it.');
  }
  return find();
}

async function viaNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const prefix = resolve('node_modules/.cache/chromium');
  console.error('No browser found: getting @sparticuz/chromium from npm (about 70 MB) …');
  mkdirSync(prefix, { recursive: true });
  execFileSync(
    'npm',
    [
      'install',
      '--prefix',
      prefix,
      '--no-save',
      '--no-package-lock',
      '@sparticuz/chromium@153.0.0',
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  // It unpacks itself into the folder for temporary files.
  process.env.TMPDIR = prefix;
  const entry = join(prefix, 'node_modules/@sparticuz/chromium/build/esm/index.js');
  const { default: chromium } = await import(pathToFileURL(entry).href);
  return chromium.executablePath();
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await findBrowser());
}
