// Every step of the campaign is a separate document, as at Qualifio: what a page notices of this,
// and what the participant must not notice.
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

/** A page that counts the loads of its campaign's frame. */
const counting = `<script>
window.loads = [];
document.addEventListener('load', ({ target }) => {
  if (target.tagName === 'IFRAME') loads.push(history.length);
}, true);
</script>`;

const open = (options?: { preLogin: string }): Promise<Page> =>
  stage.open(counting + vendorTag(stage.host) + handWrittenExchange(stage.host, options));

/** Addresses of the later documents in a page's frame. */
function addressesOf(page: Page): URL[] {
  const addresses: URL[] = [];
  const note = (frame: Frame) => {
    if (frame !== page.mainFrame()) addresses.push(new URL(frame.url()));
  };
  page.on('framenavigated', note);
  return addresses;
}

async function playOut(page: Page): Promise<void> {
  const campaign = campaignOf(page);
  await playToForm(campaign);
  await campaign.getByRole('button', { name: 'Continue' }).click();
  await campaign.getByRole('button', { name: 'Take part' }).click();
  await atStep(campaign, 'exit');
}

/** Names in a query, except those that the kit gave the first document. */
const added = ({ searchParams }: URL) =>
  [...searchParams.keys()].filter((name) => !['id', 'pdomain', 'divId'].includes(name));

function sessionOf({ searchParams }: URL): string {
  return ['uk', 'cfid', 'cftoken'].map((name) => searchParams.get(name)).join(' ');
}

describe('a campaign', () => {
  it('loads a document for each step, in one frame and one session', async () => {
    const page = await open();
    await atStep(campaignOf(page), 'welcome');
    const before = (await page.evaluate('history.length')) as number;
    const addresses = addressesOf(page);
    await playOut(page);
    const guid = 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6';
    assert.deepEqual(
      addresses.map(({ pathname, searchParams }) => `${pathname} ${searchParams.get('page')}`),
      [
        `/20/${guid}/question/v1.cfm 1`,
        `/20/${guid}/pre-login/v1.cfm 2`,
        `/20/${guid}/form/v1.cfm 3`,
        `/20/${guid}/exit/v1.cfm 4`,
      ],
    );
    assert.equal(new Set(addresses.map(sessionOf)).size, 1);
    for (const { searchParams } of addresses) {
      assert.equal(searchParams.get('id'), guid);
      assert.equal(searchParams.get('divId'), 'qualifio_insert_place_123456');
      assert.equal(searchParams.get('pdomain'), new URL(stage.site.url).origin);
    }
    assert.deepEqual(added(addresses.at(-1)!), ['uk', 'cfid', 'cftoken', 'right', 'page']);
    await page.waitForFunction('loads.length === 5');
    assert.deepEqual(
      await page.evaluate('loads'),
      [0, 1, 2, 3, 4].map((more) => before + more),
    );
  });

  it('shows at the exit whether the answer was right', async () => {
    const page = await open({ preLogin: 'false' });
    for (const [answer, result] of [
      ['A newspaper', 'Your answer was right'],
      ['An atlas', 'Your answer was wrong'],
      ['A newspaper', 'Your answer was right'],
    ] as const) {
      const campaign = campaignOf(page);
      await campaign.getByRole('button', { name: 'Start' }).click();
      await campaign.getByRole('button', { name: answer }).click();
      await campaign.getByRole('button', { name: 'Take part' }).click();
      await campaign.getByText(result).first().waitFor();
      await campaign.getByRole('button', { name: 'Play again' }).click();
    }
  });

  it('asks after its document has loaded and the page has noticed', async () => {
    const page =
      await stage.open(`<script>window.seen = [];</script>${vendorTag(stage.host)}<script>
      document.addEventListener('load', ({ target }) => target.tagName === 'IFRAME' && seen.push('load'), true);
      for (const name of ['requestParticipantAction', 'isLoggedIn']) {
        _qual_async.push(['registerChildMessageCallback', name, () => seen.push(name)]);
      }
    </script>`);
    await playToForm(campaignOf(page));
    await page.waitForFunction("seen.includes('isLoggedIn')");
    assert.deepEqual(await page.evaluate('seen'), [
      ...['load', 'load', 'load'],
      ...['requestParticipantAction', 'load', 'isLoggedIn'],
    ]);
  });

  it('accepts button presses before its documents have loaded', async () => {
    // In a separate context, for its script. Pressed by script too, since a participant's press
    // adds a document to the history anyway.
    const page = await stage.open('', { locale: 'en-GB' });
    await page.addInitScript(`document.addEventListener('DOMContentLoaded', () => {
      if (/question|^\\/20\\/[^/]+\\/v1/.test(location.pathname)) document.querySelector('main button').click();
    })`);
    await stage.open(
      counting + vendorTag(stage.host) + handWrittenExchange(stage.host, { preLogin: 'true' }),
      { locale: 'en-GB' },
    );
    await atStep(campaignOf(page), 'pre-login');
    const [first = NaN, ...others] = (await page.evaluate('loads')) as number[];
    assert.deepEqual(others, [first + 1, first + 2]);
  });

  it('lists the messages of all its documents, even if recording is slow', async () => {
    const page = await open({ preLogin: 'false' });
    await page.route('**/simulator/messages**', async (route) => {
      for (let time = 0; time < 30; time++) await fetch(`${stage.simulator.url}/transcript`);
      await route.continue();
    });
    await playToForm(campaignOf(page));
    await campaignOf(page).getByRole('button', { name: 'Take part' }).click();
    await atStep(campaignOf(page), 'exit');
    const names = campaignOf(page).locator('#transcript-list .name');
    assert.deepEqual(await names.allTextContents(), [
      ...['requestParticipantAction', 'requestParticipantAction'],
      ...['isLoggedIn', 'userInfo'],
    ]);
    await page.unroute('**/simulator/messages**');
  });

  it('does not take the focus from the page', async () => {
    const page = await stage.open(
      `<input id="search">${vendorTag(stage.host)}${handWrittenExchange(stage.host)}`,
    );
    const campaign = campaignOf(page);
    await atStep(campaign, 'welcome');
    await page.locator('#search').focus();
    for (const [button, step] of [
      ['#start', 'question'],
      ['.answer', 'pre-login'],
      ['#continue', 'form'],
      ['#submit', 'exit'],
      ['#again', 'welcome'],
    ] as const) {
      await campaign.locator(button).first().dispatchEvent('click');
      await atStep(campaign, step);
      assert.equal(await page.evaluate('document.activeElement.id'), 'search', step);
    }
  });
});

describe('a campaign starts again with a new session', () => {
  const again: Record<string, (page: Page) => Promise<unknown>> = {
    'when the participant plays again': (page) =>
      campaignOf(page).getByRole('button', { name: 'Play again' }).click(),
    'when the participant goes back': (page) => page.evaluate('history.back()'),
  };
  for (const [when, begin] of Object.entries(again)) {
    it(when, async () => {
      const page = await open({ preLogin: 'false' });
      await playToForm(campaignOf(page));
      await campaignOf(page).getByRole('button', { name: 'Take part' }).click();
      await atStep(campaignOf(page), 'exit');
      const before = page.frames().map((frame) => sessionOf(new URL(frame.url())));
      stage.simulator.reset();
      await begin(page);
      await atStep(campaignOf(page), 'welcome');
      const { length } = stage.messages();
      assert.equal(length, 0, 'nothing is asked on the way');
      const addresses = addressesOf(page);
      await playToForm(campaignOf(page));
      await atStep(campaignOf(page), 'form');
      assert.ok(!before.includes(sessionOf(addresses.at(-1)!)));
    });
  }
});
