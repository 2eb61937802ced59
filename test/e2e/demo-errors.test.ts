import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCases } from '../support/demo-site.js';
import { openDemo } from '../support/visitor.js';

const { arrive } = await openDemo();

const anna = { email: 'anna@example.com', firstname: 'Anna', lastname: 'Peeters' };

for (const { id, title, outcome, when } of errorCases) {
  test(`${title}: ${outcome}`, async (t) => {
    const anyone = await arrive(t);
    const uncaught: Error[] = [];
    anyone.page.on('pageerror', (error) => uncaught.push(error));
    await anyone.logInFirst(`/errors/${id}`);
    if (when === 'form') await anyone.playToTheForm();
    if (when === 'button') {
      await anyone.waitForLog('event', 'qualifio-ready');
      await anyone.press(anyone.page.getByRole('button', { name: 'Remove the frame' }));
    }

    const panel = anyone.page
      .locator('qualifio-campaign [part~="panel"]')
      .filter({ visible: true });
    const [code = ''] = outcome.match(/[A-Z]{3,}_?[A-Z_]+/) ?? [];
    if (code) {
      await anyone.waitForLog('code', code);
      if (outcome.endsWith('then ready')) await anyone.waitForLog('event', 'qualifio-ready');
      else await panel.waitFor();
    } else if (outcome === 'login required') {
      await anyone.waitForLog('event', 'qualifio-login-required');
      await panel.waitFor();
    } else {
      assert.deepEqual(await anyone.formValues(), anna);
    }
    assert.deepEqual(uncaught, []);
  });
}

test('the error page lists every case with a link', async (t) => {
  const anyone = await arrive(t);
  await anyone.visit('/errors');
  const links = await anyone.page
    .locator('.cases a')
    .evaluateAll((elements) => elements.map((element) => element.getAttribute('href')));
  assert.deepEqual(
    links,
    errorCases.map(({ id }) => `/errors/${id}`),
  );
});
