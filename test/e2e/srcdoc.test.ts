// Needs a build: `npm run build`.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type {} from '../../src/define.js';
import { launchChromium } from '../support/chromium.js';
import { repository } from '../support/installed-package.js';

// On a loopback host, where all other tests run, such a frame may play.
// @holds P1
test('a srcdoc frame starts no campaign in a page that does not use the library', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const library = await readFile(`${repository}/dist/qualifio-campaign.min.js`, 'utf8');
    const requests: string[] = [];
    const inner = `<script src='/library.js'></script><qualifio-campaign campaign-id='123456'
      channel-id='B7FDCFDA-C477-C4BA-3C54-728AD8594DE6' host='evil.example' auth-endpoint='/token'
      prefetch-token></qualifio-campaign>`;
    await page.route('**', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') {
        const body = `<!doctype html><iframe title="A lure" srcdoc="${inner}"></iframe>`;
        return route.fulfill({ contentType: 'text/html', body });
      }
      if (pathname === '/library.js') {
        return route.fulfill({ contentType: 'text/javascript', body: library });
      }
      requests.push(route.request().url());
      return route.abort();
    });
    await page.goto('https://www.publisher.example/');
    const element = page.frameLocator('iframe').locator('qualifio-campaign:state(error)');
    const message = await element.evaluate(
      ({ error }: HTMLElementTagNameMap['qualifio-campaign']) => String(error?.message),
    );
    assert.match(message, /^The page must be a document with a URL, not srcdoc/);
    assert.deepEqual(requests, []);
  } finally {
    await browser.close();
  }
});
