import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openDemo } from '../support/visitor.js';

// Where the focus is in the demo, and what a screen reader reads there.
const { arrive } = await openDemo();

const focusIsIn = (page: Page, selector: string) =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

test('the dialog gives focus to the button that opens it again, and after the login to the campaign', async (t) => {
  const anyone = await arrive(t, { hand: 'keyboard' });
  await anyone.visit('/popin');
  await anyone.playToTheForm();
  const popin = anyone.page.getByRole('dialog', { name: 'Log in to take part' });
  await popin.waitFor();
  await anyone.page.keyboard.press('Escape');
  await focusIsIn(anyone.page, '[data-popin-reopen] button');
  await anyone.page.keyboard.press('Enter');
  await anyone.logIn(popin);
  await anyone.waitForLog('event', 'qualifio-token-sent');
  await focusIsIn(anyone.page, 'iframe');
});

test('after a login in another tab, focus goes from the hidden button to the campaign', async (t) => {
  const anyone = await arrive(t, { hand: 'keyboard' });
  await anyone.visit('/popin');
  await anyone.playToTheForm();
  await anyone.page.getByRole('dialog').waitFor();
  await anyone.page.keyboard.press('Escape');
  await focusIsIn(anyone.page, '[data-popin-reopen] button');
  await anyone.page.evaluate(async () => {
    const body = new URLSearchParams({ email: 'anna@example.com', password: 'demo' });
    await fetch('/login', { method: 'POST', body, headers: { Accept: 'application/json' } });
  });
  await anyone.page.evaluate("document.querySelector('qualifio-campaign').resume()");
  await anyone.waitForLog('event', 'qualifio-token-sent');
  await focusIsIn(anyone.page, 'iframe');
});

for (const path of ['/login', '/sso']) {
  test(`after a wrong password at ${path}, focus is in a field that says so`, async (t) => {
    const anyone = await arrive(t, { hand: 'keyboard' });
    await anyone.visit(path);
    await anyone.logIn(anyone.page.locator('form.login'), 'wrong');
    await anyone.page.getByText('E-mail address or password is wrong.').waitFor();
    await focusIsIn(anyone.page, 'input[name=email][aria-invalid=true]');
    const session = await anyone.page.context().newCDPSession(anyone.page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const field = nodes.find(
      ({ role, name }) => role?.value === 'textbox' && name?.value === 'E-mail',
    );
    assert.equal(field?.description?.value, 'E-mail address or password is wrong.');
  });
}

for (const [path, names] of [
  ['/three', ['The concert', 'The lighthouse', 'The ferry']],
  ['/sign-in', ['The harbour', 'The lighthouse']],
] as const) {
  test(`each frame of ${path} has a name of its own`, async (t) => {
    const anyone = await arrive(t, { hand: 'keyboard' });
    await anyone.visit(path);
    for (const name of names) {
      const frame = anyone.page.locator(`iframe[title="${name}"]`);
      await frame.waitFor();
    }
  });
}

test('each panel of a page with several campaigns has a name of its own', async (t) => {
  const anyone = await arrive(t, { hand: 'keyboard' });
  await anyone.visit('/three');
  for (const [id, title] of [
    ['810001', 'The concert'],
    ['810002', 'The lighthouse'],
  ] as const) {
    await anyone.playToTheForm(id);
    await anyone.page.getByRole('alertdialog', { name: `Log in to play “${title}”.` }).waitFor();
  }
});

test('the panels of the gallery do not take focus from the page', async (t) => {
  const anyone = await arrive(t, { hand: 'keyboard' });
  await anyone.visit('/gallery');
  for (const frame of await anyone.page.locator('.gallery iframe').all()) {
    await frame.contentFrame().locator('[part=message], .busy').waitFor();
  }
  assert.equal(await anyone.page.evaluate('document.activeElement.localName'), 'body');
});
