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
import type { Browser } from 'playwright-core';
import { createSimulator, type Simulator } from '../../src/simulator/index.js';
import { eventNames } from '../../src/events.js';
import { attributeNames } from '../../src/frameworks/element-names.js';
import { launchChromium } from '../support/chromium.js';
import { serveApp, type FrameworkApp } from './framework-app.js';
import { publisherKeys } from '../support/publisher-keys.js';
import { atStep, campaignOf, playToForm } from '../support/simulator-stage.js';
import { campaignHost, Visit } from './app-visit.js';

/** The apps, whether they run in `npm test`, and whether all their pages have `<qualifio-sign-in>`. */
const apps: Readonly<Record<string, { isQuick?: true; hasSignIn?: true }>> = {
  react: { isQuick: true },
  vue: { isQuick: true },
  next: {},
  nuxt: {},
  sveltekit: { isQuick: true },
  solidstart: {},
  preact: {},
  angular: { hasSignIn: true },
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

/** Apps that are being built. An app is built while the one before it plays, and mostly waits. */
const starts = new Map<string, Promise<FrameworkApp>>();

async function startApp(name: string): Promise<FrameworkApp> {
  const { privatePem } = await publisherKeys('RS256');
  return serveApp(name, { QUALIFIO_KEY_ID: '2026-11', QUALIFIO_PRIVATE_KEY: privatePem });
}

for (const [index, name] of names.entries()) {
  describe(`the app ${name}`, () => {
    let app: FrameworkApp;
    let browser: Browser;
    let simulator: Simulator;

    before(async () => {
      app = await (starts.get(name) ?? startApp(name));
      const next = names[index + 1];
      if (next) {
        starts.set(next, startApp(next));
        // Reported when its turn comes.
        starts.get(next)!.catch(() => {});
      }
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
        // As a framework or a script of the app sees them.
        const children = await page.evaluate(() => {
          const campaign = document.querySelector('qualifio-campaign')!;
          return Array.from(campaign.children, ({ localName }) => localName);
        });
        assert.deepEqual(children, ['form']);

        // The simulator's campaigns send no further messages by themselves.
        const campaign = page
          .frames()
          .find((frame) => new URL(frame.url()).hostname === campaignHost);
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

    if (apps[name]!.hasSignIn) {
      it('renders <qualifio-sign-in> on the server, and sets its properties', async () => {
        const html = await (await fetch(app.url)).text();
        const tag = /<qualifio-sign-in[^>]*>/.exec(html)?.[0] ?? '';
        assert.match(tag, / auth-endpoint="\/qualifio\/token"/);
        assert.match(tag, / token-timeout="8000"/);
        assert.doesNotMatch(tag, /\[object/);
        await using visit = await Visit.of(browser, app, simulator);
        await visit.page.goto(app.url);
        await visit.page.waitForFunction(() => {
          const signIn = document.querySelector('qualifio-sign-in');
          return signIn?.strings?.loginRequired && signIn.tokenTimeout === 8000;
        });
        assert.deepEqual(visit.problems, []);
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
