import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { bundle, libraryTag } from '../support/around/publisher.js';
import { Reader } from '../support/around/reader.js';
import { recipe } from '../support/around/recipes.js';

/** A consent tool made with IAB's libraries. */
const tool = bundle(`
  import { CmpApi } from '@iabtcf/cmpapi';
  import { GVL, TCModel, TCString } from '@iabtcf/core';
  const names = (name) => ({ 1: { id: 1, name, description: '', illustrations: [] } });
  const vendors = {
    ...{ gvlSpecificationVersion: 3, vendorListVersion: 1, tcfPolicyVersion: 5 },
    ...{ lastUpdated: '2026-01-01T00:00:00Z', purposes: names('Store'), specialPurposes: {} },
    ...{ features: {}, specialFeatures: {}, stacks: {}, vendors: {}, dataCategories: {} },
  };
  const api = new CmpApi(31, 1, true);
  window.cmp = {
    ask: () => api.update('', true),
    decide(isAllowed) {
      const model = new TCModel(new GVL(vendors));
      Object.assign(model, { cmpId: 31, cmpVersion: 1, isServiceSpecific: true });
      if (isAllowed) model.purposeConsents.set(1);
      api.update(TCString.encode(model), false);
    },
  };`);

const stub = '<script src="/lib/@iabtcf/stub/lib/stub.js"></script>';
const cmp = '<script src="/cmp.js"></script>';
const follow = `<script>${recipe('tcf.js')}</script>`;
const element = recipe('consent.html');

let reader: Reader;
before(async () => void (reader = await Reader.arrive()));
after(() => reader.leave());
beforeEach(() => {
  const headers = { 'Content-Type': 'text/javascript' };
  reader.publisher.serve('/cmp.js', { headers, body: tool });
});

const script = (code: string): string => `<script>${code}</script>`;

/** Records the visitor's decision. */
const decide = (page: Page, isAllowed: boolean): Promise<unknown> =>
  page.evaluate(`cmp.decide(${isAllowed})`);

/** Fails if the page requested anything from Qualifio, or will without another event. */
async function assertWaits(page: Page): Promise<void> {
  await page.evaluate(() => customElements.whenDefined('qualifio-campaign'));
  await page.getByText('This game is provided').waitFor();
  // The element finishes its own work within two tasks.
  await page.evaluate(() => new Promise((resolve) => setTimeout(() => setTimeout(resolve))));
  assert.deepEqual(reader.fromQualifio, []);
  assert.equal(
    await page.evaluate(() => document.querySelector('qualifio-campaign')!.status),
    'idle',
  );
}

describe('consent by the TCF API', () => {
  it('is waited for, and starts the campaign', async () => {
    const markup = `<head>${stub}${cmp}${libraryTag}</head><body>${element}${script('cmp.ask()')}${follow}`;
    reader.publisher.page('/', markup);
    const page = await reader.visit('/');
    await assertWaits(page);
    await decide(page, true);
    assert.equal(await reader.play(), 'Camille');
    assert.deepEqual(reader.problems, []);
  });

  for (const [when, markup] of [
    [
      'before the library has run',
      `<head>${stub}${cmp}${script('cmp.decide(true)')}${libraryTag}</head><body>${element}${follow}`,
    ],
    [
      'after the element exists, by a tool that loads late',
      `<head>${stub}<script src="/js/qualifio-campaign.min.js"></script></head>
      <body>${element}${follow}${cmp}${script('cmp.decide(true)')}`,
    ],
  ] as const) {
    it(`is found if it is stored: ${when}`, async () => {
      reader.publisher.page('/', markup);
      await reader.visit('/');
      assert.equal(await reader.play(), 'Camille');
      assert.deepEqual(reader.problems, []);
    });
  }

  it('keeps the prompt if it is refused, and ends the campaign if it is withdrawn, until it is given again', async () => {
    const markup = `<head>${stub}${cmp}${script('cmp.decide(false)')}${libraryTag}</head><body>${element}${follow}`;
    reader.publisher.page('/', markup);
    const page = await reader.visit('/');
    await assertWaits(page);
    await decide(page, true);
    await reader.begin();
    await decide(page, false);
    reader.fromQualifio.length = 0;
    await assertWaits(page);
    assert.equal(await page.locator('iframe.qualifio_iframe_tag').count(), 0);
    await decide(page, true);
    assert.equal(await reader.play(), 'Camille');
    assert.deepEqual(reader.problems, []);
  });
});

describe('a tool with services', () => {
  before(() => reader.publisher.alias('/js/klaro.js', 'klaro/dist/klaro.js'));

  it('starts the campaign after consent, also on the next page, and ends it', async () => {
    reader.publisher.page('/', `${recipe('klaro.html')}<body>${element}`);
    const page = await reader.visit('/');
    await assertWaits(page);
    await page.getByRole('button', { name: /ok/i }).click();
    assert.equal(await reader.play(), 'Camille');
    await page.reload();
    assert.equal(await reader.play(), 'Camille');
    assert.deepEqual(reader.problems, []);
    await page.evaluate(() => {
      const { klaro } = window as unknown as {
        klaro: { getManager(): { changeAll(value: boolean): void; saveAndApplyConsents(): void } };
      };
      klaro.getManager().changeAll(false);
      klaro.getManager().saveAndApplyConsents();
    });
    await page.locator('iframe.qualifio_iframe_tag').waitFor({ state: 'detached' });
    reader.fromQualifio.length = 0;
    await assertWaits(page);
  });
});

describe('a tool that blocks scripts', () => {
  const [head = ''] = recipe('blocker.html').split('</head>');

  before(() => reader.publisher.alias('/js/yett.min.js', 'yett/dist/yett.min.js'));

  it('starts the campaign after consent', async () => {
    reader.publisher.page('/', `${head}</head><body>${element}`);
    const page = await reader.visit('/');
    await assertWaits(page);
    await page.evaluate('onConsent()');
    assert.equal(await reader.play(), 'Camille');
    assert.deepEqual(reader.problems, []);
  });

  it('blocks the campaign without loading="manual" too, until the tool unblocks the script', async () => {
    const eager = element.replace('loading="manual"', 'kit-timeout="300"');
    reader.publisher.page('/', `${head}</head><body>${eager}`);
    const page = await reader.visit('/');
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    assert.deepEqual(reader.problems, ['KIT_TIMEOUT']);
    assert.deepEqual(reader.fromQualifio, []);
    await page.evaluate('onConsent()');
    assert.equal(await reader.play(), 'Camille');
  });
});
