import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { openDemo, type Visitor } from '../support/visitor.js';

const anna = { email: 'anna@example.com', firstname: 'Anna', lastname: 'Peeters' };
// Chromium logs every 401 in the console; the page cannot prevent it.
const signedOutNotice = /status of 401/;

const { demo, arrive } = await openDemo();

for (const manner of [
  { hand: 'mouse', width: 1280 },
  { hand: 'keyboard', width: 320 },
] as const) {
  describe(`with only the ${manner.hand}, ${manner.width} px wide, a participant`, () => {
    const visitor = (t: TestContext): Promise<Visitor> => arrive(t, manner);

    test('who is signed in reaches the prefilled form and takes part', async (t) => {
      const anyone = await visitor(t);
      await anyone.logInFirst('/attributes');
      await anyone.playToTheForm();
      assert.deepEqual(await anyone.formValues(), anna);
      await anyone.takePart();
      const log = (await anyone.log()).map((entry) => entry.replace(/expires [\d:]+/, 'expires …'));
      assert.deepEqual(log, [
        'qualifio-status-change idle → loading campaign 810001',
        'qualifio-status-change loading → ready campaign 810001',
        'qualifio-ready campaign 810001',
        'qualifio-participant-action campaign 810001',
        'qualifio-status-change ready → authenticating campaign 810001',
        'qualifio-status-change authenticating → token-sent campaign 810001',
        'qualifio-token-sent expires … campaign 810001',
      ]);
      assert.deepEqual(anyone.problems, []);
    });

    for (const [what, path] of [
      ['a campaign of two attributes', '/two-attributes'],
      ['a campaign of the feed', '/feed'],
      ['the pasted tag', '/pasted-tag'],
    ] as const) {
      test(`plays ${what} up to the prefilled form`, async (t) => {
        const anyone = await visitor(t);
        await anyone.logInFirst(path);
        await anyone.playToTheForm();
        assert.deepEqual(await anyone.formValues(), anna);
        assert.deepEqual(anyone.problems, []);
      });
    }

    test('who is signed out follows the panel to the login page, returns and plays', async (t) => {
      const anyone = await visitor(t);
      await anyone.visit('/attributes?from=mail');
      await anyone.playToTheForm();
      await anyone.waitForLog('event', 'qualifio-login-required');
      const panel = anyone.page.locator('qualifio-campaign [part~="panel"]');
      await anyone.press(panel.locator('a[href*="/login"]'));
      await anyone.page.waitForURL('**/login?*');
      await anyone.logIn(anyone.page.locator('form.login'));
      await anyone.page.waitForURL('**/attributes?from=mail');
      assert.equal(anyone.place, '/attributes?from=mail');
      await anyone.playToTheForm();
      assert.deepEqual(await anyone.formValues(), anna);
      const unexpected = anyone.problems.filter((problem) => !signedOutNotice.test(problem));
      assert.deepEqual(unexpected, []);
    });

    test('who is signed out logs in on another origin, in a window, and keeps the answers', async (t) => {
      const anyone = await visitor(t);
      await anyone.visit('/login-window');
      await anyone.playToTheForm();
      const panel = anyone.page.locator('qualifio-campaign [part~="panel"]');
      const opened = anyone.page.waitForEvent('popup');
      await anyone.press(panel.getByRole('link', { name: 'Log in' }));
      const window = await opened;
      await window.waitForURL('http://accounts.publisher.localhost:*/accounts/login?*');
      assert.equal(await window.evaluate(() => opener), null);
      const closed = window.waitForEvent('close');
      await window.getByLabel('E-mail').fill(anna.email);
      await window.getByLabel('Password').fill('demo');
      await window.getByRole('button', { name: 'Log in', exact: true }).click();
      await closed;
      assert.deepEqual(await anyone.formValues(), anna);
      await panel.waitFor({ state: 'hidden' });
      const unexpected = anyone.problems.filter((problem) => !signedOutNotice.test(problem));
      assert.deepEqual(unexpected, []);
    });

    test('who is signed out logs in with the dialog, and the campaign continues', async (t) => {
      const anyone = await visitor(t);
      await anyone.visit('/popin');
      await anyone.playToTheForm();
      const popin = anyone.page.getByRole('dialog', { name: 'Log in to take part' });
      await anyone.press(popin.getByRole('button', { name: 'Not now' }));
      await popin.waitFor({ state: 'hidden' });
      await anyone.press(anyone.page.getByRole('button', { name: 'Log in to continue' }));
      await anyone.logIn(popin);
      assert.deepEqual(await anyone.formValues(), anna);
      await popin.waitFor({ state: 'hidden' });
      await anyone.page.getByText('Anna Peeters').waitFor();
      await anyone.takePart();
      const unexpected = anyone.problems.filter((problem) => !signedOutNotice.test(problem));
      assert.deepEqual(unexpected, []);
    });

    test('who is signed out logs in with the form in the panel, and the campaign continues', async (t) => {
      const anyone = await visitor(t);
      await anyone.visit('/login-slot');
      await anyone.playToTheForm();
      const form = anyone.page.locator('form[slot="login"]');
      await anyone.logIn(form);
      assert.deepEqual(await anyone.formValues(), anna);
      await form.waitFor({ state: 'hidden' });
      const unexpected = anyone.problems.filter((problem) => !signedOutNotice.test(problem));
      assert.deepEqual(unexpected, []);
    });

    const errorPanel = async (anyone: Visitor, id: string, error: string) => {
      const [code = ''] = error.split(' ');
      await anyone.logInFirst(`/errors/${id}`);
      await anyone.playToTheForm();
      await anyone.waitForLog('code', code);
      const errors = (await anyone.log()).filter((entry) => entry.startsWith('qualifio-error'));
      assert.equal(errors.length, 1);
      assert.ok(errors[0]?.startsWith(`qualifio-error ${error} `), errors[0]);
      const panel = anyone.page.locator('qualifio-campaign [part~="panel"]');
      await panel.locator('[part~="message"]').waitFor();
      return panel.getByRole('button', { name: 'Try again' });
    };

    test('sees an error for an expired token and can try again', async (t) => {
      const anyone = await visitor(t);
      const tryAgain = await errorPanel(anyone, 'token-expired', 'TOKEN_EXPIRED (token)');
      const asked = anyone.page.waitForRequest('**/qualifio/faulty/expired?*');
      await anyone.press(tryAgain);
      await asked;
      await anyone.waitForLog('code', 'TOKEN_EXPIRED', 2);
      await tryAgain.waitFor();
      const unexpected = anyone.problems.filter((text) => !text.includes('errors/TOKEN_EXPIRED'));
      assert.deepEqual(unexpected, []);
    });

    test('sees an error for a wrong signature and can restart the campaign', async (t) => {
      const anyone = await visitor(t);
      const error = 'TOKEN_INVALID_SIGNATURE (qualifio)';
      const tryAgain = await errorPanel(anyone, 'wrong-signature', error);
      await anyone.press(tryAgain);
      await tryAgain.waitFor({ state: 'hidden' });
      await anyone.campaign().getByRole('button', { name: 'Start' }).waitFor();
      const unexpected = anyone.problems.filter(
        (text) => !text.includes('errors/TOKEN_INVALID_SIG'),
      );
      assert.deepEqual(unexpected, []);
    });
  });
}

// @holds F47
test('after a login in another tab, the waiting campaign continues', async (t) => {
  const anyone = await arrive(t);
  await anyone.visit('/attributes');
  await anyone.playToTheForm();
  await anyone.waitForLog('status', 'login-required');
  const otherTab = await anyone.page.context().newPage();
  await otherTab.goto(`${demo.url}/login`);
  await otherTab.getByLabel('E-mail').fill(anna.email);
  await otherTab.getByLabel('Password').fill('demo');
  await otherTab.getByRole('button', { name: 'Log in', exact: true }).click();
  await otherTab.waitForURL(`${demo.url}/`);
  await anyone.page.bringToFront();
  await anyone.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  assert.deepEqual(await anyone.formValues(), anna);
});
