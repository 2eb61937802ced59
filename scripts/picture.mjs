// Writes docs/images/campaign.png, the picture in README.md: the demo's campaign that asks for a
// login, and the form that it shows afterwards. Needs a build.
import process from 'node:process';
import { chromium } from 'playwright-core';
import { startDemo } from '../demo/app.js';
import { findBrowser } from './find-browser.mjs';

const demo = await startDemo({ port: 0, campaignPort: 0 });
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage({ viewport: { width: 480, height: 900 } });
  await page.goto(`${demo.url}/attributes`);
  const element = page.locator('qualifio-campaign');
  const campaign = page.frameLocator('iframe.qualifio_iframe_tag');
  const picture = () => element.screenshot({ animations: 'disabled' });

  const press = (name) => campaign.getByRole('button', { name }).click();
  await press('Start');
  await press('A newspaper');
  await press('Continue');
  await element.getByRole('link').waitFor();
  const before = await picture();

  await page.goto(`${demo.url}/login?return_to=/attributes`);
  await page.getByLabel('E-mail').fill('anna@example.com');
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await press('Start');
  await press('A newspaper');
  await press('Continue');
  await campaign.locator('form').waitFor();
  const after = await picture();

  const images = [before, after].map(
    (image) => `<img src="data:image/png;base64,${image.toString('base64')}">`,
  );
  const sheet = await browser.newPage({ viewport: { width: 944, height: 620 } });
  await sheet.setContent(
    `<style>
      body { margin: 0; padding: 20px; display: flex; gap: 20px; background: #f4f4f6 }
      img { width: 442px; height: 580px; object-fit: none; object-position: top; box-shadow: 0 1px 6px #0003 }
    </style>${images.join('')}`,
  );
  await sheet.screenshot({ path: 'docs/images/campaign.png' });
} finally {
  await browser.close();
  await demo.close();
}
