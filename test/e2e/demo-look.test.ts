// How the demo and each panel look, on a phone and with zoom, in forced colors mode, to axe and with a
// keyboard. In Chromium. Run `npm run build` first.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { violations } from '../support/axe.js';
import { launchChromium } from '../support/chromium.js';
import { pagePaths, startDemo, type Demo } from '../support/demo-site.js';

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

let sharedPage: Page | undefined;

/** One page for all tests: a new browser context is slow. */
async function shared(): Promise<Page> {
  const options = { deviceScaleFactor: 2, reducedMotion: 'reduce' } as const;
  return (sharedPage ??= await (await browser.newContext(options)).newPage());
}

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

/** On a phone, on a desktop with 200 % zoom, and without zoom. */
const widths = [320, 640, 1280];

const panels = [
  ...['login', 'login-window', 'expired', 'unconfirmed', 'blocked', 'unavailable', 'offline'],
  'busy',
];
const panelPath = (panel: string): string => `/gallery/panel?panel=${panel}`;

describe('every page', () => {
  const paths = [
    '/',
    '/login',
    '/nothing',
    '/errors/frame-removed',
    '/gallery/panel',
    ...pagePaths,
  ];
  for (const path of [...paths, ...panels.map(panelPath)]) {
    test(`${path}: no horizontal scrolling, no overlapping text, accessible in light and dark`, async () => {
      const page = await shared();
      await page.goto(demo.url + path);
      if (path === '/configurator') {
        await page.getByRole('button', { name: 'Use the example' }).click();
      }
      if (path.includes('panel=')) {
        await page.locator('[part=panel]:visible, [part=progress]:visible').waitFor();
      }
      for (const width of widths) {
        await page.setViewportSize({ width, height: 640 });
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, path);
      }
      await page.setViewportSize({ width: 320, height: 640 });
      assert.deepEqual(await page.evaluate(overlaps), []);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const found = await violations(page);
        // The frames of this page are the vendor's, and stay as they are.
        const own = found.filter((each) => path !== '/sign-in' || !each.startsWith('frame-title:'));
        assert.deepEqual(own, [], colorScheme);
      }
    });
  }
});

describe('with only the keyboard', () => {
  const open = async (panel: string): Promise<Page> => {
    const page = await shared();
    await page.goto(demo.url + panelPath(panel));
    return page;
  };

  for (const panel of panels.filter((name) => name !== 'busy')) {
    test(`the panel “${panel}” is announced with its text, and its action is the next stop`, async () => {
      const page = await open(panel);
      const dialog = page.getByRole('alertdialog');
      await dialog.waitFor();
      const text = await page.locator('[part=message]').innerText();
      assert.equal(await page.getByRole('alertdialog', { name: text }).count(), 1);
      await page.waitForFunction(
        "document.querySelector('qualifio-campaign').shadowRoot.activeElement?.role === 'alertdialog'",
      );
      const action = page.locator('[part=action]');
      if (panel === 'unavailable') {
        assert.ok(await action.isHidden());
        return;
      }
      await page.keyboard.press('Tab');
      assert.ok(await action.evaluate((button) => button.matches(':focus-visible')));
      if (panel === 'login-window') {
        const [login] = await Promise.all([
          page.context().waitForEvent('page'),
          page.keyboard.press('Enter'),
        ]);
        await login.close();
        assert.ok(await dialog.isVisible());
      } else if (panel === 'login' || panel === 'expired') {
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/login\?return_to=/);
      } else {
        await page.keyboard.press('Enter');
        await action.and(page.locator(':not(:focus)')).waitFor();
        await dialog.waitFor();
      }
    });
  }
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
