// The demo's pages to axe, in the states that a visitor brings them into. How they look at first is in
// demo-look.test.ts. In Chromium. Run `npm run build` first.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { violations } from '../support/axe.js';
import { pagePaths } from '../support/demo-site.js';
import { openDemo, type Visitor } from '../support/visitor.js';

const { arrive } = await openDemo();

/** Wide and light, then narrow and dark. */
async function assertAccessible(page: Page): Promise<void> {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [320, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(page), [], `${width} px, ${colorScheme}`);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
  }
}

test('every page is accessible to who is logged in', async (t) => {
  const anyone = await arrive(t);
  await anyone.logInFirst('/');
  for (const path of ['/', '/login', '/nothing', ...pagePaths]) {
    await t.test(path, async () => {
      await anyone.visit(path);
      await anyone.page.getByRole('button', { name: 'Log out' }).waitFor();
      await assertAccessible(anyone.page);
    });
  }
});

type Reach = (anyone: Visitor) => Promise<unknown>;

const panel = (anyone: Visitor, count = 1): Promise<void> =>
  anyone.page
    .locator('[part=panel]:visible')
    .nth(count - 1)
    .waitFor();

const playToPanel: Reach = async (anyone) => {
  await anyone.playToTheForm();
  await panel(anyone);
};

const playTwoToPanels: Reach = async (anyone) => {
  const ids = ['810001', '810002'];
  // Until all have loaded, the page may move what is being pressed.
  for (const id of ids) await anyone.campaign(id).getByRole('button', { name: 'Start' }).waitFor();
  for (const id of ids) await anyone.playToTheForm(id);
  await panel(anyone, 2);
};

const playToDialog: Reach = async (anyone) => {
  await anyone.playToTheForm();
  await anyone.page.getByRole('dialog').waitFor();
};

/** A wrong password in a form, after `before`. */
const mistake =
  (form: string, before: Reach = async () => {}): Reach =>
  async (anyone) => {
    await before(anyone);
    await anyone.logIn(anyone.page.locator(form), 'wrong');
    await anyone.page.getByText('E-mail address or password is wrong.').waitFor();
  };

const useExample: Reach = (anyone) =>
  anyone.page.getByRole('button', { name: 'Use the example' }).click();

/** A state, its page, and how a visitor gets there. `isLoggedIn`: logged in before. */
const states: readonly [state: string, path: string, reach: Reach, isLoggedIn?: true][] = [
  ['the login panel', '/attributes', playToPanel],
  ['a login panel without a link', '/two-attributes', playToPanel],
  ['a login panel with a hint', '/login-window', playToPanel],
  ['a login panel in the page’s design', '/styling', playToPanel],
  ['a login panel in a component', '/shadow-root', playToPanel],
  ['the form in the panel', '/login-slot', playToPanel],
  ['a wrong password in it', '/login-slot', mistake('form[slot=login]', playToPanel)],
  ['the login panels of two campaigns', '/three', playTwoToPanels],
  ['the login panels of two tags', '/sign-in', playTwoToPanels],
  ['the dialog', '/popin', playToDialog],
  ['a wrong password in the dialog', '/popin', mistake('.popin', playToDialog)],
  [
    'the closed dialog',
    '/popin',
    async (anyone) => {
      await playToDialog(anyone);
      await anyone.page.keyboard.press('Escape');
      await anyone.page.getByRole('button', { name: 'Log in to continue' }).waitFor();
    },
  ],
  ['a wrong password', '/login', mistake('form.login')],
  ['the login of the other origin', '/sso', async () => {}],
  ['a wrong password at the other origin', '/sso', mistake('form.login')],
  ['an error panel at once', '/errors/kit-missing', panel],
  ['an error panel without a button', '/errors/malformed-channel-id', panel],
  ['an error panel at the form', '/errors/endpoint-403', playToPanel, true],
  [
    'the bar that shows that the endpoint is asked',
    '/attributes',
    async (anyone) => {
      // No answer.
      await anyone.page.route('**/qualifio/token?*', () => {});
      await anyone.playToTheForm();
      await anyone.page.locator('[part=progress]:not(:empty)').waitFor();
    },
    true,
  ],
  [
    'the filled-in form',
    '/attributes',
    async (anyone) => {
      await anyone.playToTheForm();
      await anyone.formValues();
    },
    true,
  ],
  [
    'the inspector with a conversation',
    '/inspector',
    async (anyone) => {
      await anyone.playToTheForm();
      await anyone.page.locator('qualifio-inspector [data-name=userInfo]').waitFor();
    },
    true,
  ],
  ['the inspector with a login', '/inspector', playToPanel],
  ['the configurator with a tag', '/configurator', useExample],
  [
    'the configurator with its preview',
    '/configurator',
    async (anyone) => {
      await useExample(anyone);
      await anyone.page.getByRole('button', { name: 'Start the preview' }).click();
      const preview = anyone.page.frameLocator('qualifio-configurator iframe');
      await preview.locator('iframe').waitFor();
    },
  ],
  [
    'the configurator with another text',
    '/configurator',
    async (anyone) => {
      await anyone.page.getByLabel('The JS tag').fill('<iframe src="//jeux.publisher.com/20/">');
      await anyone.page.getByRole('alert').getByText(/./).waitFor();
    },
  ],
  [
    'two campaigns after consent',
    '/consent',
    async (anyone) => {
      await anyone.page.getByRole('button', { name: 'Allow and start the game' }).click();
      await anyone.campaign('810001').getByRole('button', { name: 'Start' }).waitFor();
    },
  ],
  [
    'the router’s game',
    '/routing',
    async (anyone) => {
      await anyone.page.getByRole('link', { name: 'Game', exact: true }).click();
      await anyone.campaign().getByRole('button', { name: 'Start' }).waitFor();
    },
  ],
  [
    'the gallery with its causes',
    '/gallery',
    async (anyone) => {
      await anyone.page.getByRole('link', { name: 'Français' }).click();
      for (const summary of await anyone.page.locator('summary').all()) await summary.click();
    },
  ],
];

describe('accessible', () => {
  for (const [state, path, reach, isLoggedIn] of states) {
    test(`${state}: ${path}`, async (t) => {
      const anyone = await arrive(t);
      await (isLoggedIn ? anyone.logInFirst(path) : anyone.visit(path));
      await reach(anyone);
      await assertAccessible(anyone.page);
    });
  }
});
