// The demo on a small phone, and in forced colors mode. In Chromium. Run `npm run build` first.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { startDemo, type Demo } from '../support/demo-site.js';

let demo: Demo;
let browser: Browser;
before(async () => {
  demo = await startDemo();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await demo.close();
});

const phone = { viewport: { width: 320, height: 640 } };

/** Pairs of texts in one box that overlap. */
function overlaps(): string[] {
  const found: string[] = [];
  for (const box of document.querySelectorAll('main :has(> :nth-child(2))')) {
    const texts = [...box.children].filter(
      (child) => child.matches('p, h1, h2, h3, button') && child.getClientRects().length > 0,
    );
    texts.slice(1).forEach((text, index) => {
      const former = texts[index]!;
      const { top, height, left } = text.getBoundingClientRect();
      const above = former.getBoundingClientRect();
      const isBeside = left >= above.right - 1;
      if (top < above.bottom - 1 && !isBeside) {
        found.push(`${former.textContent.trim()} / ${text.textContent.trim()}`);
      }
      const size = parseFloat(getComputedStyle(text).fontSize);
      if (height < size) found.push(`${text.textContent.trim()}: ${height} px high`);
    });
  }
  return found;
}

describe('every page on a phone 320 px wide', () => {
  test('has no horizontal scrolling and no overlapping text', async () => {
    const page = await (await browser.newContext(phone)).newPage();
    await page.goto(demo.url);
    const links = await page
      .locator('main a')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    assert.ok(links.length > 10);
    for (const link of [demo.url, ...links]) {
      await page.goto(link);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(width, 320, link);
      assert.deepEqual(await page.evaluate(overlaps), [], link);
    }
  });
});

describe('forced colors mode', () => {
  test('shows a border on the panel’s action', async () => {
    const page = await (await browser.newContext({ forcedColors: 'active' })).newPage();
    await page.goto(`${demo.url}/errors`);
    await page.getByRole('link', { name: 'The kit answers 404' }).click();
    const action = page.locator('[part=action]');
    await action.waitFor();
    const [border, background, width] = await action.evaluate((button) => {
      const { borderTopColor, borderTopWidth } = getComputedStyle(button);
      const panel = button.closest('[part=panel]')!;
      return [borderTopColor, getComputedStyle(panel).backgroundColor, borderTopWidth] as const;
    });
    assert.notEqual(border, 'rgba(0, 0, 0, 0)');
    assert.notEqual(border, background);
    assert.ok(parseFloat(width) >= 1);
  });
});
