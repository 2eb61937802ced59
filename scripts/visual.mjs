// Compares each page of the demo and each panel of its gallery with the pictures in test/visual/, 320 and
// 1280 px wide, light and dark: `npm run test:visual`. With `-- --update` it writes the pictures
// instead. Run `npm run build` first. Where a picture differs, what is there now and the difference are in
// coverage/visual/.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import pixelmatch from 'pixelmatch';
import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { startDemo } from '../demo/app.js';
import { panelIds, panelLanguages } from '../demo/gallery.js';
import { pages } from '../demo/site-map.js';
import { findBrowser } from './find-browser.mjs';
import { encodePalette } from './visual/palette-png.mjs';
import { steadyPage } from './visual/steady-page.mjs';

const folder = 'test/visual/';
const failures = 'coverage/visual/';
/** Of all pixels, those that may differ, and by how much: another machine smooths letters in another way. */
const mostDifferent = 0.005;
const threshold = 0.2;
const mostBytes = 3_000_000;
const isUpdate = process.argv.includes('--update');

/** Widths, with the height that is shown. Wide pictures are stored at half their size. */
const sizes = [
  { width: 320, height: 1000, scale: 1 },
  { width: 1280, height: 1000, scale: 2 },
];
const panelSize = { height: 352, scale: 1 };
const schemes = ['light', 'dark'];

/** What is to be seen: a path, and what has to be there first. */
const views = [
  { path: '/' },
  { path: '/login' },
  { path: '/nothing' },
  ...pages.map(({ path }) => ({ path })),
  { path: '/errors/malformed-channel-id' },
  ...panelIds.map((id) => ({ path: `/gallery/panel?panel=${id}`, isPanel: true })),
  // Texts of different lengths, where there is least room.
  ...panelLanguages.slice(1).map((lang) => ({
    ...{ path: `/gallery/panel?panel=login&lang=${lang}`, isPanel: true, isNarrow: true },
  })),
];

const begin = Date.now();
const demo = await startDemo({ port: 0, campaignPort: 0 });
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: [
    ...['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-lcd-text'],
    ...['--font-render-hinting=none', '--force-color-profile=srgb', '--disable-quic'],
  ],
});
const context = await browser.newContext({
  ...{ locale: 'en-GB', reducedMotion: 'reduce', bypassCSP: true, deviceScaleFactor: 1 },
});
await context.addInitScript(steadyPage, readFont());
const waiting = [...views];
const seen = new Set();
const wrong = [];
let bytes = 0;
rmSync(failures, { recursive: true, force: true });
for (const name of [failures, folder]) mkdirSync(name, { recursive: true });
try {
  // Pages wait more than they compute.
  await Promise.all([visitAll(), visitAll(), visitAll()]);
} finally {
  await browser.close();
  await demo.close();
}
for (const file of readdirSync(folder).filter((name) => !seen.has(name))) {
  if (isUpdate) rmSync(folder + file);
  else wrong.push(`${file}: no page is named so any more`);
}
if (bytes > mostBytes) wrong.push(`${folder} has ${bytes} bytes, more than ${mostBytes}`);
const seconds = ((Date.now() - begin) / 1000).toFixed(0);
console.log(`${seen.size} pictures, ${(bytes / 1e6).toFixed(2)} MB, ${seconds} s`);
for (const line of wrong) console.error(line);
if (wrong.length > 0) {
  console.error(`Look at ${failures}. If all is as it must be: npm run test:visual -- --update`);
  process.exitCode = 1;
}

async function visitAll() {
  const page = await context.newPage();
  for (let view = waiting.shift(); view; view = waiting.shift()) await visit(page, view);
  await page.close();
}

/** Takes a page's pictures, one after the other, in one visit. */
async function visit(page, { path, isPanel, isNarrow }) {
  await page.setViewportSize({ width: 1280, height: 1000 });
  await page.goto(demo.url + path);
  await settle(page);
  for (const { width, height, scale } of isNarrow ? sizes.slice(0, 1) : sizes) {
    await page.setViewportSize({ width, height: isPanel ? panelSize.height : height });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await settle(page);
      const words = path.replace(/^\/|panel\?panel=/g, '').replace(/\/|&lang=/g, '-');
      const name = words || 'overview';
      const picture = PNG.sync.read(await page.screenshot({ animations: 'disabled' }));
      compare(`${name}-${width}-${colorScheme}.png`, smaller(picture, isPanel ? 1 : scale));
    }
  }
}

/** Waits until every campaign of the page has settled and every frame has been painted. */
async function settle(page) {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('qualifio-campaign')].every(
      (campaign) =>
        campaign.matches(':state(ready), :state(idle), :state(login-required), :state(error)') ||
        document.body.dataset.panel === 'busy',
    ),
  );
  for (const frame of page.frames()) {
    await frame
      .evaluate(async () => {
        await document.fonts.ready;
        const painted = async () => {
          for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
        };
        // A frame out of sight is not painted.
        await Promise.race([painted(), new Promise((done) => setTimeout(done, 250))]);
      })
      // The frame was replaced in the meantime.
      .catch(() => {});
  }
}

/** Compares a picture with the stored one, or stores it. */
function compare(file, picture) {
  seen.add(file);
  const encoded = encodePalette(picture);
  if (isUpdate) {
    writeFileSync(folder + file, encoded);
    bytes += encoded.length;
    return;
  }
  let stored;
  try {
    const content = readFileSync(folder + file);
    bytes += content.length;
    stored = PNG.sync.read(content);
  } catch {
    wrong.push(`${file}: there is no picture yet`);
    writeFileSync(failures + file, encoded);
    return;
  }
  const { width, height } = stored;
  const now = PNG.sync.read(encoded);
  if (width !== now.width || height !== now.height) {
    wrong.push(`${file}: ${now.width} × ${now.height} pixels, not ${width} × ${height}`);
    return;
  }
  const difference = new PNG({ width, height });
  const count = pixelmatch(stored.data, now.data, difference.data, width, height, { threshold });
  if (count <= width * height * mostDifferent) return;
  wrong.push(`${file}: ${((100 * count) / (width * height)).toFixed(1)} % of the pixels differ`);
  writeFileSync(failures + file, encoded);
  writeFileSync(failures + file.replace('.png', '-difference.png'), PNG.sync.write(difference));
}

/** A picture with the mean of each square of pixels. */
function smaller(picture, scale) {
  if (scale === 1) return picture;
  const width = Math.floor(picture.width / scale);
  const height = Math.floor(picture.height / scale);
  const small = new PNG({ width, height });
  for (let at = 0; at < width * height * 4; at++) {
    const [x, y] = [Math.floor(at / 4) % width, Math.floor(at / 4 / width)];
    let sum = 0;
    for (let row = 0; row < scale; row++) {
      for (let column = 0; column < scale; column++) {
        sum +=
          picture.data[((y * scale + row) * picture.width + x * scale + column) * 4 + (at % 4)];
      }
    }
    small.data[at] = Math.round(sum / scale ** 2);
  }
  return small;
}

/** Fonts of machines differ, so that the tests bring their own. */
function readFont() {
  const file = 'node_modules/@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2';
  return `data:font/woff2;base64,${readFileSync(file, 'base64')}`;
}
