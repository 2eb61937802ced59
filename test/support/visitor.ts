import { after, type TestContext } from 'node:test';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { startDemo, type Demo } from './demo-site.js';

export type Hand = 'mouse' | 'keyboard';

export interface Manner {
  hand?: Hand;
  /** Pixels. */
  width?: number;
}

/** The demo and its visitors, for all tests of a file. */
export interface OpenDemo {
  readonly demo: Demo;
  /** A visitor who leaves when the test ends. */
  arrive(test: TestContext, manner?: Manner): Promise<Visitor>;
}

export async function openDemo(): Promise<OpenDemo> {
  const [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  after(() => Promise.all([browser.close(), demo.close()]));
  return {
    demo,
    async arrive(test, manner) {
      const visitor = await Visitor.arrive(browser, demo, manner);
      test.after(() => visitor.leave());
      return visitor;
    },
  };
}

const maximumTabs = 60;

/** A visitor of the demo, who uses only the mouse or only the keyboard. */
export class Visitor {
  readonly page: Page;
  readonly hand: Hand;
  /** Console errors and warnings, uncaught errors and refused requests, in order. */
  readonly problems: string[] = [];
  readonly #context: BrowserContext;
  readonly #demo: Demo;

  private constructor(context: BrowserContext, page: Page, demo: Demo, hand: Hand) {
    this.#context = context;
    this.page = page;
    this.#demo = demo;
    this.hand = hand;
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.problems.push(message.text());
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
  }

  static async arrive(
    browser: Browser,
    demo: Demo,
    { hand = 'mouse', width = 1280 }: Manner = {},
  ): Promise<Visitor> {
    const viewport = { width, height: width < 600 ? 640 : 900 };
    const context = await browser.newContext({ viewport, locale: 'en-GB' });
    context.setDefaultTimeout(30_000);
    return new Visitor(context, await context.newPage(), demo, hand);
  }

  async leave(): Promise<void> {
    await this.#context.close();
  }

  async visit(path: string): Promise<void> {
    await this.page.goto(this.#demo.url + path);
  }

  /**
   * Makes every later page keep the last token of its endpoint. From outside, the body of an answer
   * that the page reads as a stream is not always available.
   */
  async keepTokens(): Promise<void> {
    await this.page.addInitScript(() => {
      const fetchAsBefore = window.fetch;
      window.fetch = async (...request) => {
        const answer = await fetchAsBefore(...request);
        if (answer.url.includes('/qualifio/')) {
          const { token } = (await answer.clone().json()) as { token: string };
          Object.assign(window, { keptToken: token });
        }
        return answer;
      };
    });
  }

  /** Waits for the token that `keepTokens` has kept. */
  async keptToken(): Promise<string> {
    const kept = await this.page.waitForFunction(
      () => (window as unknown as { keptToken?: string }).keptToken,
    );
    return String(await kept.jsonValue());
  }

  /** The page's path and query. */
  get place(): string {
    return this.page.url().replace(this.#demo.url, '');
  }

  /** The campaign's frame; by its number if the page has several. */
  campaign(id = ''): FrameLocator {
    return this.page.frameLocator(`iframe.qualifio_iframe_tag${id && `#qualifio${id}`}`);
  }

  /** Presses a button or follows a link, with this visitor's device. */
  async press(target: Locator): Promise<void> {
    if (this.hand === 'mouse') {
      await target.click();
      return;
    }
    await this.#tabTo(target);
    await this.page.keyboard.down('Enter');
    // The key may be released in a frame that already shows its next document. Chromium then never
    // confirms it, and without a timeout the test would wait forever.
    this.page.keyboard.up('Enter').catch(() => undefined);
  }

  async write(field: Locator, text: string): Promise<void> {
    if (this.hand === 'mouse') await field.click();
    else await this.#tabTo(field);
    await this.page.keyboard.type(text);
  }

  async logIn(form: Locator, password = 'demo'): Promise<void> {
    await this.write(form.getByLabel('E-mail'), 'anna@example.com');
    await this.write(form.getByLabel('Password'), password);
    await this.press(form.getByRole('button', { name: 'Log in', exact: true }));
  }

  /** Logs in on the login page and returns to `path`. */
  async logInFirst(path: string): Promise<void> {
    await this.visit(`/login?return_to=${encodeURIComponent(path)}`);
    await this.logIn(this.page.locator('form.login'));
    await this.page.waitForURL(this.#demo.url + path);
  }

  /** Plays the campaign from the welcome screen until it asks the page for the participant. */
  async playToTheForm(id = ''): Promise<void> {
    const campaign = this.campaign(id);
    await this.press(campaign.getByRole('button', { name: 'Start' }));
    await this.press(campaign.getByRole('button', { name: 'A newspaper' }));
    await this.press(campaign.getByRole('button', { name: 'Continue' }));
  }

  /** Waits for the campaign's form and returns the values of its fields. */
  async formValues(id = ''): Promise<Record<string, string>> {
    const form = this.campaign(id).locator('form');
    await form.waitFor();
    return form.evaluate((element) =>
      Object.fromEntries(
        [...new FormData(element as HTMLFormElement)].map(([name, value]) => [name, String(value)]),
      ),
    );
  }

  async takePart(id = ''): Promise<void> {
    await this.press(this.campaign(id).getByRole('button', { name: 'Take part' }));
    await this.campaign(id).getByRole('heading', { name: 'Thank you!' }).waitFor();
  }

  /** The entries of the page's event log, without their times. */
  async log(): Promise<string[]> {
    const texts = await this.page.locator('[data-event-log] > li').allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' ').replace(/^\S+ /, ''));
  }

  /** Waits until the event log has `count` entries of an event, an error code or a status. */
  async waitForLog(kind: 'event' | 'code' | 'status', value: string, count = 1): Promise<void> {
    const entries = this.page.locator(`[data-event-log] > li[data-${kind}="${value}"]`);
    await entries.nth(count - 1).waitFor();
  }

  async #tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    for (let tabs = 0; tabs <= maximumTabs; tabs++) {
      const focused = await target.evaluate(
        (element) => element.matches(':focus') && element.ownerDocument.hasFocus(),
      );
      if (focused) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${maximumTabs} times Tab did not lead to ${target.toString()}`);
  }
}
