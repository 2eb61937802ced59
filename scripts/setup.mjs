// Installs the browsers for the tests that are missing: with apt-get as root on Debian; otherwise,
// Chromium from an npm package (Linux x64). It prints what it is going to do before it installs anything.
// `npm test` runs it first. A test that runs alone installs nothing.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import {
  findBrowser,
  findFirefox,
  findHeadlessShell,
  findWebKit,
  isExecutable,
  npmChromium,
} from './find-browser.mjs';

/** Installs missing browsers. Returns those that are still missing: the reason for each engine. */
export async function setUp() {
  const missing = new Map();
  const look = (engine, find) => {
    missing.delete(engine);
    try {
      find();
    } catch (error) {
      missing.set(engine, error.message);
    }
  };
  // The headless shell has a third of the size of the browser.
  if (!process.env.CHROME_PATH && !findHeadlessShell()) installByApt('chromium-headless-shell');
  look('Chromium', findBrowser);
  if (missing.has('Chromium')) {
    installChromiumByNpm();
    look('Chromium', findBrowser);
  }
  look('Firefox', findFirefox);
  if (missing.has('Firefox') && installByApt('firefox-esr')) look('Firefox', findFirefox);
  look('WebKit', findWebKit);
  if (missing.has('WebKit') && installByApt('webkit2gtk-driver', 'xvfb'))
    look('WebKit', findWebKit);
  return missing;
}

/** Installs packages with apt-get. Returns false if that is not possible here. */
function installByApt(...packages) {
  if (process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return false;
  console.error(`Installing ${packages.join(' and ')} with apt-get …`);
  const apt = (...args) =>
    execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...packages);
  } catch {
    console.error(`apt-get could not install ${packages.join(' and ')}.`);
  }
  return true;
}

function installChromiumByNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  console.error('Installing @sparticuz/chromium from npm (about 70 MB) …');
  mkdirSync(npmChromium, { recursive: true });
  const chromium = '@sparticuz/chromium@153.0.0';
  // The package unpacks the browser into the folder for temporary files.
  const unpack = "await (await import('@sparticuz/chromium')).default.executablePath()";
  try {
    execFileSync(
      'npm',
      ['install', '--prefix', npmChromium, '--no-save', '--no-package-lock', chromium],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    execFileSync(process.execPath, ['--input-type=module', '--eval', unpack], {
      cwd: npmChromium,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, TMPDIR: npmChromium },
    });
  } catch {
    console.error(`npm could not install ${chromium}.`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const missing = await setUp();
  if (missing.size > 0) {
    console.error(`Could not install ${[...missing.keys()].join(', ')}. As root on Debian:
apt-get install chromium-headless-shell firefox-esr webkit2gtk-driver xvfb`);
  } else console.log('Chromium, Firefox and WebKitGTK are there.');
  process.exitCode = missing.size > 0 ? 1 : 0;
}
