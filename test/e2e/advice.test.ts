// Follows exactly what the inspector and the console say, until the campaign gets its token. Advice
// that names the wrong cause, or only a part of it, does not help.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { adviceInSource } from '../support/advice/advice-in-source.js';
import { endpointCases, signedOutAnswers } from './advice/endpoint-cases.js';
import { pageCases } from './advice/page-cases.js';
import { Workshop, type Case } from '../support/advice/workshop.js';
import { assertBuilt } from '../support/installed-package.js';
import { atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

assertBuilt();
const workshops = await Promise.all([Workshop.open(), Workshop.open()]);
const [workshop] = workshops;
after(() => Promise.all(workshops.map((each) => each.close())));

const casesOf = (each: Workshop): Record<string, Case> => ({
  ...endpointCases(each),
  ...pageCases(each),
});

// Two at a time: each mostly waits for its browser.
describe('what the page says leads to the form from', { concurrency: workshops.length }, () => {
  const idle = workshops.map((each) => ({ workshop: each, cases: casesOf(each) }));
  for (const what of Object.keys(casesOf(workshop))) {
    test(what, async () => {
      const place = idle.pop()!;
      await place.workshop.follow(place.cases[what]!).finally(() => idle.push(place));
    });
  }
});

describe('for a participant who is signed out', () => {
  for (const [what, [signedOut, words]] of Object.entries(signedOutAnswers)) {
    test(`what the page says leads from ${what} to the login panel, and on`, async () => {
      let isSignedIn = false;
      const site = { ...workshop.faultless(), signedOut, isSignedIn: () => isSignedIn };
      workshop.publisher = site;
      await workshop.advice(words);
      site.signedOut = { status: 401 };
      const page = await workshop.visit();
      await page.goto(workshop.url());
      await playToForm(campaignOf(page));
      await page.getByRole('link', { name: 'Log in' }).waitFor();
      isSignedIn = true;
      await page.evaluate("document.querySelector('qualifio-campaign').resume()");
      await atStep(campaignOf(page), 'form');
      await page.close();
    });
  }
});

describe('a page that is opened with a user name and password', () => {
  for (const attribute of ['/qualifio/token', 'qualifio/token']) {
    test(`has its token from auth-endpoint="${attribute}"`, async () => {
      workshop.publisher = workshop.faultless();
      workshop.publisher.attributes['auth-endpoint'] = attribute;
      const page = await workshop.visit();
      await page.goto(workshop.url('/', 'user:pass@www.publisher.localhost'));
      await playToForm(campaignOf(page));
      await atStep(campaignOf(page), 'form');
      await page.close();
    });
  }
});

/** Advice that cannot be followed here, and why. */
const elsewhere: Record<string, string> = {
  'a document with a URL, not srcdoc': 'not on loopback hosts: test/page/trust.test.ts',
  'the frame around it, or its own Content-Security-Policy, has `sandbox` without `allow-same-origin`':
    'test/around/reports.test.ts',
  'Add `allow-same-origin` to the `sandbox` of the frame around this page, or of the page’s header.':
    'the same',
  'The page is opened from a file. It has no origin, and Qualifio’s script looks for the campaign’s frame in your files, too.':
    'test/around/reports.test.ts',
  'Serve the page: on `http://localhost` during development, otherwise on https. In an app, load the page from your site.':
    'the same',
  'The frame has left #….':
    'only in the task in which a script moves it: test/campaign/frame-fate.test.ts',
};

test('each text of the advice was shown by a page above, which then worked', () => {
  const shown = workshops.flatMap((each) => each.shown);
  const missing = adviceInSource().filter(
    ({ text, pattern }) => !elsewhere[text] && !shown.some((each) => pattern.test(each)),
  );
  assert.deepEqual(
    missing.map(({ place, text }) => `${place}: ${text}`),
    [],
    'Add a case to test/e2e/advice/ that shows the text.',
  );
});
