import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { elementPage, type PageOptions } from '../../bench/page/pages.js';
import { plainCode, usage } from '../../bench/page/script-cost.js';
import { addressesOf, benchSite, type BenchSite, type Target } from '../../bench/page/site.js';
import { launchChromium } from '../support/chromium.js';

declare global {
  interface Window {
    /** `message` listeners that code outside of the kit has added to the window. */
    ownListeners: number;
    shift: number;
    answers: number;
  }
}

/** Runs before the page: counts listeners, and adds up the layout's shifts. */
function watchPage(): void {
  window.ownListeners = window.shift = 0;
  const added = new Set<unknown>();
  const add = window.addEventListener;
  window.addEventListener = function (...args: Parameters<typeof add>) {
    if (args[0] === 'message' && !/qualp/.test(new Error().stack ?? '')) added.add(args[1]);
    window.ownListeners = added.size;
    return add.apply(window, args);
  };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
      window.shift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

describe('what a page pays for its campaigns', () => {
  let site: BenchSite;
  let browser: Browser;
  let page: Page;
  before(async () => {
    site = await benchSite();
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    await page.addInitScript(watchPage);
  });
  after(async () => {
    await browser.close();
    site.close();
  });

  const open = async (options: PageOptions, frames = options.campaigns ?? 1): Promise<void> => {
    await page.goto(site.open(elementPage(addressesOf(site), options)));
    await page.waitForFunction((count) => (window.framesLoaded?.length ?? 0) >= count, frames);
  };
  const requestsTo = (wanted: Target): number =>
    site.requests.filter((target) => target === wanted).length;
  /** Two rendered frames later, what an observer would start has started. */
  const rendered = (): Promise<void> =>
    page.evaluate(
      () =>
        new Promise<void>((done) => {
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
        }),
    );
  const frameOf = (index: number) => page.mainFrame().childFrames()[index] ?? assert.fail();

  for (const campaigns of [1, 20]) {
    it(`${campaigns} eager: one request for the kit, one execution, one message listener`, async () => {
      await open({ campaigns });
      assert.equal(requestsTo('kit'), 1);
      assert.equal(requestsTo('campaign'), campaigns);
      assert.equal(await page.evaluate(() => window.kitExecutions), 1);
      assert.equal(await page.evaluate(() => window.ownListeners), 1);
    });
  }

  it('one isLoggedIn of ten campaigns: one token request, one answer', async () => {
    await open({ campaigns: 10 });
    await frameOf(3).evaluate(() => ask());
    const answers = page
      .mainFrame()
      .childFrames()
      .map((frame) => frame.evaluate(() => window.answers));
    assert.deepEqual(await Promise.all(answers), [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    assert.equal(requestsTo('token'), 1);
  });

  const waiting: [what: string, options: PageOptions][] = [
    ['lazy below the viewport', { attributes: 'loading="lazy"', above: 5000 }],
    [
      'lazy below the viewport with two attributes',
      { attributes: 'loading="lazy"', isShort: true, above: 5000 },
    ],
    ['manual', { attributes: 'loading="manual"' }],
  ];
  for (const [what, options] of waiting) {
    it(`${what}: no request to Qualifio or the endpoint, no connection either`, async () => {
      await open({ ...options, campaigns: 5 }, 0);
      await rendered();
      assert.deepEqual([...new Set(site.requests)].sort(), ['library', 'page']);
      assert.equal(await page.locator('link[rel=preconnect]').count(), 0);
    });
  }

  it('lazy below the viewport: at most 2 kB of memory each', async () => {
    const plain = await launchChromium(...plainCode);
    const heapOf = async (campaigns: number): Promise<number> => {
      const context = await plain.newContext();
      const opened = await context.newPage();
      const session = await context.newCDPSession(opened);
      const options = { campaigns, attributes: 'loading="lazy"', above: 5000 };
      await opened.goto(site.open(elementPage(addressesOf(site), options)));
      const { heap } = await usage({ page: opened, session });
      await context.close();
      return heap;
    };
    const each = ((await heapOf(101)) - (await heapOf(1))) / 100;
    await plain.close();
    assert.ok(each > 0 && each <= 2000, `${each} bytes`);
  });

  it('one hundred lazy: only those near the viewport load', async () => {
    await open({ campaigns: 100, attributes: 'loading="lazy"' }, 1);
    await rendered();
    const near = await page.evaluate(
      () =>
        [...document.querySelectorAll('qualifio-campaign')].filter(
          (element) => element.getBoundingClientRect().top < innerHeight + 256,
        ).length,
    );
    assert.ok(near > 0 && near < 10, `${near} are near`);
    await page.waitForFunction((count) => window.framesLoaded!.length >= count, near);
    assert.equal(requestsTo('campaign'), near);
  });

  it('does not move the page while it loads, asks for a login, or reports an error', async () => {
    await open({ attributes: 'login-url="/login"' });
    const states = ['login-required', 'error'] as const;
    for (const [index, status] of [401, 500].entries()) {
      await page.route(/\/token/, (route) =>
        route.fulfill({ status, headers: { 'Retry-After': '0' } }),
      );
      const shown = page.waitForFunction(
        (state) => document.querySelector(`qualifio-campaign:state(${state})`),
        states[index],
      );
      void frameOf(0).evaluate(() => void ask());
      await shown;
      await rendered();
      await page.unroute(/\/token/);
    }
    assert.equal(await page.evaluate(() => window.shift), 0);
  });

  it('connects to the campaign’s host while the kit loads', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/qualp/, async (route) => {
      await held;
      await route.continue();
    });
    const opened = open({});
    const link = page.locator('head > link[rel=preconnect]');
    await link.waitFor({ state: 'attached' });
    assert.equal(await link.getAttribute('href'), `//${addressesOf(site).campaignHost}`);
    release();
    await opened;
    await page.unroute(/qualp/);
    await page.evaluate(() => document.querySelector('qualifio-campaign')!.remove());
    assert.equal(await link.count(), 0);
  });
});
