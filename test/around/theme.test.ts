import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Reader } from '../support/around/reader.js';
import { recipe } from '../support/around/recipes.js';

let reader: Reader;
before(async () => void (reader = await Reader.arrive()));
after(() => reader.leave());

const link = (path: string): string => `<link rel="stylesheet" href="/lib/${path}">`;
const themes: Readonly<Record<string, string>> = {
  Bootstrap: link('bootstrap/dist/css/bootstrap.min.css'),
  'Tailwind’s Preflight': link('tailwindcss/preflight.css'),
  // The rules of WordPress's own themes and blocks.
  'a WordPress theme': `<style>
    .entry-content > * { max-width: 300px; margin-left: auto; margin-right: auto; }
    .entry-content iframe { max-width: 100%; height: auto; }
    .wp-embed-responsive iframe { width: 100%; height: 100%; }
  </style>`,
};

describe('the recipe for theme CSS', () => {
  for (const [name, css] of Object.entries(themes)) {
    it(`keeps the campaign's size, without a layout shift, under ${name}`, async () => {
      reader.publisher.page(
        '/',
        `<head>${css}<style>${recipe('theme.css')}</style></head>
        <body class="wp-embed-responsive" style="width: 700px; margin: 0"><main class="entry-content">
          <qualifio-campaign height="1200" campaign-id="123456" auth-endpoint="/qualifio/token"></qualifio-campaign>
          <p id="below">Below</p>
        </main>`,
      );
      const page = await reader.visit('/');
      const below = (): Promise<number> =>
        page.evaluate(() => document.querySelector('#below')!.getBoundingClientRect().top);
      const before = await below();
      await page.addScriptTag({ url: '/js/qualifio-campaign.min.js' });
      await reader.begin();
      assert.equal(await below(), before);
      const box = await page.locator('iframe.qualifio_iframe_tag').boundingBox();
      assert.deepEqual([box?.width, box?.height], [700, 1200]);
      assert.deepEqual(reader.problems, []);
    });
  }
});
