import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { serveSimulator } from '../../src/simulator/index.js';
import { vendorTag } from '../support/publisher-site.js';
import { SimulatorStage, atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

let stage: SimulatorStage;
before(async () => {
  stage = await SimulatorStage.set();
});
after(() => stage.strike());

/** Two registrations for one name, which record what they received and when. */
const twoCallbacks = `<script>
window.calls = [];
addEventListener('message', () => calls.push('message event'));
for (const nth of ['first', 'second']) {
  _qual_async.push(['registerChildMessageCallback', 'isLoggedIn', (data) => {
    calls.push(nth + ' got ' + (typeof data === 'string' ? data : data.divId)
      + (window.event?.type === 'message' ? ' inside the event' : ''));
  }]);
}
</script>`;

async function callsWith(query: string): Promise<string[]> {
  const page = await stage.open(vendorTag(stage.host, { query }) + twoCallbacks);
  await playToForm(campaignOf(page));
  await atStep(campaignOf(page), 'connecting');
  await page.waitForFunction("calls.some((call) => call.includes('got'))");
  const calls = (await page.evaluate('calls')) as string[];
  return calls.filter((call) => call.includes('got'));
}

const divId = 'qualifio_insert_place_123456';

describe('registrations', () => {
  it('are all called, in order', async () => {
    assert.deepEqual(await callsWith(''), [
      `first got ${divId} inside the event`,
      `second got ${divId} inside the event`,
    ]);
  });

  it('are limited to the first or the last', async () => {
    assert.deepEqual(await callsWith('?registrations=first'), [
      `first got ${divId} inside the event`,
    ]);
    assert.deepEqual(await callsWith('?registrations=last'), [
      `second got ${divId} inside the event`,
    ]);
  });

  it('are all called even if one throws', async () => {
    const throws = `<script>_qual_async.push(['registerChildMessageCallback', 'isLoggedIn',
      () => { throw new Error('on purpose'); }]);</script>`;
    const page = await stage.open(vendorTag(stage.host) + throws + twoCallbacks);
    await playToForm(campaignOf(page));
    await page.waitForFunction("calls.some((call) => call.startsWith('second'))");
  });
});

describe('callbacks=async', () => {
  it('calls back after the message event', async () => {
    assert.deepEqual(await callsWith('?callbacks=async'), [
      `first got ${divId}`,
      `second got ${divId}`,
    ]);
  });
});

describe('payload=json', () => {
  it('passes JSON text to callbacks', async () => {
    assert.deepEqual(await callsWith('?payload=json&registrations=first'), [
      `first got {"divId":"${divId}"} inside the event`,
    ]);
  });
});

describe('the command queue', () => {
  const remember = '<script>window.before = (window._qual_async ??= []);</script>';
  const state = `({
    same: _qual_async === before,
    array: Array.isArray(_qual_async),
    waiting: before.length,
  })`;
  const queueWith = async (query: string) => {
    const page = await stage.open(remember + vendorTag(stage.host, { query }));
    await page.locator('#qualifio123456').waitFor();
    return page.evaluate(state);
  };

  it('remains the same array and is emptied', async () => {
    assert.deepEqual(await queueWith(''), { same: true, array: true, waiting: 0 });
  });

  it('becomes an object with queue=replace', async () => {
    assert.deepEqual(await queueWith('?queue=replace'), { same: false, array: false, waiting: 0 });
  });

  it('ignores unknown commands, messages for missing divs, and invalid values', async () => {
    const page = await stage.open(vendorTag(stage.host));
    await page.locator('#qualifio123456').waitFor();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.evaluate(`_qual_async.push(['launchRocket', 1], null, 'text', [],
      ['sendChildMessage', 'nowhere', 'userInfo', 'x'], ['createIframe', 'nowhere', 'h', '20', 'g'],
      ['registerChildMessageCallback', 'isLoggedIn', 'not a function'])`);
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'connecting');
    assert.deepEqual(errors, []);
  });
});

describe('target', () => {
  const answerLate = `<script>
  _qual_async.push(['registerChildMessageCallback', 'isLoggedIn', (data) => { window.asked = data.divId; }]);
  </script>`;
  const answered = async (query: string): Promise<Page> => {
    const page = await stage.open(
      vendorTag(stage.host, { query: `?behaviour=navigates${query}` }) + answerLate,
    );
    await playToForm(campaignOf(page));
    await campaignOf(page).getByText('This page has received no message.').waitFor();
    return page;
  };
  const send = `_qual_async.push(['sendChildMessage', asked, 'userInfo', 'a.b.c'])`;

  async function sendInVain(page: Page): Promise<void> {
    await page.evaluate(send);
    // A second message, which the page posts itself, shows that the first was handled.
    await page.evaluate(
      `document.querySelector('#qualifio123456').contentWindow
        .postMessage({ 'qualifio-simulator': 1, name: 'probe' }, '*')`,
    );
    const output = campaignOf(page).locator('output');
    await campaignOf(page).locator('output[data-received=probe]').waitFor();
    assert.match((await output.textContent()) ?? '', /probe/);
    assert.ok(!stage.messages().includes('to-frame userInfo'));
  }

  // @holds T7
  it('exact sends no token to a page that the frame navigated to', async () => {
    await sendInVain(await answered(''));
  });

  it('exact sends none to a frame whose URL a script has changed', async () => {
    const page = await stage.open(vendorTag(stage.host) + answerLate);
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'connecting');
    const elsewhere = `${stage.simulator.url}/simulator/elsewhere`;
    await page.evaluate(`document.getElementById('qualifio123456').src = '${elsewhere}'`);
    await campaignOf(page).getByText('This page has received no message.').waitFor();
    await sendInVain(page);
  });

  it('any sends it anyway', async () => {
    const page = await answered('&target=any');
    await page.evaluate(send);
    await campaignOf(page).locator('output[data-received=userInfo]').waitFor();
    assert.ok(stage.messages().includes('to-frame userInfo'));
  });
});

describe('a kit or a frame that fails', () => {
  const nothing = async (query: string): Promise<Page> => {
    const page = await stage.open(vendorTag(stage.host, { query }));
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('iframe').count(), 0, query);
    return page;
  };

  it('creates no frame with kit=never, kit=html, kit=throws, kit=404 and frame=none', async () => {
    for (const query of ['?kit=never', '?kit=html', '?kit=throws', '?kit=404', '?frame=none']) {
      await nothing(query);
    }
  });

  it('creates it after 3 s with frame=late and kit=slow', async () => {
    for (const query of ['?frame=late', '?kit=slow']) {
      const started = Date.now();
      const page = await stage.open(vendorTag(stage.host, { query }));
      await page.locator('#qualifio123456').waitFor({ timeout: 10_000 });
      assert.ok(Date.now() - started >= 3000, query);
    }
  });
});

describe('several kits on a page', () => {
  const count = `<script>
  window.calls = [];
  _qual_async.push(['registerChildMessageCallback', 'isLoggedIn', (data) => calls.push(data.divId)]);
  </script>`;

  it('create one frame for each tag and deliver each message once, from one host or two', async (test) => {
    const other = await serveSimulator({}, { port: 0 });
    test.after(() => other.close());
    const otherHost = `spiele.publisher.localhost:${new URL(other.url).port}`;
    for (const [host, query] of [
      [stage.host, ''],
      [otherHost, '?queue=replace'],
    ] as const) {
      const page = await stage.open(
        vendorTag(stage.host) + count + vendorTag(host, { number: '77', query }),
      );
      await page.locator('#qualifio77').waitFor();
      await page.waitForLoadState('networkidle');
      assert.equal(await page.locator('iframe').count(), 2);
      for (const number of ['123456', '77']) {
        await playToForm(campaignOf(page, number));
        await atStep(campaignOf(page, number), 'connecting');
      }
      await page.waitForFunction('calls.length >= 2');
      assert.deepEqual(await page.evaluate('calls'), [divId, 'qualifio_insert_place_77']);
    }
  });
});
