// Real apps, one for each framework, each built by its own tools with this package as npm packs it.
// `npm run test:frameworks` plays all, or those that it names; `node --test` plays those of `npm test`.
// Run `npm run build` first.
//
// Each app has the pages /, /quiz and /vote, with links between them. /quiz has an element with
// everything that it can have, /vote one for the same campaign with two attributes. The names of the
// events on /quiz are in an `<output>`.
import assert from 'node:assert/strict';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { createSimulator, type Simulator } from '../../src/simulator/index.js';
import { eventNames } from '../../src/events.js';
import { attributeNames } from '../../src/frameworks/element-names.js';
import { launchChromium } from '../support/chromium.js';
import { serveApp, type FrameworkApp } from './framework-app.js';
import { publisherKeys } from '../support/publisher-keys.js';
import { atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

/** The apps, and whether they run in `npm test`. */
const apps: Readonly<Record<string, { isQuick?: true }>> = {
  react: { isQuick: true },
  vue: { isQuick: true },
  next: {},
  nuxt: {},
  sveltekit: { isQuick: true },
  solidstart: {},
  preact: {},
  angular: {},
  astro: {},
};

/** When the library is defined and when the app's scripts arrive, in milliseconds. */
const moments: Readonly<Record<string, { define?: number; scripts?: number }>> = {
  'with the app': {},
  '80 ms after the app': { define: 80 },
  '800 ms after the app': { define: 800 },
  '80 ms before the app': { scripts: 80 },
  '800 ms before the app': { scripts: 800 },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(apps, name));
if (unknown.length > 0) {
  throw new Error(`${unknown.join(', ')}: no such app; there are ${Object.keys(apps).join(', ')}.`);
}
// Set by `node --test`.
const isPart = process.env['NODE_TEST_CONTEXT'] !== undefined;
const names = Object.keys(apps).filter((name) =>
  asked.length > 0 ? asked.includes(name) : !isPart || apps[name]!.isQuick,
);

const host = 'jeux.publisher.com';
const kitOfSite = '/js/qualp.2.min.js';

for (const name of names) {
  describe(`the app ${name}`, () => {
    let app: FrameworkApp;
    let browser: Browser;
    let simulator: Simulator;

    before(async () => {
      const { privatePem } = await publisherKeys('RS256');
      app = await serveApp(name, {
        QUALIFIO_KEY_ID: '2026-11',
        QUALIFIO_PRIVATE_KEY: privatePem,
      });
      simulator = createSimulator({
        jwks: `${app.url}/jwks.json`,
        campaigns: { '123456': '98765' },
      });
      browser = await launchChromium();
    });
    after(async () => {
      await browser?.close();
      await app?.stop();
    });

    it('renders the element on the server, without source of functions', async () => {
      const html = await (await fetch(`${app.url}/quiz`)).text();
      const tag = /<qualifio-campaign[^>]*>/.exec(html)?.[0] ?? '';
      for (const attribute of attributeNames.values()) {
        if (attribute !== 'prefetch-token') assert.match(tag, new RegExp(` ${attribute}="`));
      }
      assert.match(tag, / campaign-id="123456"/);
      assert.doesNotMatch(tag, /=&gt;|=>|tokenprovider|\[object/i);
      assert.match(html, /slot="login"/);
    });

    for (const [moment, delays] of Object.entries(moments)) {
      // @holds F51
      it(`plays one campaign to the form if the library is defined ${moment}`, async () => {
        await using visit = await Visit.of(browser, app, simulator, delays);
        const { page } = visit;
        await page.goto(`${app.url}/quiz`);
        // Set by the app: its listeners are there too.
        await page.waitForFunction(
          () => document.querySelector('qualifio-campaign')?.strings?.loginRequired,
        );
        await playToForm(campaignOf(page));
        const logIn = page.getByRole('button', { name: 'Log in' });
        await logIn.waitFor();
        await page.getByLabel('Name').fill('Ada');
        await page.getByRole('button', { name: 'Log in as Ada' }).click();
        await visit.assertForm();
        assert.deepEqual(visit.problems, []);
        assert.equal(visit.frames, 1);

        // The simulator's campaigns send no further messages by themselves.
        const campaign = page.frames().find((frame) => new URL(frame.url()).hostname === host);
        await campaign!.evaluate((divId) => {
          parent.postMessage({ 'qualifio-simulator': 1, name: 'step', data: { divId } }, '*');
        }, 'qualifio_insert_place_123456');
        await page.waitForFunction(() =>
          document.querySelector('output')!.textContent!.includes('qualifio-message'),
        );
        await page.evaluate(() => document.querySelector('iframe')!.remove());
        await page.waitForFunction(
          () => document.querySelector('qualifio-campaign')!.status === 'error',
        );
        const heard = (await page.locator('output').innerText()).trim().split(' ');
        // An app may not hear what happens before it runs.
        const unheard = delays.define ? [] : ['qualifio-ready', 'qualifio-participant-action'];
        assert.deepEqual([...new Set([...heard, ...unheard])].sort(), [...eventNames].sort());
        const strings = await page.evaluate(
          () => document.querySelector('qualifio-campaign')!.strings,
        );
        assert.deepEqual(strings, { loginRequired: 'Log in to take part.' });
      });
    }

    it('plays after each way through its routes', async () => {
      await using visit = await Visit.of(browser, app, simulator);
      const { page } = visit;
      await page.context().addCookies([{ name: 'name', value: 'Ada', url: app.url }]);
      const campaign = page.frameLocator('iframe:visible');
      await page.goto(app.url);
      for (const route of ['Quiz', 'Vote', 'Quiz', 'Home']) {
        await page.getByRole('link', { name: route }).click();
        if (route === 'Home') continue;
        await playToForm(campaign);
        if (route === 'Vote') await campaign.getByRole('button', { name: 'Continue' }).click();
        await atStep(campaign, 'form');
      }
      await page.locator('iframe:visible').waitFor({ state: 'hidden' });
      await page.goBack();
      await campaign.locator('main[data-step]').waitFor();
      assert.deepEqual(visit.problems, []);
    });
  });
}

/**
 * Chromium reports the endpoint's refusal of a visitor who is signed out; Lit says that it is built
 * for development, and that it is also in the CDN file.
 */
const expected = / 401 |^Lit is in dev mode|^Multiple versions of Lit/;

/** A visitor's page of an app, where the simulator answers for Qualifio's hosts. */
class Visit implements AsyncDisposable {
  readonly page: Page;
  /** Console errors and warnings, uncaught errors, and requests for Qualifio's own kit. */
  readonly problems: string[] = [];
  /** How many frames there have been. */
  frames = 0;

  private constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      if (!expected.test(message.text())) this.problems.push(message.text());
    });
    page.on('frameattached', () => this.frames++);
    page.on('pageerror', ({ message }) => this.problems.push(message));
  }

  static async of(
    browser: Browser,
    { url }: FrameworkApp,
    simulator: Simulator,
    { define = 0, scripts = 0 } = {},
  ): Promise<Visit> {
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    context.setDefaultTimeout(20_000);
    const visit = new Visit(await context.newPage());
    await context.route(
      (address) => address.hostname === host || address.pathname === kitOfSite,
      async (route) => {
        const request = route.request();
        const address = new URL(request.url());
        if (address.pathname === kitOfSite) address.pathname = '/kit/qualp.2.min.js';
        const answer = await simulator.fetch(
          new Request(address, {
            method: request.method(),
            headers: await request.allHeaders().then(ordinary),
            body: request.postData(),
          }),
        );
        await route.fulfill({
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: Buffer.from(await answer.arrayBuffer()),
        });
      },
    );
    await context.route('https://files.qualifio.com/**', (route) => {
      visit.problems.push(`Settings were not in time: ${route.request().url()}`);
      return route.abort();
    });
    if (define > 0) {
      await context.addInitScript((delay) => {
        const { define } = customElements;
        customElements.define = (...definition) => {
          setTimeout(() => define.apply(customElements, definition), delay);
        };
      }, define);
    }
    if (scripts > 0) {
      await context.addInitScript({ path: 'dist/qualifio-campaign.min.js' });
      await context.addInitScript((kitUrl) => {
        Object.assign(customElements.get('qualifio-campaign')!, { kitUrl });
      }, kitOfSite);
      // All together: an app of many modules is not later than others.
      let arrival: Promise<void> | undefined;
      await context.route(
        ({ origin, pathname }) => origin === url && /js$/.test(pathname) && pathname !== kitOfSite,
        async (route) => {
          await (arrival ??= new Promise((resolve) => setTimeout(resolve, scripts)));
          await route.fallback();
        },
      );
    }
    return visit;
  }

  /** Waits for the form, and asserts that it has the values of the token. */
  async assertForm(): Promise<void> {
    const campaign = campaignOf(this.page);
    await atStep(campaign, 'form');
    assert.equal(await campaign.locator('[name=firstname]').inputValue(), 'Ada');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }
}

/** Headers without those of HTTP/2. */
function ordinary(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
}
