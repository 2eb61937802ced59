// The configurator on the demo's page and on the simulator's first page, and that a page with its
// output plays, under its policy. In Chromium. Run `npm run build` first.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { routeToSimulator } from '../../src/simulator/playwright/route-to-simulator.js';
import {
  createSimulator,
  serveSimulator,
  type ServedSimulator,
} from '../../src/simulator/index.js';
import { launchChromium } from '../support/chromium.js';
import { startDemo, type Demo } from '../support/demo-site.js';
import { fromFeed, fromSite } from '../support/published-tags.js';
import { atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

let demo: Demo;
let simulator: ServedSimulator;
let browser: Browser;
before(async () => {
  [demo, simulator, browser] = await Promise.all([
    startDemo(),
    serveSimulator({}, { port: 0 }),
    launchChromium(),
  ]);
});
after(() => Promise.all([browser.close(), demo.close(), simulator.close()]));

const places = {
  'the demo': {
    url: () => `${demo.url}/configurator`,
    ...{ tag: fromFeed, number: '220417', policy: 'List of hosts' },
  },
  'the simulator’s first page': {
    url: () => simulator.url,
    ...{ tag: fromSite, number: '3391002', policy: 'Hash' },
  },
};

const paste = (page: Page, text: string): Promise<void> => page.getByLabel('The JS tag').fill(text);

/** The code with this name. */
async function code(page: Page, name: string): Promise<string> {
  return (await page.getByRole('region', { name, exact: true }).textContent()) ?? '';
}

/** Serves a page of www.publisher.com whose campaigns and endpoint are a simulator's. */
async function publish(context: BrowserContext, html: string, policy: string): Promise<Page> {
  const own = createSimulator();
  await context.route('https://www.publisher.com/**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { [policy.split(': ')[0]!]: policy.split(': ')[1]! },
      body: html,
    }),
  );
  await context.route('https://www.publisher.com/qualifio/token?**', async (route) => {
    const answer = await own.fetch(
      new Request(
        route
          .request()
          .url()
          .replace(/.*token/, 'http://localhost/token'),
      ),
    );
    await route.fulfill({ contentType: 'application/json', body: await answer.text() });
  });
  await context.route('https://cdn.jsdelivr.net/**/dist/*', async (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: await readFile('dist/qualifio-campaign.min.js'),
    }),
  );
  await routeToSimulator(context, own);
  const page = await context.newPage();
  await page.goto('https://www.publisher.com/contest');
  return page;
}

for (const [place, { url, tag, number, policy }] of Object.entries(places)) {
  test(`${place}: a tag’s markup and policy, in a page, play to the end; nothing is sent`, async (t) => {
    const context = await browser.newContext({ locale: 'en-GB' });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(url());
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url()));
    await paste(page, tag);
    await page.getByRole('radio', { name: policy, exact: true }).check();
    const html = await code(page, 'HTML');
    const published = await publish(context, html, await code(page, 'Response header of the page'));
    const problems: string[] = [];
    published.on(
      'console',
      (message) => message.type() === 'error' && problems.push(message.text()),
    );
    const campaign = campaignOf(published, number);
    await playToForm(campaign);
    await campaign.getByRole('button', { name: 'Continue' }).click();
    await campaign.getByRole('button', { name: 'Take part' }).click();
    await atStep(campaign, 'exit');
    assert.deepEqual(problems, []);
    assert.deepEqual(sent, []);
    assert.deepEqual(await page.evaluate('[localStorage.length, document.cookie]'), [0, '']);
  });

  test(`${place}: the preview asks for a login, and continues after it`, async (t) => {
    const page = await browser.newPage({ locale: 'en-GB' });
    t.after(() => page.close());
    await page.goto(url());
    await paste(page, tag);
    await page.getByRole('radio', { name: 'When load() is called' }).check();
    await page.getByRole('button', { name: 'Start the preview' }).click();
    const preview = page.frameLocator('iframe[title^=Preview]');
    await preview.getByRole('button', { name: 'Call load()' }).click();
    const campaign = preview.frameLocator(`#qualifio${number}`);
    await playToForm(campaign);
    await campaign.getByRole('button', { name: 'Continue' }).click();
    await preview.getByRole('link', { name: 'Log in' }).click();
    await campaign.getByRole('button', { name: 'Take part' }).click();
    await atStep(campaign, 'exit');
  });
}

test('a mistake is explained beside its field, and nothing is written from it', async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(places['the demo'].url());
  await paste(page, '<iframe src="https://jeux.gazette.example/20/x/v1.cfm"></iframe>');
  await page.getByRole('alert').getByText('it is the iframe, not the JS tag').waitFor();
  assert.equal(await page.getByRole('region', { name: 'HTML', exact: true }).count(), 0);
  await page.getByRole('button', { name: 'Use the example' }).click();
  const endpoint = page.getByLabel('Token endpoint');
  await endpoint.fill('http://api.publisher.com/token');
  assert.equal(await endpoint.getAttribute('aria-invalid'), 'true');
  await page.getByText('Correct the marked options.').waitFor();
  await endpoint.fill('/api/token');
  assert.match(await code(page, 'HTML'), /auth-endpoint="\/api\/token"/);
});

test('every output has a button that copies it', async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  await page.goto(places['the demo'].url());
  await page.getByRole('button', { name: 'Use the example' }).click();
  await page.getByRole('combobox', { name: 'Server' }).selectOption({ label: 'Go' });
  for (const region of await page.locator('qualifio-configurator').getByRole('region').all()) {
    const name = (await region.getAttribute('aria-label')) ?? '';
    await page.getByRole('button', { name: `Copy: ${name}`, exact: true }).click();
    await page.getByRole('status').getByText(`Copied: ${name}.`).waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), await region.textContent());
  }
});
