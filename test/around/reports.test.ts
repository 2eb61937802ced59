// Public bug reports about other things that people embed, each as a page with a campaign.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { Workshop, type Publisher } from '../support/advice/workshop.js';
import { assertBuilt } from '../support/installed-package.js';
import { atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

assertBuilt();
const workshop = await Workshop.open();
after(() => workshop.close());

/** Opens a page of a publisher. */
async function open(change: (publisher: Publisher) => void): Promise<Page> {
  workshop.publisher = workshop.faultless();
  change(workshop.publisher);
  const page = await workshop.visit();
  await page.goto(workshop.url());
  return page;
}

async function form(page: Page): Promise<void> {
  await atStep(campaignOf(page), 'form');
}

async function play(page: Page): Promise<void> {
  await playToForm(campaignOf(page));
  await form(page);
}

const status = (page: Page): Promise<unknown> =>
  page.evaluate("document.querySelector('qualifio-campaign').status");

// https://github.com/philbuchanan/Accordion-Shortcodes/issues/41
test('a closed accordion: the campaign plays when it is opened', async () => {
  for (const loading of ['eager', 'lazy']) {
    const page = await open((site) => {
      site.attributes['loading'] = loading;
      site.before = '<details><summary>Quiz</summary>';
      site.end += '</details>';
    });
    await page.getByText('Quiz').click();
    await play(page);
    await page.getByText('Quiz', { exact: true }).click();
    await page.getByText('Quiz', { exact: true }).click();
    await form(page);
    await page.close();
  }
});

// https://github.com/MohammadYounes/AlertifyJS/issues/226
test('a dialog: the campaign goes on after it was closed and opened again', async () => {
  const page = await open((site) => {
    site.before = '<dialog>';
    site.end += '</dialog>';
    site.code = "document.querySelector('dialog').showModal()";
  });
  await play(page);
  await page.evaluate("document.querySelector('dialog').close()");
  await page.evaluate("document.querySelector('dialog').showModal()");
  await form(page);
});

// https://github.com/bevacqua/dragula/issues/414
test('drag and drop: a campaign that is moved starts again, and plays', async () => {
  const page = await open(() => {});
  await play(page);
  await page.evaluate(() => document.body.prepend(document.querySelector('qualifio-campaign')!));
  await play(page);
});

// https://github.com/WikiEducationFoundation/WikiEduDashboard/issues/6248
test('a translator that wraps texts in <font>: panel, log-in and removal still work', async () => {
  let isSignedIn = false;
  const page = await open((site) => {
    site.isSignedIn = () => isSignedIn;
    site.inside = '<p slot="login">Please log in</p>';
  });
  await page.evaluate(() => {
    for (const root of [document.body, document.querySelector('qualifio-campaign')!.shadowRoot!]) {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (texts.nextNode()) found.push(texts.currentNode as Text);
      for (const text of found) {
        const font = document.createElement('font');
        text.replaceWith(font);
        font.append(text.data);
      }
    }
  });
  await playToForm(campaignOf(page));
  await page.getByText('Please log in').waitFor();
  isSignedIn = true;
  await page.evaluate("document.querySelector('qualifio-campaign').resume()");
  await form(page);
  await page.evaluate("document.querySelector('qualifio-campaign').remove()");
  assert.equal(await page.locator('#qualifio123456').count(), 0);
});

// https://github.com/verto-health/ngx-turnstile/issues/29
test('a script tag that each page of an application adds again: the campaign goes on', async () => {
  const page = await open(() => {});
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  await play(page);
  await page.evaluate(async () => {
    const tag = document.querySelector<HTMLScriptElement>('script[data-kit-url]')!;
    const again = document.createElement('script');
    for (const { name, value } of tag.attributes) again.setAttribute(name, value);
    await new Promise((resolve) => {
      again.onload = resolve;
      document.head.append(again);
    });
  });
  await form(page);
  await page.evaluate("document.querySelector('qualifio-campaign').reload()");
  await play(page);
  assert.deepEqual(problems, []);
  assert.equal(await page.locator('script[src*="/kit/"]').count(), 1);
});

// https://github.com/KingPin/Garrul/issues/58
test('a log-in window that COOP cuts off from the page: the campaign goes on', async () => {
  let isSignedIn = false;
  const page = await open((site) => {
    site.pageHeaders['Cross-Origin-Opener-Policy'] = 'same-origin';
    site.isSignedIn = () => isSignedIn;
    site.attributes['login-url'] = workshop.url('/sign-in', 'login.publisher.localhost');
  });
  await playToForm(campaignOf(page));
  const link = page.getByRole('link', { name: 'Log in' });
  await link.waitFor();
  const opened = page.context().waitForEvent('page');
  await link.click({ modifiers: ['ControlOrMeta'] });
  const login = await opened;
  await login.waitForLoadState();
  isSignedIn = true;
  await login.close();
  // Headless pages are always visible and have the focus.
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await form(page);
});

// https://github.com/WordPress/gutenberg/pull/77212
test('a sandboxed preview without an origin: the inspector names the cause, and the fix works', async () => {
  const sandbox = (tokens: string): string =>
    `<iframe sandbox="${tokens}" src="${workshop.url()}" style="width:900px;height:1500px"></iframe>`;
  const page = await open(() => {});
  const around = page.frameLocator('iframe');
  const show = (tokens: string): Promise<void> => page.setContent(sandbox(tokens));
  await show('allow-scripts allow-forms');
  const fault = around.locator('[data-fault=sandboxed]');
  assert.match(await fault.innerText(), /has no origin.*Add allow-same-origin/s);
  await show('allow-scripts allow-forms allow-same-origin');
  await playToForm(around.frameLocator('#qualifio123456'));
  await atStep(around.frameLocator('#qualifio123456'), 'form');
  assert.equal(await fault.count(), 0);
});

// https://github.com/itteco/iframely/issues/211
test('a page that is opened from a file: the inspector names this cause and no other', async (t) => {
  const page = await open(() => {});
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'page.html');
  writeFileSync(file, await (await fetch(workshop.url('/', '127.0.0.1'))).text());
  await page.goto(pathToFileURL(file).href);
  const faults = page.locator('[data-fault]');
  await faults.first().waitFor();
  assert.match((await faults.allInnerTexts()).join(), /^.*opened from a file.*Serve the page.*$/s);
  assert.equal(await faults.count(), 1);
});

// https://github.com/twbs/bootstrap/issues/38750
test('a page with a dark colour scheme: the texts of panel and campaign are readable', async () => {
  const page = await open((site) => {
    site.before = '<style>:root{color-scheme:dark}</style>';
    site.isSignedIn = () => false;
  });
  const look = (): Promise<[string, string]> =>
    page.evaluate(() => {
      const root = document.querySelector('qualifio-campaign')!.shadowRoot!;
      const { color } = getComputedStyle(root.querySelector('[part=message]')!);
      const { backgroundColor } = getComputedStyle(root.querySelector('[part=panel]')!);
      return [color, backgroundColor];
    });
  await playToForm(campaignOf(page));
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  const [color, background] = await look();
  assert.ok(contrast(color, background) > 4.5, `${color} on ${background}`);
});

// https://github.com/jasonday/printThis/issues/112
test('a print script that copies the page: the copy asks for no token, and the campaign goes on', async () => {
  const page = await open(() => {});
  await play(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const copy = document.querySelector('qualifio-campaign')!.cloneNode(true);
    frame.contentDocument!.body.append(copy);
  });
  await page.pdf();
  await form(page);
  assert.equal(await status(page), 'token-sent');
  assert.deepEqual(
    asked.filter((url) => url.includes('/qualifio/token')),
    [],
  );
});

// https://github.com/ApoorvSaxena/lozad.js/pull/296
test('the Back button leads to the previous page, not through the steps of loading', async () => {
  const page = await open(() => {});
  await page.goto(workshop.url('/nothing'));
  await page.goto(workshop.url());
  await campaignOf(page).getByRole('button', { name: 'Start' }).waitFor();
  await page.evaluate("document.querySelector('qualifio-campaign').reload()");
  await campaignOf(page).getByRole('button', { name: 'Start' }).waitFor();
  await page.goBack();
  assert.equal(page.url(), workshop.url('/nothing'));
  await page.goForward();
  await play(page);
});

/** Contrast ratio of two opaque CSS colours (WCAG 2). */
function contrast(...colors: [string, string]): number {
  const [a, b] = colors
    .map((color) => {
      const [red, green, blue] = color
        .match(/[\d.]+/g)!
        .slice(0, 3)
        .map((part) => Number(part) / 255)
        .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
        number,
        number,
        number,
      ];
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    })
    .sort((one, other) => other - one) as [number, number];
  return a / b;
}
