import type { Browser, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import {
  serveSimulator,
  type ServedSimulator,
  type SimulatorOptions,
} from '../../src/simulator/index.js';
import { launchChromium } from './chromium.js';
import { publisherSite, type PublisherSite } from './publisher-site.js';

/** A browser, a publisher's site and a simulator, for the tests of one file. */
export class SimulatorStage {
  readonly #browser: Browser;
  #page: Page | undefined;
  #options = '';
  readonly site: PublisherSite;
  readonly simulator: ServedSimulator;
  /** The campaign host, as in a tag. */
  readonly host: string;

  private constructor(browser: Browser, site: PublisherSite, simulator: ServedSimulator) {
    this.#browser = browser;
    this.site = site;
    this.simulator = simulator;
    this.host = `jeux.publisher.localhost:${new URL(simulator.url).port}`;
  }

  static async set(options: SimulatorOptions = {}): Promise<SimulatorStage> {
    const simulator = await serveSimulator(options, { port: 0 });
    return new SimulatorStage(await launchChromium(), await publisherSite(), simulator);
  }

  async strike(): Promise<void> {
    await this.#browser.close();
    await this.simulator.close();
    this.site.close();
  }

  /** Opens a page of the publisher with an empty transcript, instead of the previous page. */
  async open(
    body: string,
    {
      headers,
      ...options
    }: BrowserContextOptions & { headers?: Record<string, string> | undefined } = {},
  ): Promise<Page> {
    this.simulator.reset();
    const html = `<!doctype html><html lang="en"><title>Publisher</title><body>${body}</body></html>`;
    this.site.serve(html, headers);
    const page = await this.#pageWith(options);
    await page.goto(this.site.url);
    return page;
  }

  /** Reuses the previous page if it has the same options, since a new browser context is slow. */
  async #pageWith(options: BrowserContextOptions): Promise<Page> {
    const wanted = JSON.stringify(options);
    if (this.#page && this.#options === wanted) return this.#page;
    // If it stays open, its spinner keeps turning.
    await this.#page?.context().close();
    const context = await this.#browser.newContext({ reducedMotion: 'reduce', ...options });
    this.#options = wanted;
    return (this.#page = await context.newPage());
  }

  /** The transcript, in short: `to-page isLoggedIn`, `to-page error UNKNOWN`. */
  messages(): string[] {
    return this.simulator.transcript.map(({ direction, name, code }) =>
      [direction, name, code].filter(Boolean).join(' '),
    );
  }
}

export function campaignOf(page: Page, number = '123456'): FrameLocator {
  return page.frameLocator(`#qualifio${number}`);
}

/** Plays to the form, where the campaign asks for a token. */
export async function playToForm(campaign: FrameLocator): Promise<void> {
  await campaign.getByRole('button', { name: 'Start' }).click();
  await campaign.getByRole('button', { name: 'A newspaper' }).click();
}

/** Waits until the campaign shows a step. */
export function atStep(campaign: FrameLocator, step: string): Promise<void> {
  return campaign.locator(`main[data-step="${step}"]`).waitFor();
}
