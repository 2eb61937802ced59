import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { libraryTag } from '../support/around/publisher.js';
import { Reader } from '../support/around/reader.js';
import { recipe } from '../support/around/recipes.js';
import { campaignOf, playToForm } from '../support/simulator-stage.js';

let reader: Reader;
before(async () => void (reader = await Reader.arrive()));
after(() => reader.leave());

/** Opens the page with this worker in control. */
async function open(worker: string): Promise<Page> {
  const { publisher } = reader;
  publisher.isSignedIn = true;
  publisher.serve('/sw.js', { headers: { 'Content-Type': 'text/javascript' }, body: worker });
  publisher.page(
    '/',
    `<head><script>navigator.serviceWorker.register('/sw.js')</script>${libraryTag}</head>
    <body><qualifio-campaign campaign-id="123456" host="jeux.publisher.com"
      channel-id="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6" auth-endpoint="/qualifio/token" login-url="/login"></qualifio-campaign>`,
  );
  const page = await reader.visit('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The worker controls pages that are opened after it.
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  return page;
}

/** Addresses of the answers that the worker has stored. */
const stored = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const requests = await (await caches.open('site-1')).keys();
    return requests.map(({ url }) => new URL(url).pathname);
  });

/** Plays as one participant, then reloads the page signed out; returns the status at the form. */
async function nextParticipant(page: Page): Promise<string> {
  assert.equal(await reader.play(), 'Camille');
  reader.publisher.isSignedIn = false;
  await page.reload();
  await playToForm(campaignOf(page));
  await campaignOf(page).getByRole('button', { name: 'Continue' }).click();
  const end = page.locator('qualifio-campaign:is(:state(login-required), :state(token-sent))');
  await end.waitFor();
  return end.evaluate((element) => (element as HTMLElement & { status: string }).status);
}

describe('a service worker that answers from a cache', () => {
  it('with the recipe, answers from the cache, except for the endpoint', async () => {
    const page = await open(recipe('sw.js'));
    assert.equal(await nextParticipant(page), 'login-required');
    assert.deepEqual((await stored(page)).sort(), ['/', '/js/qualifio-campaign.min.js']);
    assert.deepEqual(reader.problems, []);
  });

  const careless = recipe('sw.js').replace(/^.*\/qualifio\/.*\n/m, '');

  it('without the recipe, stores tokens, but never answers with them', async () => {
    const page = await open(careless);
    assert.equal(await nextParticipant(page), 'login-required');
    assert.ok((await stored(page)).includes('/qualifio/token'));
  });

  it('answers the next participant with a stored token if it ignores the query', async () => {
    const page = await open(
      careless.replace('match(request)', 'match(request, { ignoreSearch: true })'),
    );
    assert.equal(await nextParticipant(page), 'token-sent');
  });
});
