// A page that Chromium prerenders because of speculation rules, and that is visited after the
// campaign's deadlines. No debugger is attached to the browser: the pages report to the server. A
// headless shell does not prerender, so this needs a full Chromium, on the PATH or as CHROME_PATH.
// For other browsers, see test/element/prerendering.test.ts. Run `npm run build` first.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { assertBuilt, repository } from '../support/installed-package.js';

assertBuilt();
const finder = pathToFileURL(resolve('scripts/find-browser.mjs')).href;
const { findWholeChromium } = (await import(finder)) as { findWholeChromium(): string | undefined };

const front = `<!doctype html><title>Front page</title>
  <script type="speculationrules">{"prerender": [{"urls": ["/article"], "eagerness": "immediate"}]}</script>
  <script>fetch('/go').then(() => location.assign('/article'));</script>`;

const article = (port: number): string => `<!doctype html><title>Article</title>
  <script>
    let asked = Promise.resolve();
    const say = (what) => (asked = asked.then(() => fetch('/say?' + what)));
    say(document.prerendering ? 'prerendering' : 'visited at once');
    document.addEventListener('prerenderingchange', () => say('visited'));
  </script>
  <script src="/element.js" data-kit-url="/kit.js"></script>
  <qualifio-campaign campaign-id="123456" channel-id="B7FDCFDA-C477-C4BA-3C54-728AD8594DE6"
    host="127.0.0.1:${port}" kit-timeout="2000"></qualifio-campaign>
  <script>
    const campaign = document.querySelector('qualifio-campaign');
    campaign.addEventListener('qualifio-status-change', ({ status }) => say(status));
    setTimeout(() => say('dwelt, ' + campaign.status), 2500);
  </script>`;

const kit = `const push = ([action, div, host]) => {
    if (action !== 'createIframe') return;
    const frame = document.createElement('iframe');
    frame.src = '//' + host + '/frame';
    document.getElementById(div).append(frame);
  };
  _qual_async.forEach(push);
  _qual_async = { push };
  fetch('/say?kit');`;

const chromium = findWholeChromium();
const browsers = chromium ? [chromium] : [];

describe('a prerendered page', () => {
  const ends: (() => unknown)[] = [];
  after(() => Promise.all(ends.map((end) => end())));

  for (const executable of browsers) {
    it('sends no request and starts no deadline before it is visited', async () => {
      const said: string[] = [];
      let onReady: () => void;
      const ready = new Promise<void>((done) => (onReady = done));
      let go: () => void;
      const hasDwelt = new Promise<void>((done) => (go = done));
      const element = await readFile(join(repository, 'dist/qualifio-campaign.min.js'));
      const server = createServer((request, response) => {
        const [path, query = ''] = (request.url ?? '').split('?');
        const isScript = path?.endsWith('.js');
        response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
        if (path === '/say') {
          const what = decodeURIComponent(query);
          said.push(what);
          if (what.startsWith('dwelt')) go();
          if (what === 'ready' || what === 'error') onReady();
        }
        if (path === '/go') void hasDwelt.then(() => response.end());
        else if (path === '/element.js') response.end(element);
        else if (path === '/kit.js') response.end(kit);
        else if (path === '/article') response.end(article(port));
        else response.end(path === '/' ? front : '');
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      const profile = await mkdtemp(join(tmpdir(), 'qualifio-campaign-'));
      const browser = spawn(
        executable,
        [
          ...['--headless', `--user-data-dir=${profile}`, '--disable-gpu', '--no-first-run'],
          ...['--remote-debugging-port=0', '--disable-background-networking', '--disable-sync'],
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
          `http://127.0.0.1:${port}/`,
        ],
        { stdio: 'ignore' },
      );
      ends.push(async () => {
        browser.kill();
        await once(browser, 'exit');
        server.closeAllConnections();
        server.close();
        await rm(profile, { recursive: true, force: true });
      });
      await ready;
      const visit = ['visited', 'loading', 'kit', 'ready'];
      assert.deepEqual(said, ['prerendering', 'dwelt, idle', ...visit]);
    });
  }
});
