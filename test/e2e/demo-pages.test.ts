import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { startDemo, type Demo } from '../support/demo-site.js';
import { Visitor } from '../support/visitor.js';

const anna = { email: 'anna@example.com', firstname: 'Anna', lastname: 'Peeters' };
const everyPage = ['/', '/two-attributes', '/attributes', '/pasted-tag', '/feed', '/popin'];
everyPage.push(
  '/login-slot',
  '/login-window',
  '/encrypted',
  '/profile-call',
  '/three',
  '/consent',
  '/ended',
);
everyPage.push('/inspector', '/configurator');
everyPage.push('/errors', '/errors/frame-removed', '/login');

let demo: Demo;
let browser: Browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
});
after(() => Promise.all([browser.close(), demo.close()]));

async function arrive(t: { after(fn: () => Promise<void>): void }, width = 1280): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, demo, { width });
  t.after(() => visitor.leave());
  return visitor;
}

test('an encrypted token reaches the form', async (t) => {
  const anyone = await arrive(t);
  await anyone.keepTokens();
  await anyone.logInFirst('/encrypted');
  await anyone.playToTheForm();
  const token = await anyone.keptToken();
  assert.equal(token.split('.').length, 5);
  assert.deepEqual(await anyone.formValues(), anna);
  assert.deepEqual(anyone.problems, []);
});

test('with an access token, the name comes from the profile request and not from the token', async (t) => {
  const anyone = await arrive(t);
  await anyone.keepTokens();
  await anyone.logInFirst('/profile-call');
  await anyone.playToTheForm();
  const token = await anyone.keptToken();
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  assert.doesNotMatch(payload, /Peeters|anna@/);
  assert.deepEqual(await anyone.formValues(), anna);
  assert.deepEqual(anyone.problems, []);
});

test('three campaigns are each answered separately', async (t) => {
  const anyone = await arrive(t);
  await anyone.logInFirst('/three');
  await anyone.playToTheForm('810002');
  assert.deepEqual(await anyone.formValues('810002'), anna);
  for (const other of ['810001', '810003']) {
    assert.ok(await anyone.campaign(other).getByRole('button', { name: 'Start' }).isVisible());
  }
  const sent = (await anyone.log()).filter((entry) => entry.startsWith('qualifio-token-sent'));
  assert.equal(sent.length, 1);
  assert.match(sent[0] ?? '', /campaign 810002$/);
  for (const other of ['810003', '810001']) {
    await anyone.playToTheForm(other);
    assert.deepEqual(await anyone.formValues(other), anna);
  }
  assert.deepEqual(anyone.problems, []);
});

test('nothing is requested from Qualifio before consent, or before the campaign is near the viewport', async (t) => {
  const anyone = await arrive(t);
  const requested: string[] = [];
  anyone.page.on('request', (request) => {
    if (request.url().startsWith(demo.campaignUrl)) requested.push(request.url());
  });
  await anyone.visit('/consent');
  await anyone.page.waitForLoadState('networkidle');
  assert.deepEqual(requested, []);

  await anyone.page.getByRole('button', { name: 'Allow and start the game' }).click();
  await anyone.campaign('810001').getByRole('button', { name: 'Start' }).waitFor();
  assert.equal(await anyone.page.locator('iframe').count(), 1);

  await anyone.page.getByRole('heading', { name: 'When you come near' }).scrollIntoViewIfNeeded();
  await anyone.campaign('810002').getByRole('button', { name: 'Start' }).waitFor();
  assert.deepEqual(anyone.problems, []);
});

test('a campaign that has ended says so and does not ask', async (t) => {
  const anyone = await arrive(t);
  await anyone.visit('/ended');
  await anyone.campaign().getByText('The campaign is now finished.').waitFor();
  await anyone.waitForLog('event', 'qualifio-ready');
  const log = await anyone.log();
  assert.deepEqual(
    log.filter((entry) => !/^qualifio-(status-change|ready) /.test(entry)),
    [],
  );
  assert.deepEqual(anyone.problems, []);
});

test('the inspector shows the exchange without tokens', async (t) => {
  const anyone = await arrive(t);
  await anyone.keepTokens();
  await anyone.logInFirst('/inspector');
  await anyone.playToTheForm();
  const token = await anyone.keptToken();
  const inspector = anyone.page.locator('qualifio-inspector');
  const sent = inspector.locator('[data-name=userInfo]');
  const words =
    /JWS, RS256, kid \S+, \d+ s left, for campaign 640117, which the page does not declare/;
  await sent.getByText(words).waitFor();
  await inspector.locator('dl').getByText('810001').waitFor();
  await inspector.getByText('Set QualifioCampaign.allowedHosts').waitFor();
  const shown = await inspector.evaluate((element) => element.shadowRoot?.innerHTML ?? '');
  for (const part of token.split('.')) assert.ok(!shown.includes(part));
});

// @holds P4
test('the log contains no token', async (t) => {
  const anyone = await arrive(t);
  await anyone.keepTokens();
  await anyone.logInFirst('/attributes');
  await anyone.playToTheForm();
  const token = await anyone.keptToken();
  await anyone.waitForLog('event', 'qualifio-token-sent');
  const html = await anyone.page.content();
  for (const part of token.split('.')) assert.ok(!html.includes(part));
});

test('the dialog reports a wrong password, and the right one still works', async (t) => {
  const anyone = await arrive(t);
  await anyone.visit('/popin');
  await anyone.playToTheForm();
  const popin = anyone.page.getByRole('dialog', { name: 'Log in to take part' });
  await anyone.logIn(popin, 'wrong');
  await popin.getByRole('alert').getByText('E-mail address or password is wrong.').waitFor();
  await popin.getByLabel('E-mail').fill('');
  await popin.getByLabel('Password').fill('');
  await anyone.logIn(popin);
  assert.deepEqual(await anyone.formValues(), anna);
});

for (const width of [320, 1280]) {
  test(`no page is wider than a window of ${width} px`, async (t) => {
    const anyone = await arrive(t, width);
    for (const path of everyPage) {
      await anyone.visit(path);
      const wider = await anyone.page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      assert.ok(wider <= 0, `${path} is ${wider} px too wide`);
    }
  });
}
