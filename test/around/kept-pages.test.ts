import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch } from 'puppeteer-core';
import { html, libraryTag } from '../support/around/publisher.js';
import { Reader } from '../support/around/reader.js';
import { recipe } from '../support/around/recipes.js';
import { repository } from '../support/installed-package.js';

const finder = pathToFileURL(`${repository}scripts/find-browser.mjs`).href;
const { findFirefox } = (await import(finder)) as { findFirefox(): string };

/** The Firefox of this machine, if installed: headless Chromium has no back/forward cache. */
function firefoxes(): string[] {
  try {
    return [findFirefox()];
  } catch (error) {
    if (process.env['CI']) throw error;
    return [];
  }
}

const element =
  '<qualifio-campaign campaign-id="123456" auth-endpoint="/qualifio/token"></qualifio-campaign>';

let reader: Reader;
before(async () => void (reader = await Reader.arrive()));
after(() => reader.leave());

/**
 * Paths that the browser requests before a visit, under these rules; the page has links to all of
 * them.
 */
async function inAdvance(rules: string): Promise<string[]> {
  const { publisher } = reader;
  const paths = ['/login', '/logout?now', '/qualifio/token', '/quiz'];
  const links = paths.map((path) => `<a href="${path}">${path}</a>`).join(' ');
  // No pointer moves over the links.
  publisher.page('/', `<body>${links}${rules.replace('moderate', 'immediate')}`);
  const requested = new Promise<void>((resolve) => {
    publisher.serve('/quiz', () => {
      resolve();
      return html(`<head>${libraryTag}</head><body>${element}`);
    });
  });
  await reader.visit('/');
  await requested;
  return publisher.requests.map(({ path }) => path).filter((path) => /^\/[lq]/.test(path));
}

describe('speculation rules', () => {
  const rules = recipe('speculation.html');

  it('load pages in advance, but not the addresses that change something', async () => {
    assert.deepEqual(await inAdvance(rules), ['/quiz']);
  });

  it('also load those addresses if they are not excluded', async () => {
    const all = rules.replace(/"href_matches": \[.*\]/, '"href_matches": "/nothing"');
    assert.ok((await inAdvance(all)).includes('/login'));
  });
});

describe('a page that the browser keeps', () => {
  for (const executablePath of firefoxes()) {
    it('returns with its campaign, which requests nothing', async (t) => {
      const { publisher } = reader;
      publisher.page('/', `<head>${libraryTag}</head><body>${element}<a href="/other">Other</a>`);
      publisher.page('/other', '<p>Other</p>');
      const browser = await launch({ browser: 'firefox', executablePath, headless: true });
      t.after(() => browser.close());
      const page = await browser.newPage();
      await page.goto(publisher.url('/'));
      const isReady = (): boolean =>
        document.querySelector('qualifio-campaign')?.status === 'ready';
      await page.waitForFunction(isReady);
      await page.evaluate(() =>
        addEventListener('pageshow', ({ persisted }) => {
          if (persisted) document.title = 'Kept';
        }),
      );
      publisher.requests.length = 0;
      await Promise.all([page.waitForNavigation(), page.click('a')]);
      await page.evaluate(() => history.back());
      await page.waitForFunction(() => document.title === 'Kept');
      assert.equal(await page.evaluate(isReady), true);
      assert.deepEqual(
        publisher.requests.map(({ path }) => path),
        ['/other'],
      );
    });
  }
});
