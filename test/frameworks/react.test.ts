import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type {} from '../../src/define.js';
import type { QualifioCampaign } from '../../src/element/qualifio-campaign.js';
import type { QualifioSignIn } from '../../src/sign-in/index.js';
import { launchChromium } from '../support/chromium.js';
import { InstalledPackage } from '../support/installed-package.js';

declare const heard: {
  errors: string[];
  elements: Set<QualifioCampaign>;
  signIns: Set<QualifioSignIn>;
  problems: string[];
};

describe('the React components, rendered on a server and hydrated', () => {
  let project: InstalledPackage;
  let browser: Browser;
  let page: Page;
  let html: string;
  const complaints: string[] = [];

  before(async () => {
    project = await InstalledPackage.create();
    await project.link('react', 'react-dom', 'scheduler');
    await project.copy('test/frameworks/react-app');
    html = await project.node('server.js');
    const bundle = await build({
      entryPoints: [join(project.folder, 'browser.js')],
      bundle: true,
      write: false,
      format: 'esm',
      define: { 'process.env.NODE_ENV': '"development"' },
    });
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.route('**', (route) => {
      const isPage = route.request().url().endsWith('/');
      return route.fulfill(
        isPage
          ? {
              contentType: 'text/html',
              body: `<!doctype html><div id="root">${html.trim()}</div><script type="module" src="app.js"></script>`,
            }
          : { contentType: 'text/javascript', body: bundle.outputFiles[0]?.text ?? '' },
      );
    });
    await page.goto('http://www.publisher.localhost/');
    await page.waitForFunction(() => heard.elements.size > 0);
  });

  after(async () => {
    await browser?.close();
    await project?.remove();
  });

  it('have their attributes but no function source in the server’s HTML', () => {
    for (const part of [
      'campaign-id="123456"',
      'host="jeux.publisher.com"',
      'loading="manual"',
      'prefetch-token=""',
      'class="campaign"',
      '<p slot="placeholder">A quiz</p>',
      '<qualifio-sign-in auth-endpoint="/qualifio/token" token-timeout="5000"></qualifio-sign-in>',
    ]) {
      assert.ok(html.includes(part), `${part} in ${html}`);
    }
    assert.doesNotMatch(html, /=&gt;|=>|tokenprovider|\[object/i);
  });

  it('hydrate without a warning from React', async () => {
    assert.deepEqual(await page.evaluate(() => heard.problems), []);
    const ofReact = complaints.filter((text) => !/React DevTools|qualifio-campaign>/.test(text));
    assert.deepEqual(ofReact, []);
  });

  it('set their refs to the elements, with functions and objects as properties', async () => {
    const found = await page.evaluate(() => {
      const [element] = heard.elements;
      const [signIn] = heard.signIns;
      return {
        signIn: {
          size: heard.signIns.size,
          isInPage: signIn === document.querySelector('qualifio-sign-in'),
          provider: typeof signIn?.tokenProvider,
          strings: signIn?.strings,
          tokenTimeout: signIn?.tokenTimeout,
        },
        size: heard.elements.size,
        isInPage: element === document.querySelector('qualifio-campaign'),
        provider: typeof element?.tokenProvider,
        strings: element?.strings,
        campaignId: element?.campaignId,
        prefetchToken: element?.prefetchToken,
      };
    });
    assert.deepEqual(found, {
      signIn: {
        size: 1,
        isInPage: true,
        provider: 'function',
        strings: { logIn: 'Sign in' },
        tokenTimeout: 5000,
      },
      size: 1,
      isInPage: true,
      provider: 'function',
      strings: { logIn: 'Sign in' },
      campaignId: '123456',
      prefetchToken: true,
    });
  });

  it('receive the elements’ events', async () => {
    await page.evaluate(() =>
      document
        .querySelector('qualifio-campaign')
        ?.load()
        .catch(() => {}),
    );
    await page.waitForFunction(() => heard.errors.length > 0);
    assert.match((await page.evaluate(() => heard.errors)).join(), /^channel-id /);
    await page.evaluate(() =>
      document.querySelector('qualifio-sign-in')?.setAttribute('token-timeout', '-1'),
    );
    await page.waitForFunction(() => heard.errors.some((text) => text.startsWith('token-timeout')));
  });

  it('pass on a changed prop', async () => {
    await page.evaluate(() => document.querySelector('qualifio-campaign')?.click());
    await page.waitForFunction(
      () => document.querySelector('qualifio-campaign')?.host === 'quiz.publisher.com',
    );
  });
});
