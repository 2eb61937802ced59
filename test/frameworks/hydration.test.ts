// A server-rendered page, which its framework hydrates while the campaign starts or plays. Run
// `npm run build` first.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { build } from 'esbuild';
import type { ConsoleMessage } from 'playwright-core';
import { repository } from '../support/installed-package.js';
import { atStep, campaignOf, playToForm, SimulatorStage } from '../support/simulator-stage.js';

/** Each hydrates `root`, which contains a `main` with the element, its `attributes` and a child. */
const hydrations = {
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
};

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
          const { outputFiles } = await build({
            stdin: { contents, resolveDir: repository },
            bundle: true,
            write: false,
            define: {
              'process.env.NODE_ENV': '"development"',
              hasChild: String(hasChild),
              __VUE_OPTIONS_API__: 'true',
              __VUE_PROD_DEVTOOLS__: 'false',
              __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
            },
          });
          const attributes = {
            'campaign-id': '123456',
            'channel-id': 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6',
            host: stage.host,
            'auth-endpoint': '/qualifio/token',
            'pre-login': 'never',
          };
          const markup = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
          const child = hasChild ? '<form slot="login">Log in here</form>' : '';
          const page = await stage.open(
            `<div id="root"><main><qualifio-campaign ${markup.join(' ')}>${child}</qualifio-campaign></main></div>`,
          );
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
          const hydrate = `Object.assign(window, { attributes: ${JSON.stringify(attributes)}, root: document.getElementById('root') });
            ${outputFiles[0]!.text}`;
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
          assert.deepEqual(
            stage.messages().filter((message) => message.startsWith('to-page')),
            ['to-page requestParticipantAction', 'to-page isLoggedIn'],
          );
        });
      }
    }
  }
});
