// Finds a Chromium-like browser for the tests and the demo's checks, or gets one: with apt-get where
// that is possible (root on Debian), else the one that comes inside an npm package (Linux, x64).
// Says on stderr what it does before it installs anything.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The path of a browser, and sets CHROME_PATH to it for everything that is started later. */
export async function findBrowser() {
  const path =
    fromEnvironment() ?? installed() ?? viaApt('chromium', installed) ?? (await viaNpm());
  if (!path) {
    throw new Error(
      'No Chromium, Chrome or Edge found. Install one, or set CHROME_PATH to its executable.',
    );
  }
  process.env.CHROME_PATH = path;
  return path;
}

/**
 * The path of Chromium's headless shell: the same engine without the browser around it, at a third of
 * the cost. Where it cannot be had, of a whole browser.
 */
export async function findHeadlessShell() {
  return shell() ?? viaApt('chromium-headless-shell', shell) ?? findBrowser();
}

function shell() {
  return onPath(['chromium-headless-shell', 'chrome-headless-shell']);
}

function fromEnvironment() {
  const path = process.env.CHROME_PATH;
  if (path && !isExecutable(path))
    throw new Error(`CHROME_PATH is ${path}, which cannot be executed.`);
  return path || undefined;
}

function installed() {
  return onPath(names) ?? places.find(isExecutable);
}

function onPath(names) {
  const directories = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => directories.map((directory) => join(directory, name)))
    .find(isExecutable);
}

/** Installs one of Debian's packages where that can be done, and gives what `find` finds then. */
function viaApt(name, find) {
  if (process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return undefined;
  console.error(`Not found: installing Debian’s ${name} with apt-get …`);
  const apt = (...args) =>
    execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', name);
  } catch {
    console.error(`apt-get could not install ${name}.`);
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
