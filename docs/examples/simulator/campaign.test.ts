import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core';
import type { QualifioCampaign } from 'qualifio-campaign';
import {
  serveSimulator,
  type ServedSimulator,
  type SimulatorOptions,
} from 'qualifio-campaign/simulator';
import { startSite, type Site } from './site.js';

let site: Site;
let browser: Browser;
let simulator: ServedSimulator;
let page: Page;

before(async () => {
  site = await startSite();
  browser = await chromium.launch({ executablePath: process.env['CHROME_PATH'] ?? '' });
});
afterEach(async () => {
  await page.context().close();
  await simulator.close();
});
after(async () => {
  await browser.close();
  site.close();
});

/** Opens the page with a new simulator. `options` sets its faults. */
async function open(options: SimulatorOptions, session?: string): Promise<FrameLocator> {
  simulator = await serveSimulator(
    { jwks: `${site.url}/jwks.json`, campaigns: { 123456: '98765' }, lang: 'en', ...options },
    { port: 0 },
  );
  site.campaignHost = new URL(simulator.url).host;
  page = await browser.newPage();
  await page.goto(site.url);
  if (session !== undefined) await logIn(session);
  return page.frameLocator('iframe.qualifio_iframe_tag');
}

async function logIn(session: string): Promise<void> {
  await page.context().addCookies([{ name: 'session', value: session, url: site.url }]);
}

async function playToForm(campaign: FrameLocator): Promise<void> {
  await campaign.getByRole('button', { name: 'Start' }).click();
  await campaign.getByRole('button', { name: 'A newspaper' }).click();
  await campaign.getByRole('button', { name: 'Continue' }).click();
}

/** A summary of the messages between page and campaign. */
function messages(): string[] {
  return simulator.transcript.map(({ direction, name, code }) => `${direction} ${code ?? name}`);
}

describe('the summer quiz', () => {
  it('knows who is logged in, and fills in the form', async () => {
    const campaign = await open({ oneUse: true }, 'ada');
    await playToForm(campaign);
    assert.equal(await campaign.getByLabel('First name').inputValue(), 'Ada');
    await campaign.getByRole('button', { name: 'Take part' }).click();
    await campaign.getByRole('heading', { name: 'Thank you!' }).waitFor();
    assert.deepEqual(messages(), [
      'to-page requestParticipantAction',
      'to-frame requestParticipantAction',
      'to-page isLoggedIn',
      'to-frame userInfo',
    ]);
    const { alg, kid, secondsLeft = 0 } = simulator.transcript.at(-1)?.token ?? {};
    assert.deepEqual({ alg, kid }, { alg: 'ES256', kid: 'test' });
    assert.ok(secondsLeft > 240, 'a token is valid for about five minutes');
  });

  it('waits for a participant who logs in late', async () => {
    const campaign = await open({});
    await playToForm(campaign);
    await page.getByRole('link', { name: 'Log in' }).waitFor();
    assert.ok(!messages().includes('to-frame userInfo'));
    await logIn('ada');
    const element = page.locator('qualifio-campaign');
    await element.evaluate((campaignElement: QualifioCampaign) => campaignElement.resume());
    await campaign.getByRole('heading', { name: 'Your details' }).waitFor();
  });

  it('tries once more when Qualifio finds a token too old, and reports a second failure', async () => {
    const campaign = await open({ clock: 3600 }, 'ada');
    await playToForm(campaign);
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    assert.deepEqual(
      messages().filter((message) => /userInfo|TOKEN/.test(message)),
      ['to-frame userInfo', 'to-page TOKEN_EXPIRED', 'to-frame userInfo', 'to-page TOKEN_EXPIRED'],
    );
  });

  it('reports an ad blocker that blocks the kit', async () => {
    await open({ kit: '404' });
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    assert.deepEqual(messages(), []);
  });
});
