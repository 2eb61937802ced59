import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { InstalledPackage } from '../support/installed-package.js';
import { atStep, campaignOf, playToForm, SimulatorStage } from '../support/simulator-stage.js';

declare const told: string[];

let project: InstalledPackage;
let stage: SimulatorStage;
before(async () => {
  project = await InstalledPackage.create();
  await project.link('react', 'react-dom', 'scheduler');
  await project.copy('test/frameworks/react-app');
  stage = await SimulatorStage.set();
});
after(async () => {
  await stage?.strike();
  await project?.remove();
});

// @holds F51
test('one campaign runs in React’s StrictMode, which mounts everything twice', async () => {
  const bundle = await build({
    entryPoints: [join(project.folder, 'strict.js')],
    bundle: true,
    write: false,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"development"' },
  });
  const script = bundle.outputFiles[0]!.text.replaceAll('</script', '<\\/script');
  const { host } = stage;
  const data = {
    'campaign-id': '123456',
    'channel-id': 'B7FDCFDA-C477-C4BA-3C54-728AD8594DE6',
    host,
    token: `http://${host}/token?campaignId=123456`,
    'kit-url': `http://${host}/kit/qualp.2.min.js`,
  };
  const attributes = Object.entries(data).map(([name, value]) => `data-${name}="${value}"`);
  const page = await stage.open(
    `<div id="root" ${attributes.join(' ')}></div><script>${script}</script>`,
  );
  const campaign = campaignOf(page);
  await playToForm(campaign);
  await atStep(campaign, 'form');
  assert.deepEqual(await page.evaluate(() => told), ['ready', 'token-sent']);
  assert.equal(await page.locator('iframe').count(), 1);
  assert.equal(await page.locator('script[src*="/kit/"]').count(), 1);
  assert.deepEqual(
    stage.messages().filter((message) => message.startsWith('to-page')),
    ['to-page requestParticipantAction', 'to-page isLoggedIn'],
  );
});
