import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { documentedErrors, handWrittenExchange, vendorTag } from '../support/publisher-site.js';
import { SimulatorStage, atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

let stage: SimulatorStage;
before(async () => {
  stage = await SimulatorStage.set();
});
after(() => stage.strike());

const complete = [
  'to-page requestParticipantAction',
  'to-frame requestParticipantAction',
  'to-page isLoggedIn',
  'to-frame userInfo',
];

/** Plays from welcome to exit. */
async function playOut(page: Page, number = '123456'): Promise<void> {
  const campaign = campaignOf(page, number);
  await playToForm(campaign);
  await campaign.getByRole('button', { name: 'Continue' }).click();
  await campaign.getByRole('button', { name: 'Take part' }).click();
  await atStep(campaign, 'exit');
}

describe('a page without our element that uses the vendor’s documented calls', () => {
  const exchange = () => handWrittenExchange(stage.host);

  const pages: Record<string, () => string> = {
    'plays with the tag of a campaign feed': () =>
      vendorTag(stage.host) + exchange() + documentedErrors,
    'plays with the tag of a live site, whose kit comes from another host': () =>
      liveSiteTag(stage.host) + exchange() + documentedErrors,
    'plays once, with the tag pasted twice': () =>
      vendorTag(stage.host) + vendorTag(stage.host) + exchange(),
    'plays with a kit that is already on the page': () =>
      `<script src="//${stage.host}/kit/qualp.2.min.js"></script>${vendorTag(stage.host)}${exchange()}`,
    'plays with callbacks registered before the tag': () =>
      `<script>window._qual_async = [];</script>${exchange()}${vendorTag(stage.host)}`,
  };
  for (const [what, html] of Object.entries(pages)) {
    it(what, async () => {
      const page = await stage.open(html());
      await playOut(page);
      assert.deepEqual(stage.messages(), complete);
      assert.deepEqual(await page.evaluate('calls'), ['isLoggedIn']);
      assert.equal(await page.locator('iframe').count(), 1);
    });
  }

  it('works with callbacks that are registered while the campaign runs', async () => {
    const page = await stage.open(vendorTag(stage.host));
    await campaignOf(page).getByRole('button', { name: 'Start' }).waitFor();
    const [script] = /(?<=<script>)[^]*(?=<\/script>)/.exec(exchange()) ?? assert.fail();
    await page.evaluate(script);
    await playOut(page);
    assert.deepEqual(stage.messages(), complete);
  });

  it('runs two campaigns, each with its own callbacks', async () => {
    const own = (number: string) => `<script>
      (window.asked ??= []);
      _qual_async.push(['registerChildMessageCallback', 'isLoggedIn', async function (data) {
        if (data.divId !== 'qualifio_insert_place_${number}') return;
        asked.push('${number}');
        const answer = await fetch('//${stage.host}/token?campaignId=${number}');
        _qual_async.push(['sendChildMessage', data.divId, 'userInfo', (await answer.json()).token]);
      }]);
      _qual_async.push(['registerChildMessageCallback', 'requestParticipantAction', function (data) {
        if (data.divId !== 'qualifio_insert_place_${number}') return;
        _qual_async.push(['sendChildMessage', data.divId, 'requestParticipantAction', true]);
      }]);
    </script>`;
    const tagged = (number: string) => vendorTag(stage.host, { number }) + own(number);
    const page = await stage.open(tagged('31') + tagged('32'));
    await playOut(page, '32');
    await playOut(page, '31');
    assert.deepEqual(stage.messages(), [...complete, ...complete]);
    assert.deepEqual(await page.evaluate('asked'), ['32', '31']);
  });
});

/** A JS tag like those on live sites: with line breaks, and the kit on a separate host. */
function liveSiteTag(host: string): string {
  const { port } = new URL(`http://${host}`);
  return `<div id="qualifio_insert_place_123456"></div>
<script>
(function (b, o, n, u, s) {
  var a, t;
  a = b.createElement(u);
  a.async = 1;
  a.src = s;
  t = b.getElementsByTagName(u)[0];
  t.parentNode.insertBefore(a, t);
  o[n] = o[n] || [];
})(
  document,
  window,
  "_qual_async",
  "script",
  "http://files.qualifio.localhost:${port}/kit/qualp.2.min.js"
);

window._qual_async = window._qual_async || [];
window._qual_async.push([
  "createIframe",
  "qualifio_insert_place_123456",
  "${host}",
  "20",
  "10489ED4-E1F3-4A60-9F49-2AFE06C13BAE",
  "100%",
  "670",
  "",
  "",
  "",
  "max-width:810px;margin:0 auto;",
]);
</script>`;
}
