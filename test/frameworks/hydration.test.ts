// A server-rendered page, which its framework hydrates while the campaign starts or plays. Run
// `npm run build` first.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { transformAsync } from '@babel/core';
import { build, type Platform, type Plugin } from 'esbuild';
import type { ConsoleMessage } from 'playwright-core';
import { compile } from 'svelte/compiler';
import { repository } from '../support/installed-package.js';
import { atStep, campaignOf, playToForm, SimulatorStage } from '../support/simulator-stage.js';

/** Each hydrates `root`, which contains a `main` with the element, its `attributes` and a child. */
const hydrations: Record<string, string> = {
  React: `
    import { createElement as h } from 'react';
    import { hydrateRoot } from 'react-dom/client';
    const child = hasChild ? h('form', { slot: 'login' }, 'Log in here') : null;
    hydrateRoot(root, h('main', null, h('qualifio-campaign', attributes, child)));`,
  Vue: `
    import { createSSRApp, h } from 'vue';
    const children = hasChild ? [h('form', { slot: 'login' }, 'Log in here')] : [];
    createSSRApp({ render: () => h('main', [h('qualifio-campaign', attributes, children)]) }).mount(root);`,
  Preact: `
    import { h, hydrate } from 'preact';
    const child = hasChild ? h('form', { slot: 'login' }, 'Log in here') : null;
    hydrate(h('main', null, h('qualifio-campaign', attributes, child)), root);`,
  Svelte: `
    import { hydrate } from 'svelte';
    import App from './App.svelte';
    hydrate(App, { target: root, props: { attributes, hasChild } });`,
  Solid: `
    import { hydrate } from 'solid-js/web';
    import { App } from './App.jsx';
    hydrate(() => <App attributes={attributes} hasChild={hasChild} />, root);`,
};

/** Compiled templates walk through nodes that only their own server code renders. */
const servers: Record<string, string> = {
  Svelte: `
    import { render } from 'svelte/server';
    import App from './App.svelte';
    export default () => render(App, { props: { attributes, hasChild } }).body;`,
  Solid: `
    import { generateHydrationScript, renderToString } from 'solid-js/web';
    import { App } from './App.jsx';
    export default () =>
      generateHydrationScript() + renderToString(() => <App attributes={attributes} hasChild={hasChild} />);`,
};

/** @param attributes as they are in the server's HTML. @returns an IIFE, or with `node` a module. */
async function bundle(
  contents: string,
  platform: Platform,
  attributes: object,
  hasChild: boolean,
): Promise<string> {
  const generate = platform === 'node' ? 'server' : 'client';
  const compiler: Plugin = {
    name: 'compiler',
    setup({ onLoad }) {
      onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        return { contents: compile(source, { generate, dev: true, filename: path }).js.code };
      });
      onLoad({ filter: /\.jsx$/ }, async ({ path }) => ({
        contents: await compileSolid(await readFile(path, 'utf8')),
      }));
    },
  };
  const compileSolid = async (source: string): Promise<string> => {
    const options = { generate: platform === 'node' ? 'ssr' : 'dom', hydratable: true };
    const compiled = await transformAsync(source, {
      presets: [['solid', options]],
      configFile: false,
    });
    return compiled!.code!;
  };
  const { outputFiles } = await build({
    stdin: {
      contents: contents.includes('solid-js') ? await compileSolid(contents) : contents,
      resolveDir: join(repository, 'test/frameworks/hydrated'),
    },
    plugins: [compiler],
    bundle: true,
    write: false,
    platform,
    format: platform === 'node' ? 'esm' : 'iife',
    conditions: ['development'],
    define: {
      'process.env.NODE_ENV': '"development"',
      attributes: JSON.stringify(attributes),
      hasChild: String(hasChild),
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
    },
  });
  return outputFiles[0]!.text;
}

async function markup(framework: string, attributes: object, hasChild: boolean): Promise<string> {
  const server = servers[framework];
  if (server) {
    const code = await bundle(server, 'node', attributes, hasChild);
    // Not a data: URL: c8 reads the source maps of files alone.
    const folder = await mkdtemp(join(tmpdir(), 'hydrated-'));
    const path = join(folder, 'server.mjs');
    await writeFile(path, code);
    const module = (await import(pathToFileURL(path).href)) as { default: () => string };
    await rm(folder, { recursive: true });
    return module.default();
  }
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
  const child = hasChild ? '<form slot="login">Log in here</form>' : '';
  return `<main><qualifio-campaign ${written.join(' ')}>${child}</qualifio-campaign></main>`;
}

describe('a page that a server rendered keeps its element, with one campaign and no warning', () => {
  let stage: SimulatorStage;
  let library: string;
  before(async () => {
    stage = await SimulatorStage.set();
    library = await readFile(`${repository}/dist/qualifio-campaign.min.js`, 'utf8');
  });
  after(() => stage?.strike());

  for (const [framework, contents] of Object.entries(hydrations)) {
    for (const hasChild of [false, true]) {
      for (const isLate of [false, true]) {
        const moment = isLate ? 'after the frame has loaded' : 'while the campaign starts';
        it(`when ${framework} hydrates ${moment}, ${hasChild ? 'a' : 'no'} child in the element`, async () => {
          const attributes = {
            'campaign-id': '123456',
            'channel-id': 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6',
            host: stage.host,
            'auth-endpoint': '/qualifio/token',
            'pre-login': 'never',
          };
          const rendering = await markup(framework, attributes, hasChild);
          const page = await stage.open(`<div id="root">${rendering}</div>`);
          const complaints: string[] = [];
          const onConsole = (message: ConsoleMessage): void => {
            if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
          };
          const onError = ({ message }: Error): void => void complaints.push(message);
          page.on('console', onConsole).on('pageerror', onError);
          await page.route('**/qualifio/token?*', async (route) => {
            const answer = await fetch(`${stage.simulator.url}/token?campaignId=123456`);
            await route.fulfill({ body: await answer.text(), contentType: 'application/json' });
          });
          const rendered = (await page.$('qualifio-campaign'))!;
          const hydrate = `root = document.getElementById('root');
            ${await bundle(contents, 'browser', attributes, hasChild)}`;
          await page.evaluate(
            ([source, url]) => {
              const script = document.createElement('script');
              script.dataset.kitUrl = url;
              script.textContent = source!;
              document.head.append(script);
            },
            [library + (isLate ? '' : hydrate), `http://${stage.host}/kit/qualp.2.min.js`],
          );
          const campaign = campaignOf(page);
          await campaign.getByRole('button', { name: 'Start' }).waitFor();
          if (isLate) await page.addScriptTag({ content: hydrate });
          await playToForm(campaign);
          await atStep(campaign, 'form');
          page.off('console', onConsole).off('pageerror', onError);

          assert.deepEqual(complaints, []);
          assert.equal(await page.locator('iframe').count(), 1);
          assert.ok(await rendered.evaluate((element) => element.isConnected));
          const getter = await page.evaluate(() =>
            String(Object.getOwnPropertyDescriptor(Node.prototype, 'firstChild')?.get),
          );
          assert.equal(/native code/.test(getter), framework !== 'Svelte');
          assert.deepEqual(
            stage.messages().filter((message) => message.startsWith('to-page')),
            ['to-page requestParticipantAction', 'to-page isLoggedIn'],
          );
        });
      }
    }
  }
});
