// The login window of docs/login.md in the demo: what the participant does in the first page while it is
// open, and a return page of the publisher. In Chromium. Run `npm run build` first.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { startDemo, type Demo } from '../support/demo-site.js';
import { Visitor } from '../support/visitor.js';

const anna = { email: 'anna@example.com', firstname: 'Anna', lastname: 'Peeters' };

const section = /## A return page[^]*?(?=\n## )/.exec(await readFile('docs/login.md', 'utf8'))?.[0];
/** The element, the return page and its script, as documented. */
const [markup = '', returnPage = '', returnScript = ''] = [
  ...(section ?? '').matchAll(/^```\w+\n([^]*?)^```/gm),
].map(([, code]) => code);

let demo: Demo;
let browser: Browser;
before(async () => {
  [demo, browser] = await Promise.all([
    startDemo(async (c, next) => {
      if (c.req.path === '/logged-in') return c.html(returnPage);
      if (c.req.path !== '/logged-in.js') return next();
      return c.body(returnScript, 200, { 'Content-Type': 'text/javascript' });
    }),
    launchChromium(),
  ]);
});
after(() => Promise.all([browser.close(), demo.close()]));

/** Plays to the panel and follows its link; returns the window. */
async function openLogin(anyone: Visitor): Promise<Page> {
  await anyone.playToTheForm();
  const action = anyone.page.locator('[part=action]');
  await action.waitFor();
  const [login] = await Promise.all([
    anyone.page.context().waitForEvent('page'),
    anyone.press(action),
  ]);
  await login.locator('form.login').waitFor();
  return login;
}

/** Logs in, and waits until the window has closed by itself. */
async function logIn(login: Page): Promise<void> {
  const closed = login.waitForEvent('close');
  await login.getByLabel('E-mail').fill(anna.email);
  await login.getByLabel('Password').fill('demo');
  await login.getByRole('button', { name: 'Log in', exact: true }).click();
  await closed;
}

test('the first page is reloaded while the window is open: the login still ends well', async (t) => {
  const anyone = await Visitor.arrive(browser, demo);
  t.after(() => anyone.leave());
  await anyone.visit('/login-window');
  const login = await openLogin(anyone);
  await anyone.page.reload();
  await logIn(login);
  // The campaign starts anew, and now knows who is playing.
  await anyone.playToTheForm();
  assert.deepEqual(await anyone.formValues(), anna);
  assert.ok(await anyone.page.getByRole('alertdialog').isHidden());
});

test('the window ends on the publisher’s own return page: it closes, and the answers are kept', async (t) => {
  const anyone = await Visitor.arrive(browser, demo);
  t.after(() => anyone.leave());
  await anyone.visit('/login-window');
  const attributes = [...markup.matchAll(/(login-[\w-]+)="([^"]*)"/g)];
  assert.equal(attributes.length, 3);
  await anyone.page.evaluate(
    (own) => {
      const campaign = document.querySelector('qualifio-campaign')!;
      for (const [name, value] of own) campaign.setAttribute(name, value);
    },
    attributes.map(([, name = '', value = '']) => [name, value] as const),
  );
  const login = await openLogin(anyone);
  assert.match(login.url(), /\/login\?return_to=%2Flogged-in&from=%2Flogin-window$/);
  await logIn(login);
  assert.deepEqual(await anyone.formValues(), anna);
});
