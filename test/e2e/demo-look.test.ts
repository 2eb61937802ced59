// How the demo and each panel look, on a phone and with zoom, in forced colors mode, to axe and with a
// keyboard. In Chromium. Run `npm run build` first.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { violations } from '../support/axe.js';
import { launchChromium } from '../support/chromium.js';
import { pagePaths, startDemo, type Demo } from '../support/demo-site.js';
import { Visitor } from '../support/visitor.js';

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
      if (path === '/sign-in') await page.locator('iframe[title]').nth(1).waitFor();
      for (const width of widths) {
        await page.setViewportSize({ width, height: 640 });
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, path);
      }
      await page.setViewportSize({ width: 320, height: 640 });
      assert.deepEqual(await page.evaluate(overlaps), []);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page), [], colorScheme);
      }
    });
  }
});

describe('on a phone, 320 px wide', () => {
  test('who is logged in sees the account beside the site’s name, at the end of the line', async (t) => {
    const anyone = await Visitor.arrive(browser, demo, { width: 320 });
    t.after(() => anyone.leave());
    await anyone.logInFirst('/attributes');
    const box = async (selector: string): Promise<readonly [x: number, y: number, end: number]> => {
      const { x, y, width } = (await anyone.page.locator(selector).boundingBox())!;
      return [x, y, Math.round(x + width)];
    };
    const [, top, brandEnd] = await box('.brand');
    const [start, accountTop, accountEnd] = await box('.account-name');
    const [, , buttonEnd] = await box('.account button');
    assert.ok(start > brandEnd && accountTop < top + 32, 'beside the name');
    assert.deepEqual([accountEnd, buttonEnd], [304, 304]);
    // A long name stays on one line, too.
    const height = await anyone.page.locator('.account-name').evaluate((name) => {
      const before = name.getBoundingClientRect().height;
      name.textContent = 'Maximiliaan van den Broecke';
      return name.getBoundingClientRect().height / before;
    });
    assert.equal(height, 1);
    assert.equal(await anyone.page.evaluate('document.documentElement.scrollWidth'), 320);
  });

  test('the name of an attribute in a title stays on one line', async () => {
    const page = await shared();
    await page.goto(`${demo.url}/errors/malformed-channel-id`);
    await page.setViewportSize({ width: 320, height: 640 });
    const lines = await page.getByRole('heading', { level: 1 }).evaluate((title) => {
      const word = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      while (word.nextNode()) {
        const at = word.currentNode.textContent!.indexOf('channel-id');
        if (at < 0) continue;
        range.setStart(word.currentNode, at);
        range.setEnd(word.currentNode, at + 'channel-id'.length);
      }
      return range.getClientRects().length;
    });
    assert.equal(lines, 1);
  });
});

describe('what a screen reader announces', () => {
  for (const path of ['/attributes', '/inspector']) {
    test(`the logs of ${path} are silent: participants hear the element`, async () => {
      const page = await shared();
      await page.goto(demo.url + path);
      await page
        .getByRole('log')
        .nth(path === '/inspector' ? 2 : 1)
        .waitFor();
      const browserSession = await page.context().newCDPSession(page);
      const { nodes } = await browserSession.send('Accessibility.getFullAXTree');
      const live = nodes
        .filter(({ properties }) =>
          properties?.some(({ name, value }) => name === 'live' && value.value !== 'off'),
        )
        .map(({ role }) => String(role?.value));
      await browserSession.detach();
      assert.deepEqual([...new Set(live)], ['status']);
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
