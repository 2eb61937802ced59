import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { Simulator } from '../../src/simulator/index.js';
import { atStep, campaignOf } from '../support/simulator-stage.js';
import type { FrameworkApp } from './framework-app.js';

/** The campaign's host in each app. */
export const campaignHost = 'jeux.publisher.com';
const kitOfSite = '/js/qualp.2.min.js';

/**
 * Chromium reports the endpoint's refusal of a visitor who is signed out; Lit says that it is built
 * for development, and that it is also in the CDN file.
 */
const expected = / 401 |^Lit is in dev mode|^Multiple versions of Lit/;

/** A visitor's page of an app, where the simulator answers for Qualifio's hosts. */
export class Visit implements AsyncDisposable {
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
      (address) => address.hostname === campaignHost || address.pathname === kitOfSite,
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
