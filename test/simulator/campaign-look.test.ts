// How each step of the campaign looks and sounds: axe in the frame, nothing wider than the screen,
// one heading with the focus, and a status that is announced.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame, Page } from 'playwright-core';
import { violations } from '../support/axe.js';
import { publisherKeys, sign } from '../support/publisher-keys.js';
import { vendorTag } from '../support/publisher-site.js';
import { SimulatorStage, atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

let stage: SimulatorStage;
let token: string;
before(async () => {
  const keys = await publisherKeys('ES256');
  const word = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';
  const form: Record<string, string> = { email: 'ada@example.com', city: word.repeat(4) };
  for (let index = 0; index < 12; index++) form[`${word}${index}`] = word.repeat(3);
  token = await sign(keys.privateKey, { alg: 'ES256', kid: word.repeat(3) }, { form });
  stage = await SimulatorStage.set({ publicKey: keys.publicPem });
});
after(() => stage.strike());

/** A page that answers only when the test makes it answer. */
const silent = () =>
  vendorTag(stage.host) +
  `<style>body { margin: 0 }</style><script>
  for (const name of ['isLoggedIn', 'requestParticipantAction', 'error']) {
    _qual_async.push(['registerChildMessageCallback', name, () => undefined]);
  }
  </script>`;

async function answer(page: Page, name: string, data: unknown): Promise<void> {
  await page.evaluate(
    (message) =>
      (window as unknown as { _qual_async: unknown[] })._qual_async.push([
        'sendChildMessage',
        'qualifio_insert_place_123456',
        ...message,
      ]),
    [name, data] as const,
  );
}

async function look(page: Page, frame: Frame, step: string): Promise<void> {
  await atStep(campaignOf(page), step);
  assert.deepEqual(await violations(frame), [], step);
  const { wide, headings, heading, told } = (await frame.evaluate(`({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: [...document.querySelectorAll('h1')].filter((h) => h.checkVisibility()).length,
    heading: document.activeElement.tagName,
    told: document.getElementById('announcer').textContent,
  })`)) as { wide: number; headings: number; heading: string; told: string };
  assert.equal(wide, 0, `${step} is wider than the screen`);
  assert.equal(headings, 1, step);
  if (step === 'welcome') return;
  assert.equal(heading, 'H1', step);
  const silentSteps = ['question', 'checking'];
  assert.equal(told === '', silentSteps.includes(step), `${step} tells: ${told}`);
}

const participants = {
  'in English, light, 320 px wide': {
    locale: 'en-GB',
    colorScheme: 'light',
    viewport: { width: 320, height: 640 },
  },
  'in French, dark, 1280 px wide': {
    locale: 'fr-FR',
    colorScheme: 'dark',
    viewport: { width: 1280, height: 800 },
  },
} as const;

describe('every step of the campaign is accessible', () => {
  for (const [who, options] of Object.entries(participants)) {
    it(who, async () => {
      const page = await stage.open(silent(), options);
      // The pre-login step waits one second for an answer, too short for these checks: the timer
      // never ends.
      await page.addInitScript(`const { setTimeout } = window;
        window.setTimeout = (run, wait) => (wait === 1000 ? 0 : setTimeout(run, wait));`);
      const campaign = campaignOf(page);
      await atStep(campaign, 'welcome');
      const frame =
        page.frames().find((each) => each.url().includes('/v1.cfm')) ?? page.mainFrame();
      await look(page, frame, 'welcome');
      await campaign.locator('#start').click();
      await look(page, frame, 'question');
      await campaign.locator('.answer').nth(1).click();
      await look(page, frame, 'checking');
      await answer(page, 'requestParticipantAction', true);
      await look(page, frame, 'pre-login');
      await campaign.locator('#continue').click();
      await look(page, frame, 'connecting');
      await answer(page, 'userInfo', 'no token');
      await look(page, frame, 'blocked');
      assert.match(
        (await campaign.locator('.reason').textContent()) ?? '',
        /^TOKEN_INVALID_FORMAT: it does not have 3/,
      );
      await answer(page, 'userInfo', token);
      await look(page, frame, 'form');
      await campaign.locator('summary').click();
      assert.deepEqual(await violations(frame), [], 'the open panel');
      await campaign.locator('#submit').click();
      await look(page, frame, 'exit');
      assert.equal(await campaign.locator('#result').textContent(), wrong[options.locale]);
      await campaign.locator('#again').click();
      await campaign.locator('section#welcome:not([hidden])').waitFor();
    });
  }
});

const wrong = {
  'en-GB': 'Your answer was wrong: a newspaper is printed every day.',
  'fr-FR': 'Ce n’était pas la bonne réponse\u00a0: c’est le journal qui paraît tous les jours.',
};

describe('the campaign', () => {
  it('does not animate its spinner with reduced motion', async () => {
    const animationOf = async (reducedMotion: 'reduce' | 'no-preference') => {
      const page = await stage.open(silent(), { reducedMotion });
      await playToForm(campaignOf(page));
      return campaignOf(page)
        .locator('.spinner')
        .first()
        .evaluate((spinner) => getComputedStyle(spinner).animationName);
    };
    assert.equal(await animationOf('no-preference'), 'turn');
    assert.equal(await animationOf('reduce'), 'breathe');
  });

  it('says that it needs a page if it is opened on its own', async () => {
    const page = await stage.open('');
    await page.goto(
      `http://${stage.host}/20/B7FDCFDA-C477-C4BA-3C54-728AD8594DE6/v1.cfm?id=B7FDCFDA`,
    );
    await page.getByText('This campaign is open on its own.').waitFor();
  });

  it('says that the simulator is unavailable, and reports UNKNOWN to the page', async () => {
    const page = await stage.open(
      silent().replace("'error', ", "'x', ") +
        `<script>_qual_async.push(['registerChildMessageCallback', 'error', ({ code }) => (window.code = code)]);</script>`,
    );
    const campaign = campaignOf(page);
    await playToForm(campaign);
    await atStep(campaign, 'connecting');
    await page.route('**/simulator/**', (route) => route.abort());
    await answer(page, 'userInfo', token);
    await atStep(campaign, 'blocked');
    await campaign.getByText('the simulator does not answer').first().waitFor();
    await page.waitForFunction("code === 'UNKNOWN'");
  });
});
