import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { handWrittenExchange, vendorTag } from '../support/publisher-site.js';
import { SimulatorStage, atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

let stage: SimulatorStage;
before(async () => {
  stage = await SimulatorStage.set();
});
after(() => stage.strike());

const handWritten = (options?: { preLogin: string }) =>
  vendorTag(stage.host) + handWrittenExchange(stage.host, options);

const complete = [
  'to-page requestParticipantAction',
  'to-frame requestParticipantAction',
  'to-page isLoggedIn',
  'to-frame userInfo',
];

function focused(campaign: FrameLocator): Promise<string> {
  return campaign.locator(':focus').evaluate((element) => element.textContent?.trim() ?? '');
}

async function overflow(campaign: FrameLocator): Promise<number> {
  return campaign.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
}

describe('a campaign on a hand-written page', () => {
  it('can be played with the keyboard on a 320 px screen', async () => {
    const page = await stage.open(`<style>body{margin:0}</style>${handWritten()}`, {
      viewport: { width: 320, height: 700 },
    });
    const campaign = campaignOf(page);
    // Not `press()`: the key may be released in a frame that already shows its next document, and then
    // Chromium never confirms it.
    const enter = async (): Promise<void> => {
      await page.keyboard.down('Enter');
      page.keyboard.up('Enter').catch(() => undefined);
    };
    const heading = async (step: string, name: string) => {
      await atStep(campaign, step);
      assert.equal(await focused(campaign), name);
      assert.equal(await overflow(campaign), 0, step);
    };
    await campaign.getByRole('heading', { name: 'The reading quiz' }).waitFor();
    await campaign.locator('body').press('Tab');
    await enter();
    await heading('question', 'Which of these is printed every day?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await heading('pre-login', 'Before you continue');
    await page.keyboard.press('Tab');
    await enter();
    await heading('form', 'Your details');
    await page.keyboard.press('Tab');
    assert.equal(await campaign.locator(':focus').getAttribute('name'), 'email');
    await enter();
    await heading('exit', 'Thank you!');
    assert.deepEqual(stage.messages(), complete);
  });

  it('fills in its form from the token', async () => {
    const page = await stage.open(handWritten({ preLogin: 'false' }));
    const campaign = campaignOf(page);
    await playToForm(campaign);
    await atStep(campaign, 'form');
    assert.equal(await campaign.getByLabel('First name').inputValue(), 'Camille');
    assert.equal(await campaign.getByLabel('Last name').inputValue(), 'Martin');
    assert.equal(await campaign.locator('[name=email]').inputValue(), 'camille.martin@example.com');
  });

  it('skips the pre-login screen if the page answers false', async () => {
    const page = await stage.open(handWritten({ preLogin: 'false' }));
    const campaign = campaignOf(page);
    await playToForm(campaign);
    await atStep(campaign, 'form');
    assert.deepEqual(stage.messages(), complete);
  });

  it('continues after a second if the page has no pre-login callback', async () => {
    const page = await stage.open(
      handWritten({ preLogin: 'undefined' }).replace(/requestPart\w+/, 'x'),
    );
    const campaign = campaignOf(page);
    await playToForm(campaign);
    await atStep(campaign, 'form');
    const [asked, next] = stage.simulator.transcript;
    assert.equal(next?.name, 'isLoggedIn');
    const waited = (next?.time ?? 0) - (asked?.time ?? 0);
    assert.ok(waited > 800 && waited < 5000, `${waited} ms`);
  });

  it('waits and says so if the page never answers', async () => {
    const page = await stage.open(vendorTag(stage.host));
    const campaign = campaignOf(page);
    await playToForm(campaign);
    await atStep(campaign, 'connecting');
    await campaign.getByText('is waiting for an answer').first().waitFor();
  });

  it('lists its messages in a panel that is initially closed', async () => {
    const page = await stage.open(handWritten({ preLogin: 'false' }));
    const campaign = campaignOf(page);
    await playToForm(campaign);
    await atStep(campaign, 'form');
    const items = campaign.locator('#transcript li');
    assert.equal(await items.first().isVisible(), false);
    await campaign.locator('summary').click();
    assert.match((await items.nth(3).textContent()) ?? '', /userInfo · JWS ES256 throw-away/);
  });

  it('is in French for French browsers', async () => {
    const page = await stage.open(vendorTag(stage.host), { locale: 'fr-BE' });
    await campaignOf(page).getByRole('button', { name: 'Commencer' }).waitFor();
    await campaignOf(page).getByText('Campagne simulée').waitFor();
  });

  it('has a frame like the vendor’s', async () => {
    const page = await stage.open(vendorTag(stage.host));
    const frame = page.locator('#qualifio_insert_place_123456 > iframe');
    const attributes = await frame.evaluate((element) =>
      Object.fromEntries(
        ['id', 'class', 'width', 'height', 'scrolling', 'frameborder', 'src'].map((name) => [
          name,
          element.getAttribute(name),
        ]),
      ),
    );
    const { src, ...others } = attributes;
    assert.deepEqual(others, {
      id: 'qualifio123456',
      class: 'qualifio_iframe_tag',
      width: '100%',
      height: '900',
      scrolling: 'auto',
      frameborder: '0',
    });
    const guid = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
    const origin = encodeURIComponent(new URL(stage.site.url).origin);
    assert.ok(
      src?.startsWith(`//${stage.host}/20/${guid}/v1.cfm?id=${guid}&pdomain=${origin}`),
      src ?? '',
    );
    assert.equal(await frame.evaluate((element) => element.style.maxWidth), '810px');
  });

  it('runs with a strict Content-Security-Policy without violations', async () => {
    const tag = vendorTag(stage.host).replace('<script>', '<script nonce="n">');
    const campaign = `http://${stage.host}`;
    const page = await stage.open(
      `<script nonce="n">window.violations = [];
      addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
      </script>${tag}`,
      {
        headers: {
          'Content-Security-Policy': `default-src 'none'; script-src 'nonce-n' ${campaign}; frame-src ${campaign}`,
        },
      },
    );
    await campaignOf(page).getByRole('button', { name: 'Start' }).waitFor();
    assert.deepEqual(await page.evaluate('violations'), []);
  });
});

describe('a campaign whose token is refused', () => {
  const retry = `<script>
  window.codes = [];
  _qual_async.push(['registerChildMessageCallback', 'isLoggedIn', function (data) {
    _qual_async.push(['sendChildMessage', data.divId, 'userInfo', 'broken']);
  }]);
  _qual_async.push(['registerChildMessageCallback', 'error', async function (error) {
    codes.push(error.code);
    if (codes.length > 1) return;
    const answer = await fetch('//HOST/token?campaignId=123456');
    _qual_async.push(['sendChildMessage', error.divId, 'userInfo', (await answer.json()).token]);
  }]);
  </script>`;

  const open = (query: string) =>
    stage.open(vendorTag(stage.host, { query }) + retry.replace('HOST', stage.host));

  it('reports the reason to the page and accepts a second token', async () => {
    const page = await open('');
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'form');
    assert.deepEqual(await page.evaluate('codes'), ['TOKEN_INVALID_FORMAT']);
  });

  it('stays blocked with after-error=blocked, and says so', async () => {
    const page = await open('?after-error=blocked');
    const campaign = campaignOf(page);
    await playToForm(campaign);
    await atStep(campaign, 'blocked');
    await campaign.getByText('You are blocked at the authentication step').first().waitFor();
    await page.waitForFunction('codes.length === 1');
    await campaign.locator('#transcript li').nth(4).waitFor({ state: 'attached' });
    assert.equal(stage.messages().at(-1), 'to-frame userInfo');
    assert.equal(await campaign.locator('main').getAttribute('data-step'), 'blocked');
  });
});

describe('the simulator’s first page', () => {
  it('runs a campaign without configuration', async () => {
    stage.simulator.reset();
    const page = await stage.open('');
    await page.goto(`http://${stage.host}/`);
    const campaign = campaignOf(page);
    await playToForm(campaign);
    await campaign.getByRole('button', { name: 'Continue' }).click();
    await campaign.getByRole('button', { name: 'Take part' }).click();
    await campaign.getByRole('heading', { name: 'Thank you!' }).waitFor();
    assert.deepEqual(stage.messages(), complete);
  });
});
