// Other messages between page and frame: commands and messages that the simulator does not know,
// those of a publisher's script in a campaign, and text.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame, Page } from 'playwright-core';
import { handWrittenExchange, vendorTag } from '../support/publisher-site.js';
import { SimulatorStage, atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

let stage: SimulatorStage;
before(async () => {
  stage = await SimulatorStage.set();
});
after(() => stage.strike());

const divId = 'qualifio_insert_place_123456';

/** The transcript, with the div that each entry names. */
const entries = (): string[] =>
  stage.simulator.transcript.map((entry) =>
    [entry.direction, entry.name, entry.divId].filter(Boolean).join(' '),
  );

/** Waits until the transcript has this many entries. */
async function recorded(count: number): Promise<string[]> {
  const signal = AbortSignal.timeout(10_000);
  const response = await fetch(`${stage.simulator.url}/transcript/stream`, { signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (stage.simulator.transcript.length < count) await reader.read();
  await reader.cancel();
  return entries();
}

const push = (page: Page, command: unknown): Promise<unknown> =>
  page.evaluate(`_qual_async.push(${JSON.stringify(command)})`);

function frameOf(page: Page): Frame {
  return page.frames().find((frame) => frame.url().includes('/v1.cfm')) ?? assert.fail();
}

describe('a command that the kit does not know', () => {
  const command = (name: string, ...rest: unknown[]) =>
    `<script>(window._qual_async ??= []).push(${JSON.stringify([name, ...rest])})</script>`;

  it('is in the transcript once, with its name, at any time', async () => {
    const page = await stage.open(
      command('setMetaData', { email: 'ada@example.com' }) +
        vendorTag(stage.host) +
        command('beforeTheFrame', divId, 'ada@example.com'),
    );
    await atStep(campaignOf(page), 'welcome');
    await recorded(2);
    await push(page, ['afterTheFrame', { divId, email: 'ada@example.com' }]);
    assert.deepEqual(await recorded(3), [
      'to-frame setMetaData',
      `to-frame beforeTheFrame ${divId}`,
      `to-frame afterTheFrame ${divId}`,
    ]);
    assert.ok(!JSON.stringify(stage.simulator.transcript).includes('ada@example.com'));
    // Not repeated with the frame's other documents.
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'connecting');
    assert.deepEqual(entries().slice(3), [
      `to-page requestParticipantAction ${divId}`,
      `to-page isLoggedIn ${divId}`,
    ]);
  });

  it('is there once, also as one of 300 at the same time', async () => {
    const page = await stage.open(vendorTag(stage.host));
    await atStep(campaignOf(page), 'welcome');
    await page.evaluate(
      `for (let count = 0; count < 300; count += 1) _qual_async.push(['command' + count])`,
    );
    await recorded(300);
    // An entry that was recorded twice would come before this one.
    await push(page, ['theLast']);
    const heard = () => entries().includes('to-frame theLast');
    for (let count = 301; !heard(); count += 1) await recorded(count);
    const names = [...Array.from({ length: 300 }, (_, count) => `command${count}`), 'theLast'];
    assert.deepEqual(
      entries(),
      names.map((name) => `to-frame ${name}`),
    );
  });

  it('belongs to the campaign that it names', async () => {
    const page = await stage.open(vendorTag(stage.host) + vendorTag(stage.host, { number: '31' }));
    await atStep(campaignOf(page), 'welcome');
    await atStep(campaignOf(page, '31'), 'welcome');
    await push(page, ['setMetaData', 'qualifio_insert_place_31', {}]);
    await campaignOf(page, '31').locator('#transcript-list li').waitFor({ state: 'attached' });
    assert.deepEqual(entries(), ['to-frame setMetaData qualifio_insert_place_31']);
    assert.equal(await campaignOf(page).locator('#transcript-list li').count(), 0);
  });

  it('is not lost while the frame is between two documents', async () => {
    const page = await stage.open(vendorTag(stage.host));
    await atStep(campaignOf(page), 'welcome');
    let serve = (): void => undefined;
    const served = new Promise<void>((resolve) => (serve = resolve));
    await page.route('**/simulator/campaign.js', async (route) => {
      await served;
      await route.continue();
    });
    const left = page.waitForEvent('framenavigated');
    await campaignOf(page).locator('#start').click({ noWaitAfter: true });
    await left;
    await push(page, ['setMetaData', {}]);
    serve();
    await atStep(campaignOf(page), 'question');
    assert.deepEqual(await recorded(1), ['to-frame setMetaData']);
    await page.unroute('**/simulator/campaign.js');
  });
});

describe('a message with an unknown name', () => {
  it('is ignored by the frame and is in the transcript', async () => {
    const page = await stage.open(vendorTag(stage.host) + handWrittenExchange(stage.host));
    await atStep(campaignOf(page), 'welcome');
    await push(page, ['sendChildMessage', divId, 'setTheme', { dark: true }]);
    assert.deepEqual(await recorded(1), [`to-frame setTheme ${divId}`]);
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'pre-login');
    assert.deepEqual((await recorded(3)).slice(1), [
      `to-page requestParticipantAction ${divId}`,
      `to-frame requestParticipantAction ${divId}`,
    ]);
    assert.deepEqual(await page.evaluate('calls'), []);
  });
});

describe('a publisher’s own script in the campaign', () => {
  const listening = `<script>
  window.heard = [];
  for (const name of ['score', 'isLoggedIn']) {
    _qual_async.push(['registerChildMessageCallback', name, (data) => heard.push([name, data])]);
  }
  </script>`;

  it('sends messages with its own names to the callbacks for these names', async () => {
    const page = await stage.open(vendorTag(stage.host) + listening);
    await atStep(campaignOf(page), 'welcome');
    const say = (...command: unknown[]) =>
      frameOf(page).evaluate(`_qual_async.push(${JSON.stringify(command)})`);
    await say('sendParentMessage', 'score', { points: 7 });
    await say('sendParentMessage', 'score', { divId: 'qualifio_insert_place_31' });
    await say('sendParentMessage', 'score');
    await say('sendParentMessage', 'unheard');
    await say('somethingElse', 'score');
    assert.deepEqual(await recorded(4), [
      `to-page score ${divId}`,
      'to-page score qualifio_insert_place_31',
      `to-page score ${divId}`,
      `to-page unheard ${divId}`,
    ]);
    await page.waitForFunction('heard.length === 3');
    assert.deepEqual(await page.evaluate('heard'), [
      ['score', { divId, points: 7 }],
      ['score', { divId: 'qualifio_insert_place_31' }],
      ['score', { divId }],
    ]);
  });

  it('can push before the campaign’s script has run, at every step', async () => {
    // In a separate context, for its script.
    const page = await stage.open('', { locale: 'en-US' });
    await page.addInitScript(`if (location.pathname.endsWith('/v1.cfm')) {
      window._qual_async = [['sendParentMessage', 'score', {}]];
    }`);
    await stage.open(vendorTag(stage.host) + listening, { locale: 'en-US' });
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'connecting');
    const names = stage.messages().filter((message) => message === 'to-page score');
    assert.equal(names.length, 4);
  });
});

describe('text messages between page and frame', () => {
  it('are not part of the exchange: they are not JSON and not in the transcript', async () => {
    // In a separate context, for its script.
    const page = await stage.open('', { locale: 'en-GB' });
    await page.addInitScript(`window.texts = [];
      addEventListener('message', ({ data }) => typeof data === 'string' && texts.push(data));`);
    await stage.open(vendorTag(stage.host) + handWrittenExchange(stage.host), { locale: 'en-GB' });
    await atStep(campaignOf(page), 'welcome');
    const heardInFrame = (await frameOf(page).evaluate('texts')) as string[];
    assert.equal(heardInFrame.length, 1);
    await campaignOf(page).locator('summary').click();
    await page.waitForFunction("texts.some((text) => text.includes('mutationObserver'))");
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'pre-login');
    const heardInPage = (await page.evaluate('texts')) as string[];
    const loads = heardInPage.filter((text) => text.includes('loadEvent'));
    assert.equal(loads.length, 3);
    for (const text of [...heardInPage, ...heardInFrame]) {
      assert.throws(() => void JSON.parse(text), SyntaxError);
    }
    assert.deepEqual(stage.messages(), [
      'to-page requestParticipantAction',
      'to-frame requestParticipantAction',
    ]);
  });
});
