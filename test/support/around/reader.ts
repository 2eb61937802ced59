import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { SimulatorOptions } from '../../../src/simulator/index.js';
import { launchChromium } from '../chromium.js';
import { atStep, campaignOf, playToForm } from '../simulator-stage.js';
import { Publisher } from './publisher.js';

/** A reader of the publisher's pages, who plays the campaign. Each visit is by a new person. */
export class Reader {
  readonly publisher: Publisher;
  readonly #browser: Browser;
  #context: BrowserContext | null = null;
  /** Statuses and error codes of the page's campaigns so far. */
  statuses: string[] = [];
  /** Uncaught errors, console errors and error codes of the page. */
  problems: string[] = [];

  /** Addresses that the page has requested from the campaign's host. */
  fromQualifio: string[] = [];

  private constructor(publisher: Publisher, browser: Browser) {
    this.publisher = publisher;
    this.#browser = browser;
  }

  static async arrive(options: SimulatorOptions = {}): Promise<Reader> {
    const [publisher, browser] = await Promise.all([Publisher.open(options), launchChromium()]);
    return new Reader(publisher, browser);
  }

  async leave(): Promise<void> {
    await this.#browser.close();
    await this.publisher.close();
  }

  get page(): Page {
    return this.#context!.pages()[0]!;
  }

  async visit(path: string): Promise<Page> {
    await this.#context?.close();
    this.#context = await this.#browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    this.#context.setDefaultTimeout(10_000);
    const { statuses, problems, fromQualifio } = Object.assign(this, {
      ...{ statuses: [], problems: [], fromQualifio: [] as string[] },
    });
    this.publisher.requests.length = 0;
    const page = await this.#context.newPage();
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('request', (request) => {
      if (request.url().includes(this.publisher.host)) fromQualifio.push(request.url());
    });
    await page.exposeFunction('noteStatus', (status: string) => statuses.push(status));
    await page.exposeFunction('noteError', (code: string) => problems.push(code));
    await page.addInitScript(() => {
      const note = window as unknown as Record<string, (text: string) => void>;
      document.addEventListener('qualifio-status-change', (event) =>
        note['noteStatus']!(event.status),
      );
      document.addEventListener('qualifio-error', (event) => note['noteError']!(event.error.code));
    });
    await page.goto(this.publisher.url(path));
    return page;
  }

  /** Plays to the question. */
  async begin(): Promise<void> {
    await campaignOf(this.page).getByRole('button', { name: 'Start' }).click();
    await atStep(campaignOf(this.page), 'question');
  }

  /** Plays from the question to the form that the token has filled in. */
  async finish(): Promise<string> {
    const campaign = campaignOf(this.page);
    await campaign.getByRole('button', { name: 'A newspaper' }).click();
    await campaign.getByRole('button', { name: 'Continue' }).click();
    await atStep(campaign, 'form');
    return campaign.getByLabel('First name').inputValue();
  }

  /** Plays from the first screen to the form; returns the first name in it. */
  async play(): Promise<string> {
    const campaign = campaignOf(this.page);
    await playToForm(campaign);
    await campaign.getByRole('button', { name: 'Continue' }).click();
    await atStep(campaign, 'form');
    return campaign.getByLabel('First name').inputValue();
  }
}
