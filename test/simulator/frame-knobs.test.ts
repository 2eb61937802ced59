import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { handWrittenExchange, vendorTag } from '../support/publisher-site.js';
import { SimulatorStage, atStep, campaignOf, playToForm } from '../support/simulator-stage.js';

let stage: SimulatorStage;
before(async () => {
  stage = await SimulatorStage.set();
});
after(() => stage.strike());

const open = (query: string) =>
  stage.open(
    vendorTag(stage.host, { query }) + handWrittenExchange(stage.host, { preLogin: 'false' }),
  );

describe('a frame knob in the kit URL reaches the frame:', () => {
  it('error answers every token with that code', async () => {
    const page = await open('?error=TOKEN_DECRYPTION_FAILED');
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'blocked');
    await page.waitForFunction("calls.some((call) => call.endsWith('TOKEN_DECRYPTION_FAILED'))");
  });

  it('error-nth does not affect the tokens before and after', async () => {
    const page = await open('?error=TOKEN_EXPIRED&error-nth=1');
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'blocked');
    await page.evaluate(`fetch('//${stage.host}/token?campaignId=123456')
      .then((response) => response.json())
      .then(({ token }) => _qual_async.push(['sendChildMessage', 'qualifio_insert_place_123456', 'userInfo', token]))`);
    await atStep(campaignOf(page), 'form');
  });

  it('error-nth keeps counting when the form reloads and when the frame plays again', async () => {
    const page = await open('?error=TOKEN_EXPIRED&error-nth=2&submit=auto');
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'exit');
    await campaignOf(page).locator('#again').click();
    await atStep(campaignOf(page), 'welcome');
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'blocked');
    const form = page.frames().find((frame) => frame.url().includes('/form/')) ?? assert.fail();
    await form.evaluate('location.reload()');
    await atStep(campaignOf(page), 'exit');
    // Another page has another frame, with its own count.
    await page.reload();
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'exit');
  });

  it('clock makes a valid token expire', async () => {
    const page = await open('?clock=3600');
    await playToForm(campaignOf(page));
    await page.waitForFunction("calls.some((call) => call.endsWith('TOKEN_EXPIRED'))");
  });
});

describe('a campaign that has ended', () => {
  const words = [
    ['finished', 'en', 'The campaign is now finished.'],
    ['finished', 'fr', 'La campagne est maintenant terminée.'],
    ['unavailable', 'en', 'Sorry, this campaign is no longer available'],
    ['unavailable', 'fr', 'Désolé, cette campagne n’est plus disponible'],
  ] as const;
  for (const [campaign, locale, sentence] of words) {
    it(`says so and does not ask: ${campaign}, in ${locale}`, async () => {
      const page = await stage.open(vendorTag(stage.host, { query: `?campaign=${campaign}` }), {
        locale,
      });
      await atStep(campaignOf(page), campaign);
      await campaignOf(page).getByRole('heading', { name: sentence, exact: true }).waitFor();
      assert.equal(await campaignOf(page).getByRole('button').count(), 0);
      assert.deepEqual(stage.messages(), []);
    });
  }

  it('has ended at every step and URL', async () => {
    const page = await open('');
    const addresses: string[] = [];
    page.on('framenavigated', (frame) => addresses.push(frame.url()));
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'form');
    await page.goto(`${addresses.at(-1)}&campaign=finished`);
    await page.locator('main[data-step=finished]').waitFor();
  });
});

describe('submit=auto', () => {
  it('sends the form when it is filled in, and shows the exit', async () => {
    const page = await open('?submit=auto');
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'exit');
    assert.equal(stage.messages().at(-1), 'to-frame userInfo');
  });

  it('sends nothing while the token is refused', async () => {
    const page = await open('?submit=auto&error=TOKEN_EXPIRED&after-error=blocked');
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'blocked');
    await page.waitForFunction('calls.length === 2');
    assert.equal(stage.messages().at(-1), 'to-page error TOKEN_EXPIRED');
  });
});

describe('a campaign that misbehaves', () => {
  it('floods the page with 1,000 isLoggedIn in a second', async () => {
    const page = await stage.open(
      `${vendorTag(stage.host, { query: '?behaviour=floods' })}<script>
      window.times = [];
      _qual_async.push(['registerChildMessageCallback', 'isLoggedIn', () => times.push(performance.now())]);
      </script>`,
    );
    await playToForm(campaignOf(page));
    await page.waitForFunction('times.length >= 1000');
    const spread = (await page.evaluate('times.at(-1) - times[0]')) as number;
    assert.ok(spread > 500 && spread < 5000, `${spread} ms`);
    assert.equal(await page.evaluate('times.length'), 1000);
  });

  it('has a sibling frame send messages in its name, and the kit passes them on', async () => {
    const page = await stage.open(
      `${vendorTag(stage.host, { query: '?behaviour=spoofs' })}<script>
      window.calls = [];
      _qual_async.push(['registerChildMessageCallback', 'isLoggedIn', (data) => calls.push([
        data.divId, event.source === document.getElementById('qualifio123456').contentWindow])]);
      </script>`,
    );
    await page.waitForFunction('calls.length === 1');
    assert.deepEqual(await page.evaluate('calls'), [['qualifio_insert_place_123456', false]]);
    await playToForm(campaignOf(page));
    await page.waitForFunction('calls.length === 2');
    assert.deepEqual(await page.evaluate('calls[1]'), ['qualifio_insert_place_123456', true]);
  });

  it('reloads at the form, once, and asks again', async () => {
    const page = await open('?behaviour=reloads');
    await playToForm(campaignOf(page));
    await atStep(campaignOf(page), 'form');
    assert.deepEqual(await page.evaluate('calls'), ['isLoggedIn', 'isLoggedIn']);
  });

  it('navigates its frame to another origin before the answer, which does not arrive', async () => {
    const page = await open('?behaviour=navigates');
    await playToForm(campaignOf(page));
    await campaignOf(page).getByText('The campaign’s frame navigated elsewhere').waitFor();
    const addresses = page.frames().map((each) => new URL(each.url()).origin);
    assert.ok(!addresses.includes(`http://${stage.host}`), addresses.join(' '));
    await page.waitForFunction("calls.includes('isLoggedIn')");
    assert.ok(!stage.messages().includes('to-frame userInfo'));
  });
});
