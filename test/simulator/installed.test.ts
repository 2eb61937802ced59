// The simulator as users install it: the packed package in an empty project, with its command, its
// first page and the examples of its documentation. Run `npm run build` first.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { findBrowser } from '../../scripts/find-browser.mjs';
import { launchChromium } from '../support/chromium.js';
import { Command } from '../support/command.js';
import { DocsExamples } from '../support/docs-examples.js';
import { InstalledPackage } from '../support/installed-package.js';
import { publisherSite, type PublisherSite } from '../support/publisher-site.js';
import { atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

const examples = await DocsExamples.of('simulator');

describe('docs/simulator.md', () => {
  it('contains every example exactly as in its file', () => examples.assertShown());

  it('has examples that compile under the strictest settings of this repository', () => {
    assert.equal(examples.problems(), '');
  });
});

describe('the simulator of the packed package, in an empty project,', () => {
  let project: InstalledPackage;
  before(async () => {
    project = await InstalledPackage.create();
  });
  after(() => project.remove());

  describe('started with its command', () => {
    let browser: Browser;
    let page: Page;
    let site: PublisherSite;
    let command: Command;
    let url: string;
    before(async () => {
      site = await publisherSite();
      browser = await launchChromium();
      page = await browser.newPage({ reducedMotion: 'reduce' });
      command = new Command(
        await project.command('qualifio-simulator'),
        ['--port', '0'],
        project.folder,
      );
      url = await command.printed(/listening on (\S+)\n/);
    });
    after(async () => {
      await browser.close();
      site.close();
      assert.equal((await command.end('SIGINT')).code, 0);
    });

    async function playOut(): Promise<void> {
      const campaign = campaignOf(page);
      await playToForm(campaign);
      await campaign.getByRole('button', { name: 'Continue' }).click();
      await campaign.getByRole('button', { name: 'Take part' }).click();
      await atStep(campaign, 'exit');
    }

    it('prints its URL, and its first page can be played to the exit', async () => {
      await command.printed(/open this URL to play/);
      await page.goto(url);
      await playOut();
      const left = await command.printed(
        /to-frame userInfo .* JWS ES256 kid throw-away-\S+ (\d+) s left\n/,
      );
      assert.ok(Math.abs(Number(left) - 300) < 30, left);
    });

    it('has a first page whose tag, copied into another page, can be played to the exit', async () => {
      await page.goto(url);
      const tag = await page.getByLabel('With the vendor’s tag', { exact: true }).textContent();
      site.serve(`<!doctype html><title>Publisher</title><body>${tag}`);
      await page.goto(site.url);
      await playOut();
    });

    it('has a first page whose element, copied into another page, can be played to the exit', async () => {
      await page.goto(url);
      const tag = await page.getByLabel('With <qualifio-campaign>', { exact: true }).textContent();
      const file = join(
        project.folder,
        'node_modules/qualifio-campaign/dist/qualifio-campaign.min.js',
      );
      const script = await readFile(file, 'utf8');
      await page.route('**/js/qualifio-campaign.min.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: script }),
      );
      site.serve(`<!doctype html><html lang="en"><title>Publisher</title><body>${tag}`);
      await page.goto(site.url);
      await playOut();
    });

    it('has a first page that fits 320 px and does not break words in buttons', async () => {
      const size = page.viewportSize()!;
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(url);
      const { wide, lines } = (await page.evaluate(`({
        wide: document.documentElement.scrollWidth,
        lines: [...document.querySelectorAll('[data-copy]')].map((button) => {
          const text = document.createRange();
          text.selectNodeContents(button);
          return text.getClientRects().length;
        }),
      })`)) as { wide: number; lines: number[] };
      assert.deepEqual([wide, lines], [320, [1, 1]]);
      await page.setViewportSize(size);
    });

    it('has a first page with working copy buttons and fault links', async () => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
      await page.goto(url);
      await page.getByRole('button', { name: 'Copy: With <qualifio-campaign>' }).click();
      await page.getByText('Copied').waitFor();
      const copied = await page.evaluate('navigator.clipboard.readText()');
      assert.match(String(copied), /^<script defer [^]+<\/qualifio-campaign>$/);

      await page.getByRole('link', { name: 'the token is too old' }).click();
      await playToForm(campaignOf(page));
      await campaignOf(page).getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('alert').getByText('Not accepted: TOKEN_EXPIRED').waitFor();
      await page.getByRole('link', { name: 'without faults' }).click();
      await page.waitForURL(`${url}/`);
      assert.equal((await fetch(`${url}/?kit=gone`)).status, 400);
    });
  });

  describe('used as in its documentation', () => {
    before(async () => {
      await project.link('playwright-core', '@playwright/test', 'hono', '@hono/node-server');
      await examples.writeTo(project.folder);
    });

    const run = async (args: readonly string[]): Promise<string> => {
      // This process's own test runner has set a variable that would change what that one prints.
      const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
      const env = { ...inherited, CHROME_PATH: findBrowser(), PORT: '0' };
      const options = { cwd: project.folder, env };
      return (await promisify(execFile)(process.execPath, args, options)).stdout;
    };

    it('works in a publisher’s tests', async () => {
      const printed = await run(['--test', '--test-reporter=spec', 'campaign.test.js']);
      assert.match(printed, /^ℹ pass 4$/m);
      assert.match(printed, /^ℹ fail 0$/m);
    });

    it('works in Playwright’s test runner', async () => {
      // Adds the browser of this machine to the documented configuration.
      const config = `
        import config from './playwright.config.js';
        const launchOptions = { executablePath: process.env.CHROME_PATH };
        export default { ...config, use: { ...config.use, launchOptions } };`;
      await writeFile(join(project.folder, 'here.config.js'), config);
      const start = `
        const { startSite } = await import('./site.js');
        const { spawn } = await import('node:child_process');
        const site = await startSite();
        const command = ['node_modules/@playwright/test/cli.js', 'test', '-c', 'here.config.js'];
        const options = { stdio: 'inherit', env: { ...process.env, SITE_URL: site.url } };
        spawn(process.execPath, command, options).on('exit', (code) => {
          site.close();
          process.exitCode = code;
        });`;
      const printed = await run(['--input-type=module', '-e', start]);
      assert.match(printed, /^ +4 passed /m);
    });

    it('works in a publisher’s own server', async () => {
      const ask = `
        const { server, simulator } = await import('./in-your-server.js');
        await new Promise((resolve) => server.listening ? resolve() : server.on('listening', resolve));
        const { port } = server.address();
        const answers = ['/kit/qualp.2.min.js', '/mail/outbox', '/transcript'].map(async (path) => {
          const response = await fetch('http://localhost:' + port + path);
          return response.status + ' ' + response.headers.get('Content-Type').split(';')[0];
        });
        console.log(JSON.stringify(await Promise.all(answers)), simulator.transcript.length);
        server.close();
        server.closeAllConnections();`;
      const printed = await run(['--input-type=module', '-e', ask]);
      const json = '"200 application/json"';
      assert.equal(printed, `["200 text/javascript",${json},${json}] 0\n`);
    });
  });
});
