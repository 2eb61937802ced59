import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../../src/element/strings/index.js';
import { openDemo } from '../support/visitor.js';

const anna = { email: 'anna@example.com', firstname: 'Anna', lastname: 'Peeters' };
const { demo, arrive } = await openDemo();

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
  // Until all have loaded, the page may move what is being pressed.
  for (const id of ['810001', '810002', '810003']) {
    await anyone.campaign(id).getByRole('button', { name: 'Start' }).waitFor();
  }
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

test('two pasted tags, unchanged, are both signed in by one line', async (t) => {
  const anyone = await arrive(t);
  await anyone.logInFirst('/sign-in');
  for (const id of ['810001', '810002']) {
    await anyone.playToTheForm(id);
    assert.deepEqual(await anyone.formValues(id), anna);
  }
  const sent = (await anyone.log()).filter((entry) => entry.startsWith('qualifio-token-sent'));
  assert.deepEqual(
    sent.map((entry) => entry.slice(-6)),
    ['810001', '810002'],
  );
  const log = await anyone.log();
  assert.ok(log.some((entry) => entry.startsWith('qualifio-status-change')));
  for (const entry of log) assert.match(entry, /campaign 81000[12]$/);
  const source = await anyone.page.getByRole('region', { name: 'Source of this page' }).innerText();
  assert.deepEqual(source.match(/^<div id="qualifio_insert_place_\d+/gm), [
    '<div id="qualifio_insert_place_810001',
    '<div id="qualifio_insert_place_810002',
  ]);
  assert.equal(source.match(/'createIframe'/g)?.length, 2);
  assert.deepEqual(anyone.problems, []);
});

test('nothing is requested from Qualifio before consent, or before the campaign is near the viewport', async (t) => {
  const anyone = await arrive(t);
  const requested: string[] = [];
  anyone.page.on('request', (request) => {
    if (request.url().startsWith(demo.campaignUrl)) requested.push(request.url());
  });
  await anyone.visit('/consent');
  await anyone.page.waitForFunction(
    "document.querySelector('qualifio-campaign').matches(':state(idle)')",
  );
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
    /JWS, RS256, kid \S+, \d+ s left, for campaign 640117 \(not compared: the page names no campaign ID\)/;
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

test('single sign-on with redirects leads back to the page, and the form is filled in', async (t) => {
  const anyone = await arrive(t);
  await anyone.visit('/login-redirect');
  await anyone.playToTheForm();
  await anyone.press(anyone.page.locator('[part=action]'));
  await anyone.page.waitForURL(/accounts\.publisher\.localhost/);
  await anyone.logIn(anyone.page.locator('form.login'));
  await anyone.page.waitForURL(`${demo.url}/login-redirect`);
  await anyone.playToTheForm();
  assert.deepEqual(await anyone.formValues(), anna);
});

test('the router’s game ends when its view is left, and starts again when it comes back', async (t) => {
  const anyone = await arrive(t);
  await anyone.logInFirst('/routing?view=game');
  await anyone.playToTheForm();
  await anyone.formValues();
  await anyone.page.getByRole('link', { name: 'Rules' }).click();
  assert.equal(await anyone.page.locator('iframe').count(), 0);
  await anyone.page.goBack();
  await anyone.playToTheForm();
  assert.deepEqual(await anyone.formValues(), anna);
  assert.equal(anyone.place, '/routing?view=game');
  assert.deepEqual(anyone.problems, []);
});

test('a campaign in a component’s shadow root plays', async (t) => {
  const anyone = await arrive(t);
  await anyone.logInFirst('/shadow-root');
  await anyone.playToTheForm();
  assert.deepEqual(await anyone.formValues(), anna);
  await anyone.waitForLog('event', 'qualifio-token-sent');
  assert.deepEqual(anyone.problems, []);
});

test('with prefetch-token, the endpoint is asked before the campaign asks', async (t) => {
  const anyone = await arrive(t);
  const asked = anyone.page.waitForResponse(/\/qualifio\/token\?/);
  await anyone.logInFirst('/prefetch');
  assert.equal((await asked).status(), 200);
  await anyone.playToTheForm();
  assert.deepEqual(await anyone.formValues(), anna);
  assert.deepEqual(anyone.problems, []);
});

test('a page lists its own source, its events, and what the simulator reports of it', async (t) => {
  const anyone = await arrive(t);
  await anyone.logInFirst('/popin');
  await anyone.playToTheForm();
  const transcript = anyone.page.getByRole('log', { name: 'Transcript of the simulator' });
  await transcript.getByText('userInfo').waitFor();
  await transcript.getByText(/JWS RS256, \d+ s left/).waitFor();
  const source = anyone.page.getByRole('region', { name: 'Source of this page' });
  assert.match(
    (await source.innerText()).trim(),
    /^<script[^]+<qualifio-campaign\n {2}campaign-id/,
  );
  await anyone.page.getByText('export function startPopin').waitFor();
  const tops = await anyone.page
    .locator('.behind > section')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
  assert.equal(new Set(tops).size, 1, 'beside each other');
});

test('the gallery has each panel, in the chosen language and colors', async (t) => {
  const anyone = await arrive(t);
  await anyone.visit('/gallery');
  const links = await anyone.page.getByLabel('Language').getByRole('link').all();
  const offered = await Promise.all(links.map((link) => link.getAttribute('lang')));
  assert.deepEqual(offered.sort(), Object.keys(languages).sort());
  await anyone.page.getByRole('link', { name: 'Français' }).click();
  await anyone.page.getByRole('link', { name: 'Dark' }).click();
  const texts = new Set<string>();
  for (const frame of await anyone.page.locator('.gallery iframe').all()) {
    await frame.scrollIntoViewIfNeeded();
    const panel = frame.contentFrame().locator('[part=panel]:visible, [part=progress]:visible');
    await panel.waitFor();
    texts.add(await panel.innerText());
    const paper = await panel.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(paper, 'rgb(20, 24, 27)');
  }
  assert.equal(texts.size, 8, [...texts].join('\n'));
  assert.ok(
    [...texts].includes('Connectez-vous pour participer.\n\nSe connecter'),
    [...texts].join(),
  );
});

test('the panel that waits for the endpoint is there for as long as somebody looks at it', async (t) => {
  const anyone = await arrive(t);
  await anyone.page.clock.install();
  await anyone.visit('/gallery/panel?panel=busy');
  const bar = anyone.page.locator('[part=progress]:visible');
  await bar.waitFor();
  await anyone.page.clock.runFor(60_000);
  assert.equal(await bar.count(), 1);
  assert.equal(await anyone.page.locator('[part=panel]:visible').count(), 0);
});
