import {
  test as base,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test';
import { serveSimulator, type ServedSimulator } from '../serve.js';
import type { FrameKnobs, KitKnobs } from '../model/knob-table.js';
import type { SimulatorOptions } from '../options.js';
import { Campaign } from './campaign.js';
import { routeToSimulator } from './route-to-simulator.js';

/** The simulator of one test. */
export interface TestSimulator extends Pick<ServedSimulator, 'url' | 'transcript' | 'reset'> {
  /** The host of `url`, for example `127.0.0.1:41783`. */
  readonly host: string;
  /** The URL of the simulator's own kit. A page that uses Qualifio's kit does not need it. */
  readonly kitUrl: string;
}

/** Options of `test.use()` and of `use` in `playwright.config.ts`. */
export interface SimulatorTestOptions {
  /** Options of the simulator: how it verifies tokens, `lang`, knobs. Default: none. */
  simulatorOptions: SimulatorOptions;
  /** Knobs for some of the tests, in addition to `simulatorOptions`. Default: none. */
  simulatorKnobs: Partial<KitKnobs & FrameKnobs>;
}

/** What a test receives. */
export interface SimulatorFixtures {
  /** A new simulator for each test, on a free port of 127.0.0.1. */
  simulator: TestSimulator;
  /** The campaign on `page`. */
  campaign: Campaign;
}

/**
 * Playwright's `test`, with a simulator in Qualifio's place.
 *
 * Every page of `context` gets the kit and the campaign's frame from the simulator, whatever the host
 * in the page, so the page does not change for the test. Other requests are not affected, and no request
 * for the kit or a campaign reaches Qualifio. Contexts from `browser.newContext()` are not simulated.
 *
 * If a test fails, the transcript is attached to its results. It contains no token.
 *
 * @throws TypeError naming an option of `simulatorOptions` that is wrong, in each test.
 * @example
 * test('fills in the form', async ({ page, campaign }) => {
 *   await page.goto('http://localhost:3000/quiz');
 *   await campaign.play();
 *   expect(await campaign.fields()).toMatchObject({ firstname: 'Ada' });
 * });
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & SimulatorTestOptions & SimulatorFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = base.extend<SimulatorTestOptions & SimulatorFixtures & { servedSimulator: ServedSimulator }>({
  simulatorOptions: [{}, { option: true }],
  simulatorKnobs: [{}, { option: true }],
  servedSimulator: [
    async ({ simulatorOptions, simulatorKnobs }, use, testInfo) => {
      const simulator = await serveSimulator(
        { ...simulatorOptions, ...simulatorKnobs },
        { port: 0 },
      );
      await use(simulator);
      if (testInfo.status !== testInfo.expectedStatus) {
        const body = JSON.stringify(simulator.transcript, null, 2);
        await testInfo.attach('transcript', { body, contentType: 'application/json' });
      }
      await simulator.close();
    },
    { box: true },
  ],
  simulator: async ({ servedSimulator }, use) => {
    const { url, transcript, reset } = servedSimulator;
    await use({
      ...{ url, transcript, reset },
      host: new URL(url).host,
      kitUrl: `${url}/kit/qualp.2.min.js`,
    });
  },
  context: async ({ context, servedSimulator }, use) => {
    await routeToSimulator(context, servedSimulator);
    await use(context);
    await context.unrouteAll({ behavior: 'ignoreErrors' });
  },
  campaign: async ({ page }, use) => {
    await use(new Campaign(page));
  },
});
