import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { createTokenEndpoint, type Campaign, type TokenEndpoint } from '../../src/server/index.js';
import { serveSimulator, type ServedSimulator } from '../../src/simulator/index.js';
import { kitUnknowns } from '../../src/simulator/model/knob-table.js';
import { launchChromium } from '../support/chromium.js';
import { assertBuilt } from '../support/installed-package.js';
import { publisherKeys } from '../support/publisher-keys.js';
import { vendorTag } from '../support/publisher-site.js';
import { atStep } from '../support/simulator-stage.js';

assertBuilt();

// The number of a real tag, and that of its campaign in the feed.
const tagNumber = '110990';
const campaignId = '110989';
const channelId = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';

let browser: Browser;
let simulator: ServedSimulator;
/** The campaign host, as in a tag. */
let host: string;
/** The publisher's site: `/` is {@link html}. */
let site: { url: string; close(): void };
let html = '';
let makeEndpoint: (campaign: Omit<Campaign, 'host'>) => TokenEndpoint;
let endpoint: TokenEndpoint;

before(async () => {
  const keys = await publisherKeys('ES256');
  const campaigns = { [tagNumber]: campaignId };
  simulator = await serveSimulator(
    { publicKey: keys.publicPem, campaigns, lang: 'en' },
    { port: 0 },
  );
  host = `jeux.publisher.localhost:${new URL(simulator.url).port}`;
  makeEndpoint = (campaign) =>
    createTokenEndpoint({
      campaigns: { [tagNumber]: { host, ...campaign } },
      signing: { alg: 'ES256', key: keys.privatePem },
      issuer: 'com.publisher',
      participant: async () => ({ sub: 'reader-7', form: { email: 'ada@example.com' } }),
    });
  site = await startSite();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await simulator.close();
  site.close();
});

async function startSite(): Promise<{ url: string; close(): void }> {
  const script = await readFile('dist/qualifio-campaign.min.js');
  const answer = async (from: IncomingMessage, to: ServerResponse): Promise<void> => {
    if (from.url?.startsWith('/qualifio/token')) {
      const headers = from.headers as Record<string, string>;
      const request = new Request(`http://${headers['host']}${from.url}`, { headers });
      const response = await endpoint(request);
      to.writeHead(response.status, [...response.headers].flat()).end(await response.text());
    } else if (from.url === '/qualifio-campaign.min.js') {
      to.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
    } else to.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  };
  const server = createServer((from, to) => void answer(from, to));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://www.publisher.localhost:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Opens a page with an element, and counts how often its campaign is ready. */
async function open(page: Page, element: string, knobs = ''): Promise<FrameLocator> {
  simulator.reset();
  html = `<!doctype html><html lang="en"><title>Publisher</title>
    <script>
      window.told = [];
      for (const name of ['qualifio-ready', 'qualifio-token-sent', 'qualifio-error'])
        document.addEventListener(name, ({ type, error }) => told.push(error ? error.code : type));
    </script>
    <script src="/qualifio-campaign.min.js" data-kit-url="http://${host}/kit/qualp.2.min.js${knobs}"></script>
    <body>${element}</body></html>`;
  await page.goto(site.url);
  return page.frameLocator(`#qualifio${tagNumber}`);
}

async function playToForm(campaign: FrameLocator): Promise<void> {
  await campaign.getByRole('button', { name: 'Start' }).click();
  await campaign.getByRole('button', { name: 'A newspaper' }).click();
  await campaign.getByRole('button', { name: 'Continue' }).click();
}

function messages(): string[] {
  return simulator.transcript.map(({ direction, name, code }) =>
    [direction, name, code].filter(Boolean).join(' '),
  );
}

const complete = [
  'to-page requestParticipantAction',
  'to-frame requestParticipantAction',
  'to-page isLoggedIn',
  'to-frame userInfo',
];
const told = async (page: Page): Promise<unknown> => page.evaluate('told');

const pasted = (attributes = ''): string => `<qualifio-campaign auth-endpoint="/qualifio/token"
  ${attributes}><template>${vendorTag(host, { number: tagNumber })}</template></qualifio-campaign>`;
const twoAttributes = `<qualifio-campaign campaign-id="${tagNumber}" auth-endpoint="/qualifio/token">
  </qualifio-campaign>`;

describe('a participant in a campaign whose tag number differs from its ID', () => {
  const elements: Record<string, () => string> = {
    'by its pasted tag': () => pasted(),
    'by its pasted tag, if the page declares the campaign': () =>
      pasted(`token-campaign-id="${campaignId}"`),
    'by two attributes': () => twoAttributes,
  };
  for (const [what, element] of Object.entries(elements)) {
    test(`succeeds ${what}`, async (t) => {
      endpoint = makeEndpoint({ campaignId, channelId });
      const page = await browser.newPage();
      t.after(() => page.close());
      const campaign = await open(page, element());
      await playToForm(campaign);
      await atStep(campaign, 'form');
      assert.equal(await campaign.getByLabel('E-mail address').inputValue(), 'ada@example.com');
      await campaign.getByRole('button', { name: 'Take part' }).click();
      await atStep(campaign, 'exit');
      assert.deepEqual(messages(), complete);
      assert.deepEqual(await told(page), ['qualifio-ready', 'qualifio-token-sent']);
    });
  }

  test('fails with a token for the tag number', async (t) => {
    endpoint = makeEndpoint({ campaignId: tagNumber });
    const page = await browser.newPage();
    t.after(() => page.close());
    const campaign = await open(page, pasted());
    await playToForm(campaign);
    await atStep(campaign, 'blocked');
    assert.deepEqual(messages(), [...complete, 'to-page error UNKNOWN']);
  });

  test('gets no such token if the page declares the campaign ID', async (t) => {
    endpoint = makeEndpoint({ campaignId: tagNumber });
    const page = await browser.newPage();
    t.after(() => page.close());
    const campaign = await open(page, pasted(`token-campaign-id="${campaignId}"`));
    await playToForm(campaign);
    await page.waitForFunction('told.length > 1');
    assert.deepEqual(await told(page), ['qualifio-ready', 'TOKEN_WRONG_CAMPAIGN']);
    assert.deepEqual(messages(), complete.slice(0, 3));
  });
});

describe('a campaign of four documents', () => {
  const kits = Object.entries(kitUnknowns).reduce<string[][]>(
    (some, [knob, { values }]) =>
      some.flatMap((one) => values.map((value) => [...one, `${knob}=${value}`])),
    [[]],
  );

  test('runs to its end with each kit', async (t) => {
    endpoint = makeEndpoint({ campaignId, channelId });
    const page = await browser.newPage();
    t.after(() => page.close());
    assert.ok(kits.length > 1);
    for (const kit of kits) {
      const campaign = await open(page, twoAttributes, `?${kit.join('&')}&submit=auto`);
      await playToForm(campaign);
      await atStep(campaign, 'exit');
      assert.deepEqual(messages(), complete, kit.join(' '));
      assert.deepEqual(await told(page), ['qualifio-ready', 'qualifio-token-sent'], kit.join(' '));
    }
  });
});
