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

/** The pages of `hydrated/`: each exports `hydratePage()`, and `renderPage()` for its server. */
const pages: Readonly<Record<string, { browser: string; server?: string; isClientOnly?: true }>> = {
  'React hydrates': { browser: 'react.js' },
  'Vue hydrates': { browser: 'vue.js' },
  'Preact hydrates': { browser: 'preact.js' },
  // Compiled templates walk through nodes that only their own server code renders.
  'Svelte hydrates': { browser: 'svelte.js', server: 'svelte-server.js' },
  'Svelte hydrates a second root': { browser: 'svelte-roots.js', server: 'svelte-server.js' },
  'Solid hydrates': { browser: 'solid.jsx', server: 'solid-server.jsx' },
  'Solid renders without a server': { browser: 'solid-client.jsx', isClientOnly: true },
};

type Part = 'library' | 'page' | 'hydration';

/** The scripts of each moment. */
const moments: Readonly<Record<string, readonly (readonly Part[])[]>> = {
  'before the library is defined': [['page', 'hydration'], ['library']],
  'while the campaign starts': [['library', 'page', 'hydration']],
  'after the frame has loaded': [['library', 'page'], ['hydration']],
};

interface PageProps {
  /** As they are in the server's HTML. */
  attributes: Readonly<Record<string, string>>;
  hasChild: boolean;
}

/** @returns a script that sets `page`, or with `node` a module. */
async function bundle(entry: string, platform: Platform): Promise<string> {
  const generate = platform === 'node' ? 'server' : 'client';
  const compiler: Plugin = {
    name: 'compiler',
    setup({ onLoad }) {
      onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        return { contents: compile(source, { generate, dev: true, filename: path }).js.code };
      });
      onLoad({ filter: /\.jsx$/ }, async ({ path }) => {
        const options = { generate: platform === 'node' ? 'ssr' : 'dom', hydratable: true };
        const compiled = await transformAsync(await readFile(path, 'utf8'), {
          presets: [['solid', options]],
          configFile: false,
        });
        return { contents: compiled!.code! };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [join(repository, 'test/frameworks/hydrated', entry)],
    plugins: [compiler],
    bundle: true,
    write: false,
    platform,
    ...(platform === 'node' ? { format: 'esm' } : { format: 'iife', globalName: 'page' }),
    conditions: ['development'],
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
    },
  });
  return outputFiles[0]!.text;
}

async function markup(server: string | undefined, props: PageProps): Promise<string> {
  if (server) {
    // Not a data: URL: c8 reads the source maps of files alone.
    const folder = await mkdtemp(join(tmpdir(), 'hydrated-'));
    const path = join(folder, 'server.mjs');
    await writeFile(path, await bundle(server, 'node'));
    const { renderPage } = (await import(pathToFileURL(path).href)) as {
      renderPage: (props: PageProps) => string;
    };
    await rm(folder, { recursive: true });
    return renderPage(props);
  }
  const written = Object.entries(props.attributes).map(([name, value]) => `${name}="${value}"`);
  const child = props.hasChild ? '<form slot="login">Log in here</form>' : '';
  return `<main><qualifio-campaign ${written.join(' ')}>${child}</qualifio-campaign></main>`;
}

describe('a framework keeps the element, its one campaign and a quiet console', () => {
  let stage: SimulatorStage;
  let library: string;
  before(async () => {
    stage = await SimulatorStage.set();
    library = await readFile(`${repository}/dist/qualifio-campaign.min.js`, 'utf8');
  });
  after(() => stage?.strike());

  for (const [what, { browser, server, isClientOnly }] of Object.entries(pages)) {
    for (const hasChild of [false, true]) {
      for (const [moment, scripts] of Object.entries(moments)) {
        // Without a server, there is no campaign before.
        if (isClientOnly && scripts.at(-1)!.join() === 'hydration') continue;
        it(`if ${what} ${moment}, with ${hasChild ? 'a' : 'no'} child that changes`, async () => {
          const attributes = {
            'campaign-id': '123456',
            'channel-id': 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6',
            host: stage.host,
            'auth-endpoint': '/qualifio/token',
            'pre-login': 'never',
          };
          const props = { attributes, hasChild };
          const rendering = isClientOnly ? '' : await markup(server, props);
          const page = await stage.open(`<div id="root">${rendering}</div>`);
          const complaints: string[] = [];
          const onConsole = (message: ConsoleMessage): void => {
            if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
          };
          const onError = ({ message }: Error): void => void complaints.push(message);
          let frames = 0;
          const onFrame = (): void => void frames++;
          page.on('console', onConsole).on('pageerror', onError).on('frameattached', onFrame);
          await page.route('**/qualifio/token?*', async (route) => {
            const answer = await fetch(`${stage.simulator.url}/token?campaignId=123456`);
            await route.fulfill({ body: await answer.text(), contentType: 'application/json' });
          });
          const rendered = await page.$('qualifio-campaign');
          const parts: Record<Part, string> = {
            library,
            page: await bundle(browser, 'browser'),
            hydration: `page.hydratePage(document.getElementById('root'), ${JSON.stringify(props)});`,
          };
          const campaign = campaignOf(page);
          for (const script of scripts) {
            await page.evaluate(
              ([source, url]) => {
                const script = document.createElement('script');
                script.dataset.kitUrl = url;
                script.textContent = source!;
                document.head.append(script);
              },
              [
                script.map((part) => parts[part]).join('\n'),
                `http://${stage.host}/kit/qualp.2.min.js`,
              ],
            );
            if (script.includes('hydration')) {
              await page.waitForFunction(() => 'showChild' in globalThis);
            }
            if (script.includes('library')) {
              await campaign.getByRole('button', { name: 'Start' }).waitFor();
            }
          }
          await playToForm(campaign);
          await atStep(campaign, 'form');
          for (const isShown of [!hasChild, hasChild]) {
            await page.evaluate((value) => {
              (globalThis as unknown as { showChild(value: boolean): void }).showChild(value);
            }, isShown);
            const child = page.locator('qualifio-campaign > form');
            await child.waitFor({ state: isShown ? 'attached' : 'detached' });
          }
          page.off('console', onConsole).off('pageerror', onError).off('frameattached', onFrame);

          assert.deepEqual(complaints, []);
          assert.deepEqual([frames, await page.locator('iframe').count()], [1, 1]);
          if (rendered) assert.ok(await rendered.evaluate((element) => element.isConnected));
          const getter = await page.evaluate(() =>
            String(Object.getOwnPropertyDescriptor(Node.prototype, 'firstChild')?.get),
          );
          assert.equal(/native code/.test(getter), !what.startsWith('Svelte'));
          assert.deepEqual(
            stage.messages().filter((message) => message.startsWith('to-page')),
            ['to-page requestParticipantAction', 'to-page isLoggedIn'],
          );
        });
      }
    }
  }
});
